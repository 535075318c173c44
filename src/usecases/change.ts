/** Turns tracing of named functions on or off: read, plan, carry out, say what became of each. */
import type { FunctionRef } from '../core/function-ref.js'
import type { LambdaFunction, TracingMode } from '../core/lambda-function.js'
import { type GrantChoice, type Plan, planChange } from '../core/plan.js'
import { afterGrant } from '../core/policy/grant.js'
import { traceWritePermission } from '../core/policy/permission.js'
import type { Role } from '../core/policy/role.js'
import type { Report } from '../core/report.js'
import type { Observation } from '../core/verdict.js'
import { execute, type StepOutcome } from '../rollout/execute.js'
import { inParallel } from '../rollout/in-parallel.js'
import { type Changed, changeReport } from './change-report.js'
import { reading } from './reading.js'
import { RoleBook } from './role-book.js'
import { readServed } from './served.js'
import { readTargets, type Target } from './targets.js'
import type { Tools } from './tools.js'

export interface ChangeRequest {
  to: TracingMode
  refs: FunctionRef[]
  /** For names that say no region themselves. */
  regions: string[]
  grants: GrantChoice
  /** Makes no writing call at all. */
  dryRun: boolean
}

const AT_ONCE = 10

export async function changeTracing(request: ChangeRequest, tools: Tools): Promise<Report<Changed>> {
  const command = request.to === 'Active' ? 'enable' : 'disable'
  const targets = await readTargets(request.refs, request.regions, command, tools)
  const book = new RoleBook(tools.aws)
  const observations =
    request.to === 'Active' ? await observe(targets, book, tools) : await observeForOff(targets, tools)
  const roles =
    request.to === 'Active' ? await book.readAll(observations.map((seen) => seen.fn.role)) : new Map<string, Role>()
  const plan = planChange({ to: request.to, grants: request.grants, observations, roles })
  const outcomes = request.dryRun ? new Map<string, StepOutcome>() : await carryOut(plan, tools)
  return changeReport({
    command,
    request,
    targets,
    plan,
    outcomes,
    observations: observations.map((seen) => after(seen, plan, outcomes, roles)),
  })
}

async function observe(targets: Target[], book: RoleBook, tools: Tools): Promise<Observation[]> {
  const unique = distinctFunctions(targets)
  const rolesRead = book.readAll(unique.map((fn) => fn.role))
  return inParallel(unique, AT_ONCE, async (fn) => {
    const lambda = await tools.aws.lambda(fn.region)
    const [aliases, eventSources, roles] = await Promise.all([
      readServed(lambda, fn),
      reading(() => lambda.listEventSources(fn.name)),
      rolesRead,
    ])
    const role = roles.get(fn.role) ?? (await book.role(fn.role))
    return { fn, aliases, eventSources, permission: traceWritePermission(role, fn) }
  })
}

/** Turning tracing off asks nothing of the role or the event sources. */
function observeForOff(targets: Target[], tools: Tools): Promise<Observation[]> {
  return inParallel(distinctFunctions(targets), AT_ONCE, async (fn) => ({
    fn,
    aliases: await readServed(await tools.aws.lambda(fn.region), fn),
    eventSources: { value: [] },
    permission: { answer: 'unknown', because: 'the role was not read: turning tracing off does not need it' },
  }))
}

function distinctFunctions(targets: Target[]): LambdaFunction[] {
  const found = targets.flatMap((target) => (target.fn ? [target.fn] : []))
  return [...new Map(found.map((fn) => [fn.arn, fn])).values()]
}

async function carryOut(plan: Plan, tools: Tools): Promise<Map<string, StepOutcome>> {
  let ended = 0
  return execute(plan, {
    aws: tools.aws,
    clock: tools.clock,
    observe: (event) => {
      if (event.type === 'ended') ended++
      const doing = event.type === 'started' && event.step.kind === 'grant' ? 'granting roles' : 'changing functions'
      tools.progress.say(doing, ended, plan.steps.length)
    },
  })
}

/** The observation as it stands after the run: what was read back, and what was granted. */
function after(
  seen: Observation,
  plan: Plan,
  outcomes: Map<string, StepOutcome>,
  roles: Map<string, Role>,
): Observation {
  const set = outcomes.get(`setMode:${seen.fn.arn}`)
  const fn = set?.status === 'done' && set.fn ? set.fn : seen.fn
  const grant = plan.steps.find((step) => step.kind === 'grant' && step.role === seen.fn.role)
  const role = roles.get(seen.fn.role)
  if (grant?.kind !== 'grant' || outcomes.get(grant.id)?.status !== 'done' || !role) return { ...seen, fn }
  return { ...seen, fn, permission: traceWritePermission(afterGrant(role, grant.how, fn.partition), fn) }
}
