/** Plans with functions of several accounts: each step in its own account, and an account that is closed holds up no other. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Plan } from '../../../src/core/plan/plan.js'
import { planChange } from '../../../src/core/plan/plan-change.js'
import { XtraceError } from '../../../src/errors.js'
import { applyPlan } from '../../../src/usecases/runs/apply.js'
import { carryOut } from '../../../src/usecases/runs/carry-out.js'
import { resumeRun } from '../../../src/usecases/runs/resume.js'
import { undoRun } from '../../../src/usecases/runs/undo.js'
import { NO, observation } from '../../core/build-observation.js'
import { managed } from '../../core/policy/build-role.js'
import { moveStep, POLICY, planOf, revoking } from '../../rollout/support/steps.js'
import { ROLLOUT } from '../support/rollout-tools.js'
import {
  ALL,
  arnIn,
  fnIn,
  MEMBER,
  OTHER,
  OWN,
  roleIn,
  roleOfAccount,
  type SeveralAccounts,
  severalAccounts,
  WAY,
} from '../support/several-accounts.js'

const WRITES = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}
const CLOSED = new XtraceError('ACCESS_DENIED', `Role Tracing in account ${MEMBER} cannot be assumed: no.`)

/** Grants a role of the same name in each account, and turns a function of the same name on. */
const PLAN: Plan = planChange({
  to: 'Active',
  grants: 'managed',
  observations: ALL.map((account) => observation(fnIn(account), { permission: NO })),
  roles: new Map(ALL.map((account) => [roleIn(account), roleOfAccount(account)])),
})

const apply = ({ tools }: Pick<SeveralAccounts, 'tools'>, plan = PLAN) =>
  applyPlan({ plan, skipStale: false, dryRun: false, rollout: ROLLOUT }, tools)
const resume = ({ plain }: SeveralAccounts, way = {}) => resumeRun({ run: 'run-1', way, rollout: () => ROLLOUT }, plain)
const undo = ({ plain }: SeveralAccounts, way = {}) =>
  undoRun({ run: 'run-1', way, dryRun: false, rollout: ROLLOUT }, plain)
const rows = ({ data }: { data: { functions: Array<{ account: string | null; result: string }> } }) =>
  data.functions.map(({ account, result }) => `${account} ${result}`).sort()

describe('apply', () => {
  test('grants the role and sets the mode in each account, of the same names', async () => {
    const all = severalAccounts()
    const report = await apply(all)
    expect([report.outcome, rows(report)]).toEqual(['ok', ALL.map((account) => `${account} changed`)])
    for (const world of [all.own, all.member, all.other])
      expect(world.accepted).toEqual(['attachPolicy orders', 'setMode us-east-1 api Active'])
    expect(report.notes.slice(0, 3)).toEqual(
      ALL.map((account) => `role orders of account ${account} was given the policy AWSXRayDaemonWriteAccess`),
    )
    expect(report.table[0]).toMatchObject({
      groupBy: 1,
      columns: ['FUNCTION', { text: 'ACCOUNT' }, 'REGION', 'MODE', 'RESULT'],
    })
  })

  test('is refused as a whole where one account is closed', async () => {
    const all = severalAccounts()
    all.member.closed = CLOSED
    await expect(apply(all)).rejects.toBe(CLOSED)
    expect([all.own.accepted, all.other.accepted, all.tools.runs.all]).toEqual([[], [], []])
  })

  test('names all accounts that are closed', async () => {
    const all = severalAccounts()
    all.member.closed = CLOSED
    all.other.closed = new XtraceError('THROTTLED', 'Too fast.')
    await expect(apply(all)).rejects.toMatchObject({
      code: 'ACCESS_DENIED',
      message: `Accounts ${MEMBER}, ${OTHER} cannot be entered. The first: ${CLOSED.message}`,
    })
  })

  test('without a way in says how there may be one', async () => {
    const { own, plain } = severalAccounts()
    const refused = apply({ tools: plain })
    await expect(refused).rejects.toMatchObject({
      code: 'UNEXPECTED_ACCOUNT',
      message: expect.stringContaining(`planned for account ${ALL.join(', ')}`),
      suggestions: [expect.stringContaining('--profile'), expect.stringContaining('--assume-role NAME')],
    })
    expect(own.calls).toEqual(['whoAmI us-east-1'])
  })

  test('is stale by what has changed in any of them', async () => {
    const all = severalAccounts()
    all.other.meddle(arnIn(OTHER), { memory: 512 })
    const report = await apply(all)
    expect([report.outcome, rows(report)]).toEqual(['stale', [`${OTHER} refused`]])
    expect([all.own.accepted, all.member.accepted]).toEqual([[], []])
  })

  test('a permission is kept where a function of its own account traces, and taken elsewhere', async () => {
    const all = severalAccounts((account) => ({
      functions: account === MEMBER ? [fnIn(account, { name: 'other', mode: 'Active' })] : [],
      roles: [roleOfAccount(account, [WRITES])],
    }))
    const revoke = (account: string) =>
      revoking('orders', { id: `revoke:${roleIn(account)}:managed`, role: roleIn(account) })
    const report = await apply(all, planOf(...ALL.map(revoke)))
    expect([all.own.accepted, all.member.accepted, all.other.accepted]).toEqual([
      ['detachPolicy orders'],
      [],
      ['detachPolicy orders'],
    ])
    expect(report.notes).toContain('role orders keeps its permission: a function traces with it now')
  })
})

describe('the way in', () => {
  test('is kept with the run: the role by name, no external id', async () => {
    const all = severalAccounts()
    await apply(all)
    const [run] = all.tools.runs.all
    expect(run?.header.options).toEqual({ waves: [], assumeRole: 'Tracing' })
  })

  test('is not spoken of where there is none', async () => {
    const all = severalAccounts()
    await carryOut('enable', PLAN, ROLLOUT, all.plain)
    expect(all.tools.runs.all[0]?.header.options).toEqual({ waves: [] })
  })

  const ways: Array<[given: object, way: object]> = [
    [{}, { role: 'Tracing' }],
    [{ externalId: 'red' }, { role: 'Tracing', externalId: 'red' }],
    [{ role: 'Other' }, { role: 'Other' }],
  ]
  for (const [what, goOn] of [
    ['resume', resume],
    ['undo', undo],
  ] as const) {
    test.each(ways)(`of ${what} is that of the run, unless the user says otherwise: %j`, async (given, way) => {
      const all = severalAccounts()
      await carryOut('enable', PLAN, ROLLOUT, all.tools)
      const [run] = all.tools.runs.all
      if (what === 'resume') run?.entries.splice(-3)
      await goOn(all, given)
      expect(all.own.ways).toEqual([WAY, way])
    })
  }
})

/** A run that was stopped when everything but the member account was done. */
async function stopped(): Promise<SeveralAccounts> {
  const all = severalAccounts()
  all.member.closed = CLOSED
  await carryOut('enable', PLAN, ROLLOUT, all.tools)
  return all
}

describe('resume', () => {
  test('does what was left, in its own account', async () => {
    const all = await stopped()
    expect(all.member.accepted).toEqual([])
    all.member.closed = undefined
    const report = await resume(all)
    expect([report.outcome, rows(report)]).toEqual(['ok', ALL.map((account) => `${account} changed`)])
    expect(all.member.accepted).toEqual(['attachPolicy orders', 'setMode us-east-1 api Active'])
    expect(all.own.accepted).toHaveLength(2)
  })

  test('is refused where no account with something left can be entered', async () => {
    const all = await stopped()
    await expect(resume(all)).rejects.toBe(CLOSED)
    expect(all.plain.runs.all).toMatchObject([{ open: false }])
  })

  test('goes on with the others where one account is closed still', async () => {
    const all = severalAccounts()
    all.member.closed = CLOSED
    all.other.closed = CLOSED
    await carryOut('enable', PLAN, ROLLOUT, all.tools)
    all.other.closed = undefined
    const report = await resume(all)
    expect([report.outcome, rows(report)]).toEqual([
      'incomplete',
      [`${OWN} changed`, `${MEMBER} failed`, `${OTHER} changed`],
    ])
  })
})

describe('undo', () => {
  test('takes everything back in each account', async () => {
    const all = severalAccounts()
    const before = all.picture()
    await carryOut('enable', PLAN, ROLLOUT, all.tools)
    expect(all.picture()).not.toEqual(before)
    const report = await undo(all)
    expect(report.outcome).toBe('ok')
    expect(all.picture()).toEqual(before)
    expect(all.plain.runs.all[1]?.header).toMatchObject({ command: 'undo', options: { assumeRole: 'Tracing' } })
  })

  test('an alias goes back in its own account', async () => {
    const facts = { codeSha256: 'code', settings: 'same' }
    const all = severalAccounts((account) => ({
      functions: [
        {
          latest: fnIn(account, { ...facts, mode: 'Active' }),
          versions: [
            fnIn(account, { ...facts, version: '1' }),
            fnIn(account, { ...facts, version: '2', mode: 'Active' }),
          ],
          aliases: [{ name: 'live', version: account === OTHER ? '2' : '1', weights: {} }],
        },
      ],
      roles: [roleOfAccount(account, [WRITES])],
    }))
    const before = all.picture()
    const arn = arnIn(MEMBER)
    const { revisionId: _, ...move } = moveStep('api', {
      id: `moveAlias:${arn}:live`,
      function: arn,
      to: { version: '2' },
      after: [],
    })
    await carryOut('enable', planOf(move), ROLLOUT, all.tools)
    expect(all.member.accepted).toEqual(['moveAlias us-east-1 api live 2'])
    expect((await undo(all)).outcome).toBe('ok')
    expect(all.picture()).toEqual(before)
    expect([all.own.accepted, all.other.accepted]).toEqual([[], []])
  })

  test('leaves out what is in an account that is closed, says so, and can be asked again', async () => {
    const all = severalAccounts()
    const before = all.picture()
    await carryOut('enable', PLAN, ROLLOUT, all.tools)
    all.member.closed = CLOSED
    const report = await undo(all)
    expect([report.outcome, rows(report)]).toEqual([
      'incomplete',
      [`${OWN} changed`, `${MEMBER} refused`, `${OTHER} changed`],
    ])
    const [row] = report.data.functions.filter(({ account }) => account === MEMBER)
    expect(row?.error).toMatchObject({ code: 'ACCESS_DENIED', message: CLOSED.message })
    expect(report.notes).toContain(`account ${MEMBER}: role orders keeps its permission: ${CLOSED.message}`)
    all.member.closed = undefined
    await undo(all)
    expect(all.picture()).toEqual(before)
  })

  test('a region that cannot be read keeps the permissions of its own account only', async () => {
    const all = severalAccounts()
    await carryOut('enable', PLAN, ROLLOUT, all.tools)
    all.member.fail('listAllVersions eu-west-1', new XtraceError('ACCESS_DENIED', 'No.'))
    const report = await undo(all)
    expect(report.data.grants.map(({ role }) => role)).toEqual([roleIn(OWN), roleIn(OTHER)])
    expect(report.notes).toContain(
      `account ${MEMBER}: role orders keeps its permission: functions in eu-west-1 could not be read, and they may need it: No.`,
    )
  })

  test('a function that traces with a role of the same name elsewhere is no reason to keep a permission', async () => {
    const traced = (account: string): LambdaFunction[] =>
      account === OTHER ? [fnIn(account, { name: 'mine', mode: 'Active' })] : []
    const all = severalAccounts((account) => ({
      functions: [fnIn(account), ...traced(account)],
      roles: [roleOfAccount(account)],
    }))
    await carryOut('enable', PLAN, ROLLOUT, all.tools)
    const report = await undo(all)
    expect(report.data.grants.map(({ role }) => role)).toEqual([roleIn(OWN), roleIn(MEMBER)])
    expect(report.notes).toContain(
      `account ${OTHER}: role orders keeps its permission: another function traces with it now`,
    )
  })
})
