/** Which stories are played: the same seed and number of rounds are the same stories, more rounds take longer. */

export const SEED = Number(process.env.XTRACE_SOAK_SEED ?? 1)
export const ROUNDS = Number(process.env.XTRACE_SOAK_ROUNDS ?? 5)
