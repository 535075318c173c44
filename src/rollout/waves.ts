/** Cuts a plan into waves: first a few functions, then more, each with the steps that it takes. */
import { splitFunctionArn } from '../core/lambda-function.js'
import { atLeast, type Limit } from '../core/limit.js'
import type { Plan, Step } from '../core/plan/plan.js'
import type { QueuedWork } from './work-queue.js'

/** The steps of one function in their order. */
export interface Work extends QueuedWork {
  /** Whose quota the steps use. */
  place: string
  steps: Step[]
}

export interface Wave {
  grants: Step[]
  work: Work[]
}

/**
 * @param limits cumulative: `1, 10%, 100%` is one function, then a tenth of them, then all; whatever they leave out
 * forms a last wave
 */
export function wavesOf(plan: Plan, limits: readonly Limit[]): Wave[] {
  const grants = new Map(plan.steps.filter((step) => step.kind === 'grant').map((step) => [step.id, step]))
  const functions = workByFunction(plan, grants)
  const ends = [
    ...new Set([
      ...limits.map((limit) => Math.min(atLeast(limit, functions.length), functions.length)),
      functions.length,
    ]),
  ]
  const used = new Set<string>()
  let begin = 0
  const waves = ends
    .sort((a, b) => a - b)
    .map((end): Wave => {
      const work = functions.slice(begin, end)
      begin = Math.max(begin, end)
      const needed = work
        .flatMap((one) => one.steps.flatMap((step) => step.after))
        .filter((id) => grants.has(id) && !used.has(id))
      for (const id of needed) used.add(id)
      return { grants: [...new Set(needed)].flatMap((id) => grants.get(id) ?? []), work }
    })
  const alone = [...grants.values()].filter((grant) => !used.has(grant.id))
  const last = waves.at(-1)
  if (last) last.grants.push(...alone)
  return waves.filter((wave) => wave.work.length + wave.grants.length > 0)
}

function workByFunction(plan: Plan, grants: ReadonlyMap<string, Step>): Work[] {
  const byFunction = new Map<string, Step[]>()
  for (const step of plan.steps)
    if ('function' in step) byFunction.set(step.function, [...(byFunction.get(step.function) ?? []), step])
  return [...byFunction].map(([arn, steps]): Work => {
    const gate = steps.find((step) => step.kind === 'setMode')?.after.find((id) => grants.has(id))
    return { place: placeOf(arn), steps, ...(gate !== undefined && { gate }) }
  })
}

/** Account and region of a function. */
export function placeOf(functionArn: string): string {
  const { account, region } = splitFunctionArn(functionArn)
  return `${account} ${region}`
}
