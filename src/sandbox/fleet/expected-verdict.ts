/** What an honest audit must say of a seeded function: the seed knows it from how it made the function. */

export type ExpectedVerdict = 'traced' | 'off' | 'blind' | 'stale' | 'unsupported'

/** By the function's ARN, without qualifier. */
export type ExpectedVerdicts = ReadonlyMap<string, ExpectedVerdict>
