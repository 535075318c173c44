/** Builds plans, headers and journal entries for the tests of runs. */
import { type Plan, planId, type Step } from '../../../src/core/plan/plan.js'
import type { JournalEntry, RunHeader } from '../../../src/core/run.js'
import { functionArn, ROLE } from '../build-observation.js'

export const AT = '2026-11-22T17:57:00.000Z'

const grant: Step = {
  kind: 'grant',
  id: `grant:${ROLE}`,
  role: ROLE,
  how: 'managed',
  policy: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
  after: [],
}

export function setMode(name: string, after: string[] = [grant.id]): Step {
  const arn = functionArn(name)
  return {
    kind: 'setMode',
    id: `setMode:${arn}`,
    function: arn,
    from: 'PassThrough',
    to: 'Active',
    revisionId: 'r1',
    after,
  }
}

function publish(name: string): Step {
  const arn = functionArn(name)
  return { kind: 'publish', id: `publish:${arn}`, function: arn, codeSha256: `${'A'.repeat(43)}=`, after: [] }
}

function moveAlias(name: string): Step {
  const arn = functionArn(name)
  return {
    kind: 'moveAlias',
    id: `moveAlias:${arn}:live`,
    function: arn,
    alias: 'live',
    from: { version: '3', weights: { 4: 0.25 } },
    to: { version: { publishedBy: `publish:${arn}` } },
    after: [`publish:${arn}`],
  }
}

const revoke: Step = { ...grant, kind: 'revoke', id: `revoke:${ROLE}`, how: 'inline', policy: 'xtrace-xray-write' }

export function planOf(steps: Step[], more: Partial<Plan> = {}): Plan {
  const plan: Omit<Plan, 'id'> = {
    schema: 'xtrace/plan@1',
    createdFor: { accounts: ['111122223333'], regions: ['us-east-1'] },
    steps,
    unchanged: [{ function: functionArn('done'), because: 'already Active; größer als nötig' }],
    refused: [{ function: functionArn('old'), code: 'RUNTIME_BLOCKED', because: 'runtime python2.7 is blocked' }],
    ...more,
  }
  return { ...plan, id: planId(plan) }
}

/** A step of every kind. */
export const PLAN = planOf([grant, setMode('a'), setMode('b'), publish('a'), moveAlias('a'), revoke])

export const STEP = { grant: grant.id, a: setMode('a').id, b: setMode('b').id }

export function headerOf(plan: Plan, more: Partial<RunHeader> = {}): RunHeader {
  return {
    type: 'header',
    schema: 'xtrace/journal@1',
    run: '20261122T175700Z-abcdef00',
    command: 'enable',
    plan: plan.id,
    startedAt: AT,
    options: { rate: 12, waves: ['1', '10%'], yes: true, permissions: 'managed' },
    ...more,
  }
}

export const HEADER = headerOf(PLAN)

export const started = (step: string): JournalEntry => ({ type: 'started', step, at: AT })
export const done = (step: string, changed = true): JournalEntry => ({ type: 'done', step, at: AT, changed })
export const failed = (step: string): JournalEntry => ({
  type: 'failed',
  step,
  at: AT,
  code: 'CONFLICT',
  message: 'Busy: ünd "so".',
})
export const ended: JournalEntry = { type: 'ended', at: AT, outcome: 'incomplete' }
