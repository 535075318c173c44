/** Decides how a run is taken back: each thing that it changed, as long as nobody has changed it since. */
import { type Alias, type LambdaFunction, roleNameOf, sameRoute } from '../lambda-function.js'
import type { RunState, StepState } from '../run.js'
import {
  type GrantStep,
  type MoveAliasStep,
  makePlan,
  type Plan,
  type RevokeStep,
  type SetModeStep,
  type Step,
} from './plan.js'
import { setModeStep } from './plan-change.js'
import { type RevokeEvidence, revokeStep } from './plan-revoke.js'

export interface UndoEvidence {
  /** ARN → as it is now; a function that is missing here no longer exists, or could not be read. */
  functions: ReadonlyMap<string, LambdaFunction>
  /** ARN → aliases as they are now, of the functions whose aliases the run moved. */
  aliases: ReadonlyMap<string, readonly Alias[]>
  /** Why nothing may be revoked, or which roles are needed by others. */
  roles: RevokeEvidence | { because: string }
}

export interface UndoPlan {
  plan: Plan
  /** What stays as it is, and why; one sentence each. */
  kept: string[]
}

export function planUndo(plan: Plan, state: RunState, evidence: UndoEvidence): UndoPlan {
  const undone = plan.steps.filter((step) => isOurs(state.steps.get(step.id)))
  const parts = undone.map((step) => partOf(step, state, evidence))
  const steps = withGrantsFirst(
    parts.flatMap((part) => part.steps),
    evidence,
  )
  const revokes = undone.flatMap((step) => (step.kind === 'grant' ? [backToRole(step, steps, evidence)] : []))
  const all = [...parts, ...revokes]
  const unchanged = all.flatMap((part) => part.unchanged ?? [])
  return {
    plan: makePlan(
      [...steps, ...revokes.flatMap((part) => part.steps)],
      unchanged,
      all.flatMap((part) => part.refused ?? []),
    ),
    kept: all.flatMap((part) => part.kept ?? []),
  }
}

interface Part {
  steps: Step[]
  unchanged?: Plan['unchanged'][number]
  refused?: Plan['refused'][number]
  kept?: string
}

function partOf(step: Step, state: RunState, evidence: UndoEvidence): Part {
  switch (step.kind) {
    case 'setMode':
      return backToMode(step, evidence)
    case 'moveAlias':
      return backToVersion(step, state, evidence)
    case 'revoke':
      // A role may have lost both the managed and the inline policy.
      return { steps: [{ ...step, kind: 'grant', id: `grant:${step.role}:${step.how}`, after: [] }] }
    case 'publish': {
      const version = state.steps.get(step.id)?.note ?? 'that was published'
      return { steps: [], kept: `version ${version} of ${step.function} stays: a version cannot be unpublished` }
    }
    case 'grant':
      // Taken back last, when the modes are known: see backToRole.
      return { steps: [] }
  }
}

/** Done by the run, or begun by it and never heard of again: what stands there now tells. */
export function isOurs(state: StepState | undefined): boolean {
  return state?.state === 'started' || (state?.state === 'done' && state.changed === true)
}

function backToMode(step: SetModeStep, { functions }: UndoEvidence): Part {
  const fn = functions.get(step.function)
  if (!fn) return gone(step.function)
  if (fn.mode !== step.to)
    return { steps: [], unchanged: { function: step.function, because: `its mode is ${fn.mode} already` } }
  return { steps: [setModeStep({ fn }, step.from, [])] }
}

function backToVersion(step: MoveAliasStep, state: RunState, { functions, aliases }: UndoEvidence): Part {
  if (!functions.has(step.function)) return gone(step.function)
  const moved =
    typeof step.to.version === 'string' ? step.to.version : state.steps.get(step.to.version.publishedBy)?.note
  const now = aliases.get(step.function)?.find((alias) => alias.name === step.alias)
  if (now && sameRoute(now, step.from))
    return {
      steps: [],
      unchanged: { function: step.function, because: `alias ${step.alias} serves version ${now.version} already` },
    }
  if (!now || moved === undefined || !sameRoute(now, { version: moved, weights: step.to.weights ?? {} })) {
    return { steps: [], kept: `alias ${step.alias} of ${step.function} stays: somebody has changed it since` }
  }
  const back: MoveAliasStep = {
    kind: 'moveAlias',
    id: step.id,
    function: step.function,
    alias: step.alias,
    from: { version: now.version, weights: now.weights },
    to: { version: step.from.version, weights: step.from.weights },
    ...(now.revisionId !== undefined && { revisionId: now.revisionId }),
    after: [],
  }
  return { steps: [back] }
}

/** A grant goes last, when no function that this undo turns off traces with the role any more. */
function backToRole(step: GrantStep, steps: Step[], { roles, functions }: UndoEvidence): Part {
  const name = roleNameOf(step.role)
  if ('because' in roles) return { steps: [], kept: `role ${name} keeps its permission: ${roles.because}` }
  if (roles.inUse.has(step.role))
    return { steps: [], kept: `role ${name} keeps its permission: another function traces with it now` }
  const users = steps.filter((one) => one.kind === 'setMode' && functions.get(one.function)?.role === step.role)
  const revoke: RevokeStep = revokeStep(
    step.role,
    step,
    users.map((one) => one.id),
  )
  return { steps: [revoke] }
}

/** A function is turned on again only when its role can write again. */
function withGrantsFirst(steps: Step[], { functions }: UndoEvidence): Step[] {
  const grants = steps.filter((step) => step.kind === 'grant')
  return steps.map((step) => {
    if (step.kind !== 'setMode' || step.to !== 'Active') return step
    const role = functions.get(step.function)?.role
    return { ...step, after: grants.filter((grant) => grant.role === role).map((grant) => grant.id) }
  })
}

function gone(arn: string): Part {
  return {
    steps: [],
    refused: { function: arn, code: 'FUNCTION_NOT_FOUND', because: 'the function is gone, or cannot be read' },
  }
}
