/** `xtrace audit`, the built command against the sandbox: one word per function, one status per region. */
import { expect } from 'vitest'
import { EU_WEST_1, US_EAST_1 } from '../../src/sandbox/demo/functions.js'
import { seedDemo } from '../../src/sandbox/seed-demo.js'
import type { FaultRule } from '../../src/sandbox/server.js'
import { World } from '../../src/sandbox/world.js'
import { type Aws, describe, it } from '../support/it.js'
import { type ReportJson, row } from '../support/report-json.js'
import { type Run, run } from '../support/xtrace.js'

/** Both forms of an audit, which must end alike; what could not be read is never called clean. */
async function audit(
  aws: Aws,
  words: string[] = [],
): Promise<{ human: Run; report: ReportJson; status: number | null }> {
  const [human, script] = [await run(['audit', ...words], { aws }), await run(['audit', ...words, '--json'], { aws })]
  expect(human.status).toBe(script.status)
  if (script.status === 6) expect(human.stdout + human.stderr).not.toMatch(/clean|in sync|no drift|all traced/i)
  expect(aws.writes()).toEqual([])
  return { human, report: script.json<ReportJson>(), status: script.status }
}

/** Where people and scripts have been compared elsewhere. */
async function auditJson(aws: Aws): Promise<{ report: ReportJson; status: number | null }> {
  const { status, json } = await run(['audit', '--json'], { aws })
  return { report: json<ReportJson>(), status }
}

/** What the demo account's functions are, worked out by hand from what was put into it. */
const DEMO: Record<string, Record<string, string[]>> = {
  'us-east-1': {
    traced: [
      'payments-refunds',
      'order-api',
      'order-events-consumer',
      'inventory-sync',
      'inventory-reserve',
      'analytics-rollup',
      'platform-audit-shipper',
    ],
    stale: ['payments-worker'],
    blind: ['email-dispatcher', 'etl-customer-merge', 'reports-mailer', 'signals-gateway'],
    unsupported: ['clickstream-consumer', 'legacy-invoice-pdf'],
  },
  'eu-west-1': {
    traced: ['order-api', 'payments-sepa-export', 'batch-reconcile'],
    blind: ['search-indexer'],
  },
}

describe.concurrent('audit', () => {
  it('gives every function of the demo account the verdict that its seed implies', async ({ open }) => {
    const world = new World()
    seedDemo(world)
    const aws = await open({ world })
    const { human, report, status } = await audit(aws, ['--region', 'us-east-1,eu-west-1'])
    expect(status).toBe(3)
    expect(report.outcome).toBe('drift')
    const seeded = Object.entries({ 'us-east-1': US_EAST_1, 'eu-west-1': EU_WEST_1 }).flatMap(([region, functions]) =>
      functions.map(({ name }): [string, string] => [`${region} ${name}`, expected(region, name)]),
    )
    const found = report.data.functions.map(({ region, name, verdict }) => [`${region} ${name}`, verdict])
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(seeded))
    expect(report.data.functions).toHaveLength(seeded.length)
    const total = Object.values(report.data.counts ?? {}).reduce((sum, count) => sum + count, 0)
    expect(total).toBe(seeded.length)
    expect(report.coverage).toEqual([
      { account: '123456789012', region: 'us-east-1', status: 'read' },
      { account: '123456789012', region: 'eu-west-1', status: 'read' },
    ])
    const drift = report.data.functions.filter(({ verdict }) => ['off', 'blind', 'stale'].includes(verdict))
    expect(report.findings.map(({ subject }) => subject).sort()).toEqual(drift.map(({ arn }) => arn).sort())
    expect(human.stdout).toMatch(new RegExp(`^functions +${seeded.length}$`, 'm'))
    expect(human.stdout).toMatch(/^payments-worker +Active +stale +alias live serves version 1/m)
    expect(aws.calledFor('GetFunction')).toEqual([])
    expect(aws.calledFor('GetFunctionConfiguration'), 'no read per function').toEqual([])
    expect(aws.calledFor('GetAccountAuthorizationDetails').length, 'one sweep a run').toBe(2)
  })

  it('ends with 0 where everything is traced, and where there is nothing', async ({ open }) => {
    const traced = await open({
      functions: [
        { name: 'orders', mode: 'Active', versions: [{ mode: 'Active' }], aliases: [{ name: 'live', version: '1' }] },
        { name: 'billing', mode: 'Active', role: 'inline-role' },
      ],
    })
    const full = await auditJson(traced)
    expect(full.status).toBe(0)
    expect(full.report).toMatchObject({ outcome: 'ok', findings: [], data: { account: '123456789012' } })

    const empty = await audit(await open())
    expect(empty.status).toBe(0)
    expect(empty.human.stdout).toMatch(/^functions +0$/m)
    expect(empty.report.data).toMatchObject({ account: '123456789012', functions: [] })
    expect(empty.report.coverage).toMatchObject([{ status: 'read' }])
  })

  for (const [verdict, mode, role] of [
    ['off', 'PassThrough', 'writing-role'],
    ['blind', 'Active', 'bare-role'],
  ] as const) {
    it(`ends with 3 for a single function that is ${verdict}, and says how to repair it`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders', mode, role }] })
      const { status, report } = await auditJson(aws)
      expect(status).toBe(3)
      expect(row(report, 'orders').verdict).toBe(verdict)
      const arn = 'arn:aws:lambda:us-east-1:123456789012:function:orders'
      expect(report.findings).toMatchObject([{ subject: arn, repair: `xtrace enable ${arn}` }])
    })
  }

  it('does not count an unsupported function as drift', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', eventSources: [{ kind: 'kafka' }] }] })
    const { status, report } = await auditJson(aws)
    expect(status).toBe(0)
    expect(row(report, 'orders').verdict).toBe('unsupported')
  })

  it('says unknown and ends with 6 where IAM is denied', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', mode: 'Active' }, { name: 'billing' }],
      faults: [{ match: { service: 'iam' }, kind: 'access-denied' }],
    })
    const { status, report } = await audit(aws)
    expect(status).toBe(6)
    expect(row(report, 'orders')).toMatchObject({ verdict: 'unknown', permission: { answer: 'unknown' } })
    expect(row(report, 'billing').verdict, 'what is certain stays certain').toBe('off')
  })

  it('reads the roles one by one where the sweep of the account is denied', async ({ open }) => {
    const roles = Array.from({ length: 7 }, (_, index) => ({
      name: `role-${index}`,
      managed: ['AWSXRayDaemonWriteAccess'],
    }))
    const aws = await open({
      roles,
      functions: roles.map(({ name }) => ({ name: `of-${name}`, role: name, mode: 'Active' })),
      faults: [{ match: { operation: 'GetAccountAuthorizationDetails' }, kind: 'access-denied' }],
    })
    const { status, json } = await run(['audit', '--json'], { aws })
    expect(status).toBe(0)
    expect(json<ReportJson>().data.counts?.traced).toBe(7)
    expect(aws.calledFor('GetRole')).toHaveLength(7)
  })

  for (const operation of ['ListAliases', 'ListEventSourceMappings']) {
    it(`says unknown and ends with 6 where ${operation} is denied`, async ({ open }) => {
      const served = { versions: [{ mode: 'Active' as const }], aliases: [{ name: 'live', version: '1' }] }
      const aws = await open({
        functions: [{ name: 'orders', mode: 'Active', ...served }],
        faults: [{ match: { operation }, kind: 'access-denied' }],
      })
      const { status, report } = await auditJson(aws)
      expect(status).toBe(6)
      expect(row(report, 'orders').verdict).toBe('unknown')
    })
  }

  const gaps: ReadonlyArray<readonly [status: string, fault: Omit<FaultRule, 'match'>]> = [
    ['denied-iam', { kind: 'access-denied' }],
    ['denied-scp', { kind: 'scp-deny' }],
    ['not-enabled', { kind: 'region-off' }],
  ]
  for (const [status, fault] of gaps) {
    it(`reports a region as ${status}, keeps the rest, and ends with 6`, async ({ open }) => {
      const aws = await open({
        functions: [{ name: 'orders', mode: 'Active' }],
        faults: [{ match: { region: 'eu-west-1' }, ...fault }],
      })
      const audited = await audit(aws, ['--region', 'us-east-1', '--region', 'eu-west-1'])
      expect(audited.status).toBe(6)
      expect(audited.report.outcome).toBe('incomplete')
      expect(audited.report.coverage).toMatchObject([
        { account: '123456789012', region: 'us-east-1', status: 'read' },
        { account: '123456789012', region: 'eu-west-1', status, reason: expect.stringMatching(/./) },
      ])
      expect(row(audited.report, 'orders').verdict).toBe('traced')
      expect(audited.human.stdout).toMatch(new RegExp(`^eu-west-1 +${status} `, 'm'))
      expect(audited.human.stdout).toContain('1 of 2 regions could not be read in full')
    })
  }

  it('names the functions that were asked for and could not be read, for people too', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }] })
    const { human, status } = await audit(aws, ['orders', 'nobody'])
    expect(status).toBe(6)
    expect(human.stdout).toMatch(/^nobody +us-east-1 +.*not found/im)
    const all = await run(['audit', 'nobody', '--json'], { aws })
    expect([all.status, all.json<ReportJson>().error?.code]).toEqual([5, 'FUNCTION_NOT_FOUND'])
    const none = await run(['audit', '--match', 'zzz*'], { aws })
    expect([none.status, none.stdout.includes('no function matches what was asked for: looked in us-east-1')]).toEqual([
      0,
      true,
    ])
  })

  it('reports the one region there is as unread, not as empty', async ({ open }) => {
    const aws = await open({ faults: [{ match: { operation: 'ListFunctions' }, kind: 'explicit-deny' }] })
    const { status, report } = await audit(aws)
    expect(status).toBe(6)
    expect(report.coverage).toMatchObject([{ account: '123456789012', region: 'us-east-1', status: 'denied-iam' }])
  })

  it('reads more than a page, with all versions, in few calls', async ({ open }) => {
    const functions = Array.from({ length: 120 }, (_, index) => ({
      name: `fn-${String(index).padStart(3, '0')}`,
      mode: 'Active' as const,
    }))
    const aws = await open({ functions })
    const { status, json } = await run(['audit', '--json'], { aws })
    expect(status).toBe(0)
    expect(json<ReportJson>().data.counts?.traced).toBe(120)
    expect(aws.calledFor('ListFunctions')).toHaveLength(3)
    expect(aws.calls.length).toBeLessThan(15)
  })

  it('keeps what it has read of a region whose later pages fail, and says so', async ({ open }) => {
    const functions = Array.from({ length: 60 }, (_, index) => ({ name: `fn-${index}`, mode: 'Active' as const }))
    const aws = await open({
      functions,
      faults: [{ match: { operation: 'ListFunctions' }, kind: 'access-denied', skip: 1 }],
    })
    const { status, json } = await run(['audit', '--json'], { aws })
    expect(status).toBe(6)
    expect(json<ReportJson>().data.functions).toHaveLength(50)
    expect(json<ReportJson>().coverage).toMatchObject([{ status: 'denied-iam' }])
  })

  it('gets through throttling, lost answers and server errors', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', mode: 'Active' }],
      faults: [
        { match: { operation: 'ListFunctions' }, kind: 'throttle', times: 2 },
        { match: { operation: 'ListEventSourceMappings' }, kind: 'reset-before', times: 1 },
        { match: { service: 'iam' }, kind: 'http-503', times: 2 },
      ],
    })
    const { status, json } = await run(['audit', '--json'], { aws })
    expect(status).toBe(0)
    expect(row(json<ReportJson>(), 'orders').verdict).toBe('traced')
  })

  it('reports a region that answers with nonsense as failed, with the reason', async ({ open }) => {
    const nonsense = { kind: 'error', status: 400, code: 'InvalidParameterValueException', message: 'odd' } as const
    const aws = await open({ faults: [{ match: { operation: 'ListFunctions' }, ...nonsense }] })
    const { status, report } = await auditJson(aws)
    expect(status).toBe(6)
    expect(report.coverage).toMatchObject([{ status: 'failed', reason: expect.stringContaining('odd') }])
  })
})

function expected(region: string, name: string): string {
  const found = Object.entries(DEMO[region] ?? {}).find(([, names]) => names.includes(name))
  return found?.[0] ?? 'off'
}
