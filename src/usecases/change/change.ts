/** Turns tracing on or off: choose, plan, agree, carry out, say what became of each function. */
import type { LambdaFunction, TracingMode } from '../../core/lambda-function.js'
import { atMost, type Limit, limitText } from '../../core/limit.js'
import { changedFunctions, type GrantChoice, type Plan } from '../../core/plan/plan.js'
import type { PublishChoice } from '../../core/plan/plan-publish.js'
import { traceWritePermission } from '../../core/policy/permission.js'
import type { Role } from '../../core/policy/role.js'
import type { Report, Section } from '../../core/report.js'
import type { Observation } from '../../core/verdict.js'
import { stopsEverything, XtraceError } from '../../errors.js'
import type { NamedAccounts } from '../read/accounts.js'
import { type Choice, type Choosing, choose } from '../read/choose.js'
import { chooseInAccounts } from '../read/choose-in-accounts.js'
import { RoleBook } from '../read/role-book.js'
import { rolesInUse } from '../read/roles-in-use.js'
import { type CarriedOut, carryOut, type RolloutOptions, type RolloutTools } from '../runs/carry-out.js'
import { recordedGaps } from '../runs/recorded-gaps.js'
import type { ProofWindow } from '../verify/request.js'
import { verifyChange } from '../verify/verify-change.js'
import { asLeft } from './as-left.js'
import { changeReport } from './change-report.js'
import type { Changed } from './changed.js'
import { keptNotes, planByAccount } from './plan-by-account.js'
import { planSections } from './plan-view.js'

export interface ChangeRequest {
  to: TracingMode
  choice: Choice
  /** For names that say no region themselves, and where a selection looks. */
  regions: readonly string[]
  /** Other accounts than that of the credentials alone, with the regions to look in there. */
  accounts?: NamedAccounts
  grants: GrantChoice
  /** Let aliases serve the change as well. */
  publish?: PublishChoice
  /** Take permissions back that no function needs any more. */
  revoke: boolean
  /** Makes no writing call at all. */
  dryRun: boolean
  /** A dry run with changes pending ends with 3. */
  detailedExit: boolean
  /** Refuses a plan that changes more functions than this. */
  maxChanges?: Limit
  rollout: RolloutOptions
  /** Prove afterwards that traces of what is on arrive. */
  verify?: ProofWindow
}

export interface ChangeTools extends RolloutTools {
  /** Lets the user narrow down what was chosen, where that was asked for; answers with ARNs. */
  pick?(functions: readonly LambdaFunction[]): Promise<ReadonlySet<string>>
  /** Shows the plan and asks; false: nothing is to be done. */
  agree(plan: Plan, view: Section[]): Promise<boolean>
  /** Keeps the plan for later, where that was asked for. */
  savePlan?(plan: Plan): Promise<void>
}

export async function changeTracing(request: ChangeRequest, tools: ChangeTools): Promise<Report<Changed>> {
  const command = request.to === 'Active' ? 'enable' : 'disable'
  const choosing = await picked(await chosenFor(request, command, tools), tools)
  const roles = await readRoles(request, choosing, tools)
  const observations = choosing.chosen.map((one): Observation => ({ ...one, permission: permissionOf(one.fn, roles) }))
  const arns = observations.map(({ fn }) => fn.arn)
  const inUse = request.revoke ? await rolesInUse(arns, new Set(arns), tools) : undefined
  const plan = planByAccount({
    to: request.to,
    grants: request.grants,
    passOverUnsupported: 'selection' in request.choice,
    observations,
    roles,
    ...(request.publish && { publish: { ...request.publish, mustExist: 'refs' in request.choice } }),
    ...(inUse && { inUse }),
  })
  refuseTooMany(plan, observations.length, request.maxChanges)
  await tools.savePlan?.(plan)
  const view = planSections(plan, new Map(choosing.chosen.map(({ fn }) => [fn.arn, fn])))
  const rollout = { ...request.rollout, recorded: { ...request.rollout.recorded, ...recordedGaps(choosing) } }
  const done = await proceed(command, plan, view, { ...request, rollout }, tools)
  const left = observations.map((seen) => asLeft(seen, done.outcomes, roles))
  const verified =
    request.verify && !isStopped(done) && (await verifyChange(left, done.outcomes, request.verify, tools))
  return changeReport({
    command,
    to: request.to,
    dryRun: request.dryRun,
    detailedExit: request.detailedExit,
    choosing,
    plan,
    view,
    observations: left,
    roles,
    ...done,
    ...(verified && { verified }),
    notes: [...choosing.notes, ...(inUse ? keptNotes(inUse) : [])],
  })
}

function chosenFor(
  { choice, regions, accounts }: ChangeRequest,
  command: 'enable' | 'disable',
  tools: ChangeTools,
): Promise<Choosing> {
  return accounts ? chooseInAccounts(choice, accounts, command, tools) : choose(choice, regions, command, tools)
}

async function picked(choosing: Choosing, tools: ChangeTools): Promise<Choosing> {
  if (!tools.pick) return choosing
  const arns = await tools.pick(choosing.chosen.map(({ fn }) => fn))
  return { ...choosing, chosen: choosing.chosen.filter(({ fn }) => arns.has(fn.arn)) }
}

/** Turning tracing off asks nothing of the role, unless its permission is to be taken back. */
async function readRoles(request: ChangeRequest, { chosen }: Choosing, tools: ChangeTools): Promise<Map<string, Role>> {
  if (request.to === 'PassThrough' && !request.revoke) return new Map()
  tools.progress.say('reading roles')
  return new RoleBook(tools.aws).readAll(chosen.map(({ fn }) => fn.role))
}

function permissionOf(fn: LambdaFunction, roles: ReadonlyMap<string, Role>): Observation['permission'] {
  const role = roles.get(fn.role)
  return role
    ? traceWritePermission(role, fn)
    : { answer: 'unknown', because: 'the role was not read: turning tracing off does not need it' }
}

/** Ctrl-C and credentials that ended leave no proof to wait for. */
function isStopped({ outcomes }: CarriedOut): boolean {
  return [...outcomes.values()].some((one) => one.status === 'left' && stopsEverything(one.error))
}

function refuseTooMany(plan: Plan, functions: number, limit: Limit | undefined): void {
  if (!limit) return
  const changes = changedFunctions(plan.steps).size
  if (changes <= atMost(limit, functions)) return
  throw new XtraceError(
    'TOO_MANY_CHANGES',
    `${changes} of ${functions} functions would be changed, more than --max-changes ${limitText(limit)} allows. Nothing was changed.`,
  )
}

async function proceed(
  command: 'enable' | 'disable',
  plan: Plan,
  view: Section[],
  request: ChangeRequest,
  tools: ChangeTools,
): Promise<CarriedOut> {
  if (request.dryRun || plan.steps.length === 0) return { outcomes: new Map() }
  if (!(await tools.agree(plan, view))) throw new XtraceError('DECLINED', 'Nothing was changed.')
  return carryOut(command, plan, request.rollout, tools)
}
