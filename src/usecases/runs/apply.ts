/** Carries out a plan that was saved before, if what it was made for is still as it was. */
import { accountOfArn } from '../../core/arn.js'
import { type LambdaFunction, roleNameOf, splitFunctionArn } from '../../core/lambda-function.js'
import { functionsOf, makePlan, type Plan, type SetModeStep } from '../../core/plan/plan.js'
import { traceWritePermission } from '../../core/policy/permission.js'
import type { Report } from '../../core/report.js'
import { XtraceError } from '../../errors.js'
import { readMany } from '../read/read-many.js'
import { RoleBook } from '../read/role-book.js'
import { type RolesInUse, rolesInUse } from '../read/roles-in-use.js'
import { carryOut, type RolloutOptions, type RolloutTools } from './carry-out.js'
import { requireAccounts } from './plan-accounts.js'
import { PLAN_AGAIN, type RunResult, runReport } from './run-report.js'

export interface ApplyRequest {
  plan: Plan
  /** Leave out what has changed since, and do the rest. */
  skipStale: boolean
  dryRun: boolean
  rollout: RolloutOptions
}

/** function ARN → what has changed since the plan was made */
type Stale = Map<string, string>

export async function applyPlan(request: ApplyRequest, tools: RolloutTools): Promise<Report<RunResult>> {
  const { plan, skipStale, dryRun } = request
  await requireAccounts(plan, tools)
  const stale = await staleFunctions(plan, tools)
  const refusal = refusalOf(plan, stale, skipStale)
  const fresh = refusing(plan, stale, refusal === undefined)
  if (refusal) return runReport({ command: 'apply', plan: fresh, outcomes: new Map(), dryRun, refusal })
  const { plan: safe, notes } = await withoutUsedRoles(fresh, tools)
  if (dryRun) return runReport({ command: 'apply', plan: safe, outcomes: new Map(), dryRun, notes })
  const done = await carryOut('apply', safe, request.rollout, tools)
  return runReport({ command: 'apply', plan: safe, ...done, notes })
}

/** Why nothing of the plan can be done, where something has changed that may not be left out. */
function refusalOf(plan: Plan, stale: Stale, skipStale: boolean): XtraceError | undefined {
  const [first] = stale
  const all = new Set(plan.steps.flatMap(functionsOf)).size
  if (!first || (skipStale && refusing(plan, stale, true).steps.length > 0)) return undefined
  const [arn, why] = first
  const { name } = splitFunctionArn(arn)
  const who =
    stale.size === 1
      ? `${name} has changed since the plan was saved`
      : `${stale.size} of ${all} functions have changed since the plan was saved, the first ${name}`
  const again = stale.size === all && { suggestions: [PLAN_AGAIN] }
  return new XtraceError('STALE', `${who}: ${why}. Nothing was done.`, { ...again })
}

async function staleFunctions(plan: Plan, tools: RolloutTools): Promise<Stale> {
  const modes = plan.steps.filter((step) => step.kind === 'setMode')
  const others = plan.steps.flatMap(functionsOf)
  const now = await readMany(others, tools)
  const stale: Stale = new Map()
  for (const arn of others) if (!now.has(arn)) stale.set(arn, 'it is gone, or cannot be read')
  for (const step of modes) {
    const fn = now.get(step.function)
    const why = fn && whyStale(step, fn)
    if (why) stale.set(step.function, why)
  }
  for (const arn of withOtherRoles(plan, now)) if (!stale.has(arn)) stale.set(arn, 'its role is another one now')
  for (const arn of await changedRoles(plan, now, tools)) stale.set(arn, 'its role has the permission now')
  return stale
}

function whyStale(step: SetModeStep, fn: LambdaFunction): string | undefined {
  if (fn.mode !== step.from) return `its mode is ${fn.mode} now`
  return step.revisionId !== undefined && fn.revisionId !== step.revisionId
    ? 'somebody has updated or published it'
    : undefined
}

/** No revision tells of it where an update ran, or only the role was to be changed: the grant would be for nobody. */
function withOtherRoles({ steps }: Plan, now: ReadonlyMap<string, LambdaFunction>): string[] {
  const granted = new Map(steps.flatMap((step) => (step.kind === 'grant' ? [[step.id, step.role] as const] : [])))
  return steps.flatMap((step) => {
    const roles = [step.id, ...step.after].flatMap((id) => granted.get(id) ?? [])
    return functionsOf(step).filter((arn) => now.has(arn) && roles.some((role) => role !== now.get(arn)?.role))
  })
}

/** A grant that is not needed any more must not be made: undoing it would take away what somebody else has given. */
async function changedRoles(
  plan: Plan,
  now: ReadonlyMap<string, LambdaFunction>,
  tools: RolloutTools,
): Promise<string[]> {
  const grants = plan.steps.filter((step) => step.kind === 'grant')
  const roles = await new RoleBook(tools.aws).readAll(grants.map((grant) => grant.role))
  const settled = new Set(
    grants.flatMap((grant) => {
      const role = roles.get(grant.role)
      const users = [...now.values()].filter((fn) => fn.role === grant.role)
      const can = (fn: LambdaFunction) => role !== undefined && traceWritePermission(role, fn).answer === 'yes'
      return users.length > 0 && users.every(can) ? [grant.id] : []
    }),
  )
  return plan.steps.flatMap((step) => ([step.id, ...step.after].some((id) => settled.has(id)) ? functionsOf(step) : []))
}

/** The plan with the stale functions refused: alone, when nothing else is to be done either. */
function refusing(plan: Plan, stale: Stale, keepOthers: boolean): Plan {
  if (stale.size === 0) return plan
  const refused = [...stale].map(([arn, because]) => ({ function: arn, code: 'STALE' as const, because }))
  const kept = keepOthers ? plan.steps.filter((step) => !('function' in step && stale.has(step.function))) : []
  const needed = new Set(kept.flatMap((step) => step.after))
  const wasNeeded = new Set(plan.steps.flatMap((step) => step.after))
  const steps = kept.filter(
    (step) => step.kind !== 'grant' || needed.has(step.id) || (!wasNeeded.has(step.id) && !allStale(step, stale)),
  )
  const safe = steps.filter(
    (step) => step.kind !== 'revoke' || step.after.every((id) => steps.some((one) => one.id === id)),
  )
  return makePlan(safe, plan.unchanged, [...plan.refused, ...refused])
}

/** A grant that was only for functions that are Active already, and that none of them needs any more. */
function allStale(step: Plan['steps'][number], stale: Stale): boolean {
  const functions = functionsOf(step)
  return functions.length > 0 && functions.every((arn) => stale.has(arn))
}

/** Another function may have begun to trace with a role that was to lose its permission. */
async function withoutUsedRoles(plan: Plan, tools: RolloutTools): Promise<{ plan: Plan; notes: string[] }> {
  const roles = plan.steps.flatMap((step) => (step.kind === 'revoke' ? [step.role] : []))
  if (roles.length === 0) return { plan, notes: [] }
  const leaving = plan.steps.flatMap((step) =>
    step.kind === 'setMode' && step.to === 'PassThrough' ? [step.function] : [],
  )
  const evidence = await rolesInUse(roles, new Set(leaving), tools)
  const kept = new Map(
    [...new Set(roles)].flatMap((role) => {
      const because = whyNeeded(role, evidence.get(accountOfArn(role)))
      return because === undefined ? [] : [[role, because] as const]
    }),
  )
  if (kept.size === 0) return { plan, notes: [] }
  const steps = plan.steps.filter((step) => step.kind !== 'revoke' || !kept.has(step.role))
  const notes = [...kept].map(([role, because]) => `role ${roleNameOf(role)} keeps its permission: ${because}`)
  return { plan: makePlan(steps, plan.unchanged, plan.refused), notes }
}

function whyNeeded(role: string, evidence: RolesInUse | undefined): string | undefined {
  if (!evidence) return 'its account was not read'
  if ('because' in evidence) return evidence.because
  return evidence.inUse.has(role) ? 'a function traces with it now' : undefined
}
