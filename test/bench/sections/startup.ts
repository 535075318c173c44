/** Start-up: how long the command takes to say something, against node doing nothing. */
import { inPairs } from '../measure/pairs.js'
import { node, xtrace } from '../measure/program.js'
import type { Figure } from '../report/figure.js'

const NOTHING = 'node -e 0'

/** @param commands whether those are measured too that people run less often */
export async function measureStartup(rounds: number, commands: boolean): Promise<Figure[]> {
  const against = (words: string[], most: number) =>
    inPairs(
      { what: `xtrace ${words.join(' ')}`, against: NOTHING, bound: { most } },
      () => xtrace(...words),
      () => node('-e', '0'),
      rounds,
    )
  return [
    await against(['--version'], 1.2),
    await against(['--help'], 3),
    ...(commands ? [await against(['enable', '--help'], 5), await against(['permissions', 'enable'], 4)] : []),
  ]
}
