/** The traces of a region's functions: of the invocations that Lambda samples, while it may. */
import type { SandboxSettings } from '../settings.js'
import { hashOf } from '../traffic/hash.js'
import { type Invocation, invocationAt } from '../traffic/invocation.js'
import { InvocationCounts } from '../traffic/invocation-counts.js'
import { isSampled, type Place, sampledInvocations } from '../traffic/sampling.js'
import type { Traffic } from '../traffic/traffic.js'
import type { Account } from '../world/account.js'
import type { EventSourceKind } from '../world/event-source.js'
import type { FunctionConfiguration } from '../world/function-configuration.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import type { Region } from '../world/region.js'
import { calledServices } from './downstream.js'
import { lambdaTrace } from './lambda-trace.js'
import { FUNCTION_ORIGIN, SERVICE_ORIGIN, type Segment } from './segment.js'
import { placeOf } from './trace-id.js'
import { arrivingSegments, type Troubles } from './troubles.js'
import { WritePermission } from './write-permission.js'

/** X-Ray knows nothing of functions that these invoke. */
const UNTRACED: ReadonlySet<EventSourceKind> = new Set(['kafka', 'msk', 'mq', 'documentdb'])

export interface ArrivedTrace {
  readonly id: string
  /** Milliseconds since the epoch. */
  readonly startedAt: number
  /** As X-Ray understands them. */
  readonly segments: readonly Segment[]
  readonly troubles: Troubles
  readonly place: Place
}

interface Runs {
  readonly configuration: FunctionConfiguration
  readonly published: boolean
}

export class FunctionTraces {
  readonly #region: Region
  readonly #settings: SandboxSettings
  readonly #permission: WritePermission

  constructor(account: Account, region: Region, settings: SandboxSettings) {
    this.#region = region
    this.#settings = settings
    this.#permission = new WritePermission(account, settings.iamDelayMs)
  }

  /** In the order of their starts. @param end seconds since the epoch, not part of it */
  *between(lambda: LambdaFunction, from: Place, end: number): Generator<ArrivedTrace> {
    const { traffic } = lambda
    if (traffic === undefined || !this.#isTraceable(lambda)) return
    const counts = new InvocationCounts(lambda.arn, traffic)
    for (const invocation of sampledInvocations(counts, traffic, from, end)) {
      const trace = this.#trace(lambda, traffic, invocation, counts.seed)
      if (trace !== undefined) yield trace
    }
  }

  /** Undefined for a trace that did not arrive. */
  byId(traceId: string): ArrivedTrace | undefined {
    const place = placeOf(traceId)
    if (place === undefined) return undefined
    const lambda = this.#region.sortedFunctions.find(({ arn }) => hashOf(arn) === place.seed)
    if (lambda?.traffic === undefined || !this.#isTraceable(lambda) || !isSampled(place.seed, place)) return undefined
    const ofSecond = new InvocationCounts(lambda.arn, lambda.traffic).second(place.second)
    if (place.index >= ofSecond.invocations + ofSecond.throttles) return undefined
    const invocation = invocationAt(place, place.seed, ofSecond, lambda.traffic)
    return this.#trace(lambda, lambda.traffic, invocation, place.seed)
  }

  #isTraceable({ name, configuration }: LambdaFunction): boolean {
    if (configuration.MasterArn !== undefined) return false
    return !this.#region.eventSourceMappings.some(
      ({ functionName, kind }) => functionName === name && UNTRACED.has(kind),
    )
  }

  #trace(lambda: LambdaFunction, traffic: Traffic, invocation: Invocation, seed: number): ArrivedTrace | undefined {
    const runs = this.#runs(lambda, traffic.qualifier, invocation)
    if (runs?.configuration.TracingConfig?.Mode !== 'Active') return undefined
    if (!this.#permission.mayWrite(runs.configuration.Role, invocation.startedAt)) return undefined
    const restores = runs.published && runs.configuration.SnapStart.ApplyOn === 'PublishedVersions'
    const { id, startedAt, segments } = lambdaTrace(lambda, traffic, invocation, { restores, seed })
    const troubles = new Set([...this.#region.tracing.troubles, ...lambda.traceTroubles])
    const arriving = arrivingSegments(segments, troubles)
    return arriving.length === 0 ? undefined : { id, startedAt, segments: arriving, troubles, place: invocation }
  }

  /** What served the invocation; undefined where the qualifier led nowhere. */
  #runs(lambda: LambdaFunction, qualifier: string | undefined, { startedAt, route }: Invocation): Runs | undefined {
    const alias = qualifier === undefined ? undefined : lambda.aliasAt(qualifier, startedAt)
    const [other, weight = 0] = Object.entries(alias?.weights ?? {})[0] ?? []
    const version = (route < weight ? other : alias?.version) ?? qualifier ?? '$LATEST'
    if (version === '$LATEST') {
      if (lambda.latestPublished !== undefined)
        return { configuration: lambda.latestPublished.configuration, published: true }
      const configuration = lambda.configurationAt(startedAt - this.#settings.settleMs)
      return configuration && { configuration, published: false }
    }
    const configuration = lambda.versions.get(version)?.configuration
    return configuration && { configuration, published: true }
  }
}

/** Names and types of the services that its traces can touch. */
export function touchedServices({ name, traffic }: LambdaFunction): Array<{ name: string; type?: string }> {
  if (traffic === undefined) return []
  const own = [SERVICE_ORIGIN, FUNCTION_ORIGIN].map((type) => ({ name, type }))
  return [...own, ...calledServices(traffic.downstream ?? [])]
}
