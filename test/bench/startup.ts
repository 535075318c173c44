/** Start-up: how long the command takes to say something, against node doing nothing and a bare script with the same calls. */
import { compare, type Measurement } from './whole-process.js'

const NOTHING = { name: 'node -e 0', words: ['-e', '0'] }

export async function startupBench(bin: string, rounds: number): Promise<Measurement[]> {
  return [
    compare({ name: 'xtrace --version', words: [bin, '--version'] }, NOTHING, 1.4, rounds),
    compare({ name: 'xtrace permissions enable', words: [bin, 'permissions', 'enable'] }, NOTHING, 4, rounds),
  ]
}
