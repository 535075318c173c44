/** Follows the chain of every function, and waits for traces where that was asked for. No function is ever invoked. */
import { grouped } from '../../core/grouped.js'
import type { Arrival } from '../../core/proof/arrival.js'
import { arrivalLinks } from '../../core/proof/arrival-links.js'
import { type Link, type Proof, proofOf } from '../../core/proof/chain.js'
import { standingLinks } from '../../core/proof/standing-links.js'
import type { Observation } from '../../core/verdict.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { Tools } from '../tools.js'
import { readArrivals } from './read-arrivals.js'
import type { ProofWindow } from './request.js'
import { windowOf } from './windows.js'

export interface Proven {
  proof: Proof
  /** Absent where a link before it is broken. */
  arrival?: Arrival
}

const PLACES_AT_ONCE = 8
/** Traces of each function that are read in full; of many functions fewer, five being one call. */
const IN_FULL = 25
const IN_FULL_OF_MANY = 5
const FEW = 10
/** Milliseconds: a trace takes some seconds. */
const FIRST_PAUSE = 2_000
const LONGEST_PAUSE = 20_000

/** @returns by ARN, one for each observation */
export async function prove(
  observations: readonly Observation[],
  window: ProofWindow,
  tools: Tools,
): Promise<Map<string, Proven>> {
  const standing = new Map(observations.map((seen) => [seen.fn.arn, standingLinks(seen)]))
  const proven = new Map([...standing].map(([arn, links]): [string, Proven] => [arn, { proof: proofOf(links) }]))
  const inFull = observations.length > FEW ? IN_FULL_OF_MANY : IN_FULL
  const deadline = tools.clock.now() + window.wait
  let left = observations.filter(({ fn }) => proven.get(fn.arn)?.proof.broken === null)
  for (let pause = FIRST_PAUSE; left.length > 0; pause = Math.min(LONGEST_PAUSE, pause * 1.5)) {
    for (const [arn, arrival] of await look(left, window, inFull, tools))
      proven.set(arn, { proof: provenBy(arn, standing.get(arn) ?? [], arrival), arrival })
    left = left.filter(({ fn }) => proven.get(fn.arn)?.proof.answer !== 'yes')
    const remaining = deadline - tools.clock.now()
    if (left.length === 0 || remaining <= 0) break
    tools.progress.say(
      'waiting for traces',
      observations.length - left.length,
      observations.length,
      timeLeft(remaining),
    )
    await tools.clock.sleep(Math.min(pause, remaining))
  }
  return proven
}

function provenBy(arn: string, standing: readonly Link[], arrival: Arrival): Proof {
  return proofOf([...standing, ...arrivalLinks(arn, arrival)])
}

async function look(
  observations: readonly Observation[],
  window: ProofWindow,
  inFull: number,
  tools: Tools,
): Promise<Map<string, Arrival>> {
  const now = tools.clock.now()
  const looked = observations.map(({ fn }) => ({ fn, window: windowOf(fn, window, now) }))
  const places = [...grouped(looked, ({ fn }) => `${fn.account} ${fn.region}`).values()]
  let done = 0
  const read = await inParallel(places, PLACES_AT_ONCE, async (group) => {
    const [first] = group
    if (!first) return []
    const arrivals = await readArrivals(group, first.fn.region, await accessTo(first.fn.arn, tools.aws), inFull)
    done += group.length
    tools.progress.say('looking for traces', done, looked.length)
    return [...arrivals]
  })
  return new Map(read.flat())
}

function timeLeft(ms: number): string {
  return `${Math.ceil(ms / 1000)} s left`
}
