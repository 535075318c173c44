/** Environment variables of a fleet's function, of a size that can be chosen. */
import { seededRandom } from '../random.js'

/** Lambda's own limit: names and values of one function together. */
const LIMIT = 4096
const LONGEST_VALUE = 256

/**
 * Variables whose values hold that many bytes in all, other ones for every function.
 * @param base comes first and counts in; it stays whole where it is larger
 * @throws Error where Lambda would refuse so much
 */
export function environmentOfSize(bytes: number, base: Record<string, string>, seed: number): Record<string, string> {
  const variables = { ...base }
  const random = seededRandom(seed)
  let left = bytes - sizeOf(Object.values(base))
  for (let number = 1; left > 0; number += 1) {
    const length = Math.min(left, LONGEST_VALUE)
    variables[`SETTING_${number}`] = letters(length, random)
    left -= length
  }
  const size = sizeOf(Object.entries(variables).flat())
  if (size > LIMIT) throw new Error(`an environment of ${size} bytes is more than Lambda allows (${LIMIT})`)
  return variables
}

function sizeOf(texts: readonly string[]): number {
  return texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
}

function letters(length: number, random: () => number): string {
  let text = ''
  while (text.length < length) {
    text += Math.floor(random() * 2 ** 32)
      .toString(36)
      .padStart(7, '0')
  }
  return text.slice(0, length)
}
