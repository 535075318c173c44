/** Finds the invocations of one function in a trace, which may hold other functions, retries, and calls of the same one. */
import { FUNCTION_ORIGIN, SERVICE_ORIGIN, type Segment } from './segment.js'
import type { SegmentIndex } from './segment-index.js'

/** At least one of the two. */
export interface Invocation {
  service?: Segment
  function?: Segment
}

/** `arn` may carry a qualifier. */
export interface FunctionIdentity {
  name: string
  arn: string
}

/** The earliest first. */
export function invocationsOf(fn: FunctionIdentity, { roots, byId }: SegmentIndex): Invocation[] {
  const ran = roots
    .filter(({ origin }) => origin === FUNCTION_ORIGIN)
    .map((segment): Invocation => {
      const service = serviceOf(segment, byId)
      return { function: segment, ...(service && { service }) }
    })
  const served = new Set(ran.flatMap(({ service }) => service ?? []))
  const waiting = roots.filter((segment) => segment.origin === SERVICE_ORIGIN && !served.has(segment))
  const ours = [...waiting.map((service): Invocation => ({ service })), ...ran].filter((one) => isOf(one, fn))
  return joinLeftOvers(ours, byId).sort((a, b) => startOf(a) - startOf(b))
}

/** The newest that both segments tell of: of a newer one the rest may not have arrived yet. */
export function newestOf(invocations: readonly Invocation[]): Invocation | undefined {
  return invocations.findLast((one) => one.service && one.function) ?? invocations.at(-1)
}

/** Between the two lies at most the attempt of an asynchronous invocation; ids that run in a circle end here too. */
const MOST_BETWEEN = 8

function serviceOf(segment: Segment, byId: SegmentIndex['byId']): Segment | undefined {
  let outer: Segment | undefined = segment
  for (let step = 0; step <= MOST_BETWEEN && outer?.parentId !== undefined; step++) {
    outer = byId.get(outer.parentId)
    if (outer?.origin !== undefined) return outer.origin === SERVICE_ORIGIN ? outer : undefined
  }
  return undefined
}

function isOf({ function: ran, service }: Invocation, fn: FunctionIdentity): boolean {
  const arn = unqualified(ran?.arn) ?? unqualified(service?.arn)
  return arn === undefined ? (ran ?? service)?.name === fn.name : arn === unqualified(fn.arn)
}

/** Undefined of what is not the ARN of a function. */
function unqualified(arn: string | undefined): string | undefined {
  const parts = arn?.split(':') ?? []
  return parts[5] === 'function' && parts.length >= 7 ? parts.slice(0, 7).join(':') : undefined
}

/** One segment of each kind that nothing joins: what stood between them was not sent, or could not be read. */
function joinLeftOvers(invocations: Invocation[], byId: SegmentIndex['byId']): Invocation[] {
  const [ran, ...moreRan] = invocations.filter((one) => !one.service && !byId.has(one.function?.parentId ?? ''))
  const [waiting, ...moreWaiting] = invocations.filter((one) => !one.function)
  if (!ran || !waiting || moreRan.length > 0 || moreWaiting.length > 0) return invocations
  return [...invocations.filter((one) => one !== ran && one !== waiting), { ...ran, ...waiting }]
}

function startOf({ function: ran, service }: Invocation): number {
  return (ran ?? service)?.startMs ?? 0
}
