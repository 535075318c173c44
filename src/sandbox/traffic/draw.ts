/** Counts drawn from distributions by a number in [0, 1): the same number draws the same count. */

/** Above it, the normal distribution's shape is near enough. */
const FEW = 40

/** How many independent events happen where `mean` are expected. */
export function poisson(mean: number, at: number): number {
  if (mean <= 0) return 0
  if (mean >= FEW) return Math.max(0, Math.round(mean + Math.sqrt(mean) * bell(at)))
  let chance = Math.exp(-mean)
  let below = chance
  let count = 0
  while (at >= below && count < 4 * FEW) {
    count += 1
    chance *= mean / count
    below += chance
  }
  return count
}

/** How many of `total` fall into a part that takes its share of them. */
export function binomial(total: number, part: number, at: number): number {
  if (total === 0 || part <= 0) return 0
  if (part >= 1) return total
  if (total >= FEW) {
    const mean = total * part
    return clamp(Math.round(mean + Math.sqrt(mean * (1 - part)) * bell(at)), 0, total)
  }
  let chance = (1 - part) ** total
  let below = chance
  let count = 0
  while (at >= below && count < total) {
    count += 1
    chance *= ((total - count + 1) / count) * (part / (1 - part))
    below += chance
  }
  return count
}

export function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value))
}

/** A time around its median: a twentieth is less than a third of it, a twentieth more than three times. */
export function spreadAround(median: number, at: number): number {
  return median * Math.exp(0.68 * bell(at))
}

/** The logistic curve with variance 1, close to the normal one. */
function bell(at: number): number {
  const inside = clamp(at, 1e-6, 1 - 1e-6)
  return (Math.sqrt(3) / Math.PI) * Math.log(inside / (1 - inside))
}
