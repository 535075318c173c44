/** A change that looks in several accounts: each by its own way, and what cannot be read of one is a gap. */
import { describe, expect, test } from 'vitest'
import type { AwsAccess, MemberAccount } from '../../../src/aws/gateways.js'
import { parseFunctionRef } from '../../../src/core/function-ref.js'
import { tagFilters } from '../../../src/core/selection.js'
import { XtraceError } from '../../../src/errors.js'
import { type ChangeRequest, changeTracing } from '../../../src/usecases/change/change.js'
import { listAccounts } from '../../../src/usecases/read/accounts.js'
import { managed } from '../../core/policy/build-role.js'
import type { FakeWorld } from '../../rollout/support/fake-world.js'
import { POLICY } from '../../rollout/support/steps.js'
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
} from '../support/several-accounts.js'

const NOTHING = { match: [], exclude: [], runtimes: [], tags: [] }
const DENIED = new XtraceError('ACCESS_DENIED', 'No.')
const CLOSED = new XtraceError('ACCESS_DENIED', 'Role Tracing cannot be assumed.')
const WRITES = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}

const EVERYWHERE: ChangeRequest['accounts'] = { ids: ALL, regions: ['us-east-1'], home: 'us-east-1' }

async function change(all: Pick<SeveralAccounts, 'tools'>, more: Partial<ChangeRequest> = {}) {
  const request: ChangeRequest = {
    to: 'Active',
    choice: { selection: NOTHING },
    regions: [],
    accounts: EVERYWHERE,
    grants: 'managed',
    revoke: false,
    dryRun: false,
    detailedExit: false,
    rollout: ROLLOUT,
    ...more,
  }
  const report = await changeTracing(request, { ...all.tools, agree: async () => true })
  const rows = report.data.functions.map(({ account, region, result }) => `${account} ${region} ${result}`)
  const gaps = report.coverage.map(({ account, region, status }) => `${account} ${region} ${status}`)
  return { ...report, rows, gaps }
}

const named = (...names: string[]): ChangeRequest['choice'] => ({ refs: names.map(parseFunctionRef) })
const writesOf = (world: FakeWorld) => world.accepted

describe('a selection', () => {
  test('looks in every account, and grants a role of the same name in each', async () => {
    const all = severalAccounts()
    const { outcome, rows, gaps, notes, table } = await change(all)
    expect(outcome).toBe('ok')
    expect(rows).toEqual(ALL.map((account) => `${account} us-east-1 changed`))
    expect(gaps).toEqual(ALL.map((account) => `${account} us-east-1 read`))
    for (const world of [all.own, all.member, all.other])
      expect(writesOf(world)).toEqual(['attachPolicy orders', 'setMode us-east-1 api Active'])
    expect(notes[0]).toBe(`role orders of account ${OWN} was given the policy AWSXRayDaemonWriteAccess`)
    expect(table[0]?.groupBy).toBe(1)
  })

  test('reads each account once, however often it is named', async () => {
    const all = severalAccounts()
    const accounts = { ...EVERYWHERE, ids: [MEMBER, MEMBER] } as const
    expect((await change(all, { accounts })).rows).toEqual([`${MEMBER} us-east-1 changed`])
    expect(all.own.calls).toEqual([])
  })

  test('does the rest where one account cannot be entered: a gap, told once for each region', async () => {
    const all = severalAccounts()
    all.member.closed = CLOSED
    const accounts = { ...EVERYWHERE, ids: ALL, regions: ['us-east-1', 'eu-west-1'] } as const
    const { outcome, rows, coverage } = await change(all, { accounts })
    expect([outcome, rows]).toEqual(['incomplete', [`${OWN} us-east-1 changed`, `${OTHER} us-east-1 changed`]])
    expect(coverage.filter(({ account }) => account === MEMBER)).toEqual([
      { account: MEMBER, region: 'us-east-1', status: 'denied-iam', reason: CLOSED.message },
      { account: MEMBER, region: 'eu-west-1', status: 'denied-iam', reason: CLOSED.message },
    ])
    expect(all.member.calls, 'asked once').toEqual(['whoAmI us-east-1'])
  })

  test('asks each account for the regions that it has enabled', async () => {
    const all = severalAccounts((account) => ({
      functions: [fnIn(account), fnIn(account, { region: 'eu-west-1' })],
      roles: [roleOfAccount(account)],
    }))
    all.member.regions = ['eu-west-1']
    all.other.closed = CLOSED
    const accounts = { ...EVERYWHERE, ids: ALL, regions: 'all' } as const
    expect((await change(all, { accounts })).gaps).toEqual([
      `${OWN} us-east-1 read`,
      `${OWN} eu-west-1 read`,
      `${MEMBER} eu-west-1 read`,
      `${OTHER} * denied-iam`,
    ])
    expect(writesOf(all.member)).toEqual(['attachPolicy orders', 'setMode eu-west-1 api Active'])
  })

  test('says whose list of regions is a guess', async () => {
    const all = severalAccounts()
    all.member.regions = DENIED
    const accounts = { ...EVERYWHERE, ids: [MEMBER], regions: 'all' } as const
    const { notes } = await change(all, { accounts, dryRun: true })
    expect(notes.join('\n')).toContain(`account ${MEMBER}: the account's own list of regions could not be read`)
  })

  test('throws the first reason where nothing at all could be read', async () => {
    const all = severalAccounts()
    all.own.fail('listAllVersions us-east-1', DENIED)
    all.member.closed = CLOSED
    all.other.closed = CLOSED
    await expect(change(all)).rejects.toBe(DENIED)
  })

  test('reads many roles of an account in one sweep of it, few one by one', async () => {
    const named = (count: number) => Array.from({ length: count }, (_, index) => `r${index}`)
    const all = severalAccounts((account) => ({
      functions: named(account === MEMBER ? 6 : 2).map((name) => fnIn(account, { name, role: roleIn(account, name) })),
      roles: named(6).map((name) => ({ ...roleOfAccount(account, [WRITES]), arn: roleIn(account, name), name })),
    }))
    expect((await change(all)).rows).toHaveLength(10)
    const reads = (world: FakeWorld) => world.calls.filter((call) => /^read(All)?Role/.test(call)).sort()
    expect(reads(all.member)).toEqual(['readAllRoles'])
    expect([reads(all.own), reads(all.other)]).toEqual([
      ['readRole r0', 'readRole r1'],
      ['readRole r0', 'readRole r1'],
    ])
  })

  test('is complete where an account is empty', async () => {
    const all = severalAccounts((account) => ({ functions: account === OWN ? [fnIn(account)] : [], roles: [] }))
    expect((await change(all, { dryRun: true })).gaps).toEqual(ALL.map((account) => `${account} us-east-1 read`))
  })

  test('by tags selects nothing where tags cannot be read, and everything elsewhere as asked', async () => {
    const all = severalAccounts()
    for (const [index, world] of [all.own, all.member, all.other].entries())
      world.tagged = new Set([arnIn(ALL[index] ?? '')])
    all.member.fail('taggedFunctions us-east-1', DENIED)
    const { outcome, rows, gaps } = await change(all, {
      choice: { selection: { ...NOTHING, tags: tagFilters(['team=web']) } },
    })
    expect([outcome, rows]).toEqual(['incomplete', [`${OWN} us-east-1 changed`, `${OTHER} us-east-1 changed`]])
    expect(gaps).toContain(`${MEMBER} us-east-1 denied-iam`)
    expect(writesOf(all.member)).toEqual([])
  })

  test('ends where the own credentials are over: that is no gap of one account', async () => {
    const all = severalAccounts()
    const over = new XtraceError('EXPIRED_CREDENTIALS', 'It is over.')
    all.member.fail('taggedFunctions us-east-1', over)
    const selection = { ...NOTHING, tags: tagFilters(['team=web']) }
    await expect(change(all, { choice: { selection } })).rejects.toBe(over)
    all.member.closed = over
    await expect(change(all)).rejects.toBe(over)
    expect(writesOf(all.own)).toEqual([])
  })

  test('never takes one account for another: without a way in the others are gaps', async () => {
    const all = severalAccounts()
    const { rows, gaps, coverage } = await change({ tools: all.plain }, { dryRun: true })
    expect(rows).toEqual([`${OWN} us-east-1 planned`])
    expect(gaps).toEqual([`${OWN} us-east-1 read`, `${MEMBER} us-east-1 failed`, `${OTHER} us-east-1 failed`])
    expect(coverage[1]?.reason).toBe(`Account ${MEMBER} cannot be entered: the credentials are of ${OWN}.`)
  })

  test('shows the roles of a plan under their account', async () => {
    const { table } = await change(severalAccounts(), { dryRun: true })
    expect(table.map(({ title }) => title)).toEqual([
      ...ALL.map((account) => `Roles of account ${account}`),
      ...ALL.map((account) => `account ${account}, us-east-1, role orders`),
    ])
  })

  test('names what a plan refuses by its ARN', async () => {
    const { table } = await change(severalAccounts(), { dryRun: true, grants: 'none' })
    expect(table.find(({ title }) => title === 'Refused')?.rows.map(([, what]) => what)).toEqual(
      ALL.map((account) => arnIn(account)),
    )
  })
})

describe('names', () => {
  test('are looked for in every account, and named with it where they are not found', async () => {
    const all = severalAccounts()
    all.member.remove(arnIn(MEMBER))
    const { outcome, data } = await change(all, { choice: named('api') })
    expect(outcome).toBe('incomplete')
    expect(data.functions.map(({ account, result, error }) => [account, result, error?.code])).toEqual([
      [OWN, 'changed', undefined],
      [OTHER, 'changed', undefined],
      [MEMBER, 'refused', 'FUNCTION_NOT_FOUND'],
    ])
  })

  test('in an account that cannot be entered are refused with the reason', async () => {
    const all = severalAccounts()
    all.member.closed = CLOSED
    const { outcome, data } = await change(all, { choice: named('api', 'us-east-1:function:api') })
    expect(outcome).toBe('incomplete')
    expect(data.functions.filter(({ error }) => error)).toMatchObject([
      { account: MEMBER, region: 'us-east-1', error: { code: 'ACCESS_DENIED', message: CLOSED.message } },
    ])
    expect(all.member.calls, 'asked once').toEqual(['whoAmI us-east-1'])
  })

  test('an ARN is looked for in its own account and region only', async () => {
    const all = severalAccounts()
    const accounts = { ...EVERYWHERE, ids: [OWN] } as const
    expect((await change(all, { accounts, choice: named(arnIn(MEMBER)) })).rows).toEqual([
      `${MEMBER} us-east-1 changed`,
    ])
    expect((await change(all, { accounts, choice: named(`${OTHER}:function:api`) })).rows).toEqual([
      `${OTHER} us-east-1 changed`,
    ])
    expect(writesOf(all.own)).toEqual([])
  })
})

describe('an ARN of another account, and no account named', () => {
  const run = async (tools: SeveralAccounts['tools']) => {
    const choice = named(arnIn(MEMBER), 'api')
    const how = { to: 'Active', grants: 'managed', revoke: false, dryRun: false, detailedExit: false } as const
    const request = { ...how, choice, regions: ['us-east-1'], rollout: ROLLOUT }
    return changeTracing(request, { ...tools, agree: async () => true })
  }

  test('is obeyed where there is a way in', async () => {
    const all = severalAccounts()
    const { data, outcome } = await run(all.tools)
    expect([outcome, data.functions.map(({ account, result }) => `${account} ${result}`)]).toEqual([
      'ok',
      [`${MEMBER} changed`, `${OWN} changed`],
    ])
    expect(writesOf(all.member)).toEqual(['attachPolicy orders', 'setMode us-east-1 api Active'])
    for (const world of [all.own, all.member])
      expect(world.calls.filter((call) => call.startsWith('listAliases'))).toEqual(['listAliases us-east-1 api'])
  })

  test('is refused where there is none, with both ways to get there', async () => {
    const all = severalAccounts()
    const { data } = await run(all.plain)
    expect(data.functions[1]).toMatchObject({
      account: MEMBER,
      error: {
        code: 'OTHER_ACCOUNT',
        suggestions: [expect.stringContaining('--profile'), expect.stringContaining('--assume-role NAME')],
      },
    })
    expect(writesOf(all.member)).toEqual([])
  })

  test('that is not there is not found, rather than of another account', async () => {
    const all = severalAccounts()
    all.member.remove(arnIn(MEMBER))
    expect((await run(all.tools)).data.functions[1]?.error?.code).toBe('FUNCTION_NOT_FOUND')
  })
})

describe('disable --revoke', () => {
  const off = { to: 'PassThrough', grants: 'none', revoke: true } as const
  const traced = () =>
    severalAccounts((account) => ({
      functions: [fnIn(account, { mode: 'Active' })],
      roles: [roleOfAccount(account, [WRITES])],
    }))

  test('takes the permission back in each account', async () => {
    const all = traced()
    expect((await change(all, off)).outcome).toBe('ok')
    for (const world of [all.own, all.member, all.other])
      expect(writesOf(world)).toEqual(['setMode us-east-1 api PassThrough', 'detachPolicy orders'])
  })

  test('where a region of one account cannot be read, that account keeps its permissions', async () => {
    const all = traced()
    all.member.fail('listAllVersions eu-west-1', DENIED)
    const { notes, data } = await change(all, off)
    expect(writesOf(all.member)).toEqual(['setMode us-east-1 api PassThrough'])
    expect(data.grants.map(({ role }) => role)).toEqual([roleIn(OWN), roleIn(OTHER)])
    expect(notes.join('\n')).toContain(
      `no permission was taken back in account ${MEMBER}: functions in eu-west-1 could not be read`,
    )
  })
})

describe('the accounts of an organization', () => {
  const listed = (...pages: MemberAccount[][]) => {
    const used: Pick<AwsAccess, 'organizations'> = {
      organizations: async () => ({
        async *listAccounts() {
          yield* pages
        },
      }),
    }
    const { tools } = severalAccounts()
    return listAccounts({ ...EVERYWHERE, ids: 'organization' }, { ...tools, aws: used as AwsAccess })
  }
  const account = (id: string, state = 'ACTIVE') => ({ id, name: `account ${id}`, state })

  test('are those that are active, from all pages; of the others it is said why they are left out', async () => {
    const found = await listed(
      [account(OTHER), account(MEMBER, 'SUSPENDED')],
      [],
      [account(OWN), account('4', 'SUSPENDED')],
    )
    expect(found).toEqual({
      ids: [OWN, OTHER],
      notes: [`left out, for the organization calls them SUSPENDED: ${MEMBER}, 4`],
    })
  })
})
