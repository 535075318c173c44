/** The way of one request: who calls, quota, latency, faults, the work, the record. */
import { AwsError } from './aws-error.js'
import type { Call } from './call.js'
import type { CallLog } from './call-log.js'
import type { SandboxClock } from './clock.js'
import { denial, faultAnswer } from './fault-answers.js'
import type { FaultRule, Faults } from './faults.js'
import { partitionOf } from './partition.js'
import type { Quotas } from './quotas.js'
import { hasService, serviceOf } from './services.js'
import type { SandboxSettings } from './settings.js'
import { type Caller, callerOf } from './wire/caller.js'
import type { HttpRequest } from './wire/http-request.js'
import type { Answer, Context, Routed, Service } from './wire/service.js'
import type { Account } from './world/account.js'
import type { World } from './world.js'

/** What the dispatcher keeps between requests. */
export interface SandboxState {
  readonly world: World
  readonly clock: SandboxClock
  readonly settings: SandboxSettings
  readonly rules: readonly FaultRule[]
  readonly log: CallLog
  readonly faults: Faults
  readonly quotas: Quotas
}

/** How a request ends; `reset` stands for a connection cut without an answer. */
export type Ending =
  | { readonly answer: Answer; readonly errorCode?: string }
  | { readonly reset: 'reset-before' | 'reset-after' }

const UNKNOWN: Routed = {
  operation: 'Unknown',
  write: false,
  input: undefined,
  perform: () => {
    throw new AwsError(400, 'UnknownOperationException', undefined)
  },
}

export async function dispatch(request: HttpRequest, state: SandboxState): Promise<Ending> {
  const at = state.clock.now()
  const requestId = state.world.ids.uuid()
  const caller = callerOf(request, state.world)
  const service = serviceOf(request, caller)
  if (caller === undefined) {
    const nobody = { service: '', region: '', account: '' }
    return record(failed(service.trouble('unsigned'), service, requestId), UNKNOWN, nobody, at, state)
  }
  let routed = UNKNOWN
  let ending: Ending
  try {
    if (!hasService(caller.service))
      throw new AwsError(400, 'UnknownOperationException', `No service ${caller.service}`)
    if (caller.session !== undefined && caller.session.expiresAt <= at) throw service.trouble('expired-token')
    routed = service.route(request, caller)
    ending = await work(routed, service, caller, requestId, state)
  } catch (error) {
    ending = failed(error, service, requestId)
  }
  return record(ending, routed, caller, at, state)
}

/** @throws AwsError */
async function work(
  routed: Routed,
  service: Service,
  caller: Caller,
  requestId: string,
  state: SandboxState,
): Promise<Ending> {
  const { clock, settings, world } = state
  if (!state.quotas.admit(routed, caller, settings, clock.now())) throw service.trouble('throttle')
  if (settings.latencyMs > 0) await clock.sleep(settings.latencyMs)
  const rule = await lastFault(routed, caller, state)
  if (rule?.kind === 'reset-before') return { reset: rule.kind }
  const refusal = rule && faultAnswer(rule, service, routed, caller)
  if (refusal !== undefined) throw refusal
  const account = world.account(caller.account, partitionOf(caller.region))
  refuseByState(service, routed, caller, account, world)
  const context: Context = {
    world,
    account,
    caller,
    operation: routed.operation,
    settings,
    now: clock.now(),
    requestId,
  }
  const answer = routed.perform(context)
  return rule?.kind === 'reset-after' ? { reset: rule.kind } : { answer }
}

/** Sits out the delays; the rule that is left, if any, is no delay. */
async function lastFault(routed: Routed, caller: Caller, state: SandboxState): Promise<FaultRule | undefined> {
  const subject = {
    service: caller.service,
    operation: routed.operation,
    region: caller.region,
    account: caller.account,
    resource: routed.resource,
    resourceArn: routed.resourceArn,
    write: routed.write,
  }
  const rules = state.faults.acting(state.rules, subject)
  for (const rule of rules) if (rule.kind === 'delay') await state.clock.sleep(rule.delayMs ?? 0)
  return rules.find((rule) => rule.kind !== 'delay')
}

/** What the world itself forbids: a closed account, a region that is off, one that the organization denies. @throws AwsError */
function refuseByState(service: Service, routed: Routed, caller: Caller, account: Account, world: World): void {
  const { organization } = world
  if (organization?.shuts(account.id)) throw service.trouble('denied', `The account ${account.id} cannot be used.`)
  if (isOff(service, account, caller.region)) throw service.trouble('region-off')
  if (service.regional === true && organization?.denies(account.id, caller.region)) {
    throw service.trouble('denied', denial('scp-deny', service, routed, caller))
  }
}

/** Regions that the account has never heard of are left alone. */
function isOff(service: Service, account: Account, region: string): boolean {
  return service.regional === true && account.optIns.get(region) === 'DISABLED'
}

function failed(error: unknown, service: Service, requestId: string): Ending {
  const known = error instanceof AwsError ? error : service.trouble('http-500', `sandbox fault: ${String(error)}`)
  return { answer: service.writeError(known, requestId), errorCode: known.code }
}

function record(
  ending: Ending,
  routed: Routed,
  scope: Pick<Caller, 'service' | 'region' | 'account'>,
  at: number,
  state: SandboxState,
): Ending {
  const errorCode = 'reset' in ending ? ending.reset : ending.errorCode
  const call: Call = {
    at,
    service: scope.service,
    region: scope.region,
    account: scope.account,
    operation: routed.operation,
    ...(routed.resource === undefined ? {} : { resource: routed.resource }),
    ...(routed.qualifier === undefined ? {} : { qualifier: routed.qualifier }),
    status: 'reset' in ending ? 0 : ending.answer.status,
    ...(errorCode === undefined ? {} : { errorCode }),
    write: routed.write,
    ...(routed.input === undefined ? {} : { body: routed.input }),
  }
  state.log.add(call, state.settings.keepCalls)
  return ending
}
