/** Times a command as a whole process, in turn with a floor, so that both meet the same machine. */
import { spawnSync } from 'node:child_process'
import type { Figure } from './figure.js'

export interface Command {
  name: string
  words: string[]
  env?: Record<string, string>
}

/**
 * @param rounds pairs that are counted, after one that is not
 * @returns medians; the floor is scaled so that value ÷ floor is the median of the ratios, pair by pair
 */
export function compare(command: Command, floor: Command, bound: number, rounds: number): Figure {
  const pairs = Array.from({ length: rounds + 1 }, () => [milliseconds(command), milliseconds(floor)] as const).slice(1)
  const value = median(pairs.map(([time]) => time))
  const ratio = median(pairs.map(([time, least]) => time / least))
  return { name: command.name, value, unit: 'ms', floor: value / ratio, floorName: floor.name, bound }
}

function milliseconds({ name, words, env }: Command): number {
  // Node reads the file that this names at every start: 40 ms that belong to neither side.
  const { NODE_EXTRA_CA_CERTS: _, ...environment } = process.env
  const start = process.hrtime.bigint()
  const { status, stderr } = spawnSync(process.execPath, words, { env: { ...environment, ...env }, encoding: 'utf8' })
  const taken = Number(process.hrtime.bigint() - start) / 1e6
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`)
  return taken
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
