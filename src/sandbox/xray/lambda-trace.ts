/** The trace of one invocation, as Lambda and X-Ray make it when nothing goes wrong. */
import type { Invocation } from '../traffic/invocation.js'
import type { Traffic } from '../traffic/traffic.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { downstreamCalls, inferredSegments } from './downstream.js'
import { functionSegment } from './function-segment.js'
import type { Segment } from './segment.js'
import { DWELL_MS, functionParent, serviceSegment } from './service-segment.js'
import { traceIdOf } from './trace-id.js'

/** Until the function runs: the service's own time, and what it takes to bring up a new environment. */
const DISPATCH_MS = 6
const DOWNLOAD_MS = 110

export interface LambdaTrace {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  readonly segments: readonly Segment[]
}

/** @param restores whether a new environment comes from a snapshot @param seed of the function */
export function lambdaTrace(
  lambda: LambdaFunction,
  traffic: Traffic,
  invocation: Invocation,
  { restores, seed }: { restores: boolean; seed: number },
): LambdaTrace {
  const id = traceIdOf(seed, invocation)
  const { startedAt, outcome } = invocation
  const [, , , region = '', account = ''] = lambda.arn.split(':')
  const place = { traceId: id, functionName: lambda.name, functionArn: lambda.arn }
  if (outcome === 'throttle') return { id, startedAt, segments: [serviceSegment(invocation, traffic, place)] }
  const from = startedAt + untilRunning(invocation, traffic)
  const span = { from, durationMs: invocation.durationMs }
  const callPlace = { functionName: lambda.name, region, seed: invocation.seed }
  const calls = traffic.downstream ?? []
  const called = downstreamCalls(calls, span, callPlace, outcome === 'client-error')
  const parentId = functionParent(invocation.seed, traffic)
  const code = functionSegment(invocation, traffic, { ...place, account, parentId, from, restores }, called)
  const answeredAt = from + invocation.durationMs + 1
  const service = serviceSegment(invocation, traffic, { ...place, answeredAt })
  return { id, startedAt, segments: [service, code, ...inferredSegments(calls, called, id)] }
}

/** Provisioned environments are up already. */
function untilRunning({ cold, initMs }: Invocation, traffic: Traffic): number {
  const waiting = DISPATCH_MS + (traffic.asynchronous === true ? DWELL_MS : 0)
  return cold && traffic.provisionedConcurrency !== true ? waiting + DOWNLOAD_MS + initMs : waiting
}
