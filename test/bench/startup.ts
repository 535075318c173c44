/** Start-up: how long the command takes to say something, against node doing nothing. */
import type { Figure } from './figure.js'
import { compare } from './whole-process.js'

const NOTHING = { name: 'node -e 0', words: ['-e', '0'] }

export function startupBench(bin: string, rounds: number): Figure[] {
  return [
    compare({ name: 'xtrace --version', words: [bin, '--version'] }, NOTHING, 1.4, rounds),
    compare({ name: 'xtrace permissions enable', words: [bin, 'permissions', 'enable'] }, NOTHING, 4, rounds),
  ]
}
