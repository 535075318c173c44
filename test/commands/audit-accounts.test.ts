/** `xtrace audit` across accounts: through roles, from AWS Config, and where some cannot be read. */
import { expect } from 'vitest'
import type { Account } from '../../src/sandbox/world/account.js'
import { World } from '../../src/sandbox/world.js'
import { describe, it } from '../support/it.js'
import type { ReportJson } from '../support/report-json.js'
import { run } from '../support/xtrace.js'

const [MANAGEMENT, MEMBER, LOCKED, SHUT] = ['123456789012', '210987654321', '345678901234', '456789012345'] as const

/** One traced and one dark function in the management account and in each member. */
function organization(): World {
  const world = new World()
  const company = world.createOrganization(MANAGEMENT)
  populate(world.account(MANAGEMENT))
  populate(company.addAccount({ id: MEMBER, name: 'payments', externalId: 'letmein' }))
  populate(company.addAccount({ id: LOCKED, name: 'invited', role: false }))
  populate(company.addAccount({ id: SHUT, name: 'closed', state: 'SUSPENDED' }))
  return world
}

function populate(account: Account): void {
  const role = account.addRole({ name: 'fn-role', managed: ['AWSXRayDaemonWriteAccess'] }).arn
  const region = account.region('us-east-1')
  region.addFunction({ name: 'traced', role, mode: 'Active' })
  region.addFunction({ name: 'dark', role })
}

const verdicts = ({ data }: ReportJson) =>
  data.functions.map(({ account, name, verdict }) => `${account} ${name} ${verdict}`)

describe.concurrent('audit of an organization', () => {
  it('reads every active account, says which it could not enter, and ends with 6', async ({ open }) => {
    const aws = await open({ world: organization() })
    const words = ['audit', '--org', '--external-id', 'letmein']
    const [human, script] = await Promise.all([run(words, { aws }), run([...words, '--json'], { aws })])
    const report = script.json<ReportJson>()
    expect([human.status, script.status]).toEqual([6, 6])
    expect(verdicts(report)).toEqual([
      `${MANAGEMENT} dark off`,
      `${MANAGEMENT} traced traced`,
      `${MEMBER} dark off`,
      `${MEMBER} traced traced`,
    ])
    expect(report.coverage).toMatchObject([
      { account: MANAGEMENT, region: 'us-east-1', status: 'read' },
      { account: MEMBER, region: 'us-east-1', status: 'read' },
      {
        account: LOCKED,
        region: 'us-east-1',
        status: 'denied-iam',
        reason: expect.stringContaining('cannot be assumed'),
      },
    ])
    expect(report.notes.join()).toContain(`SUSPENDED: ${SHUT}`)
    expect(report.findings.map(({ repair }) => repair)).toEqual([
      `xtrace enable arn:aws:lambda:us-east-1:${MANAGEMENT}:function:dark`,
      `xtrace enable arn:aws:lambda:us-east-1:${MEMBER}:function:dark --assume-role OrganizationAccountAccessRole`,
    ])
    expect(human.stdout).toMatch(new RegExp(`^${MEMBER} +1 +1$`, 'm'))
    expect(aws.writes()).toEqual([])
    const assumed = aws.calledFor('AssumeRole').filter(({ resource, status }) => resource && status === 200)
    expect(assumed, 'one session for each run').toHaveLength(2)
  })

  it('reads named accounts, and accepts the gap that it is told to', async ({ open }) => {
    const aws = await open({ world: organization() })
    const words = ['audit', '--account', `${MEMBER},${LOCKED}`, '--external-id', 'letmein', '--json']
    const [strict, lenient] = await Promise.all([run(words, { aws }), run([...words, '--accept-gap', LOCKED], { aws })])
    expect([strict.status, lenient.status]).toEqual([6, 3])
    const gap = lenient.json<ReportJson>().coverage.find(({ account }) => account === LOCKED)
    expect(gap).toMatchObject({ status: 'denied-iam', accepted: true })
  })

  it('refuses where the organization cannot be listed, with what to do', async ({ open }) => {
    const { status, stderr } = await run(['audit', '--org'], { aws: await open() })
    expect(status).toBe(5)
    expect(stderr).toContain('--account')
  })

  it('fails on what it is told to fail on, and says the truth all the same', async ({ open }) => {
    const aws = await open({ world: organization() })
    const words = ['audit', '--account', `${MANAGEMENT},${LOCKED}`, '--json', '--fail-on']
    const ended = await Promise.all(['drift', 'incomplete', 'never'].map((word) => run([...words, word], { aws })))
    expect(ended.map(({ status }) => status)).toEqual([3, 6, 0])
    expect(ended.map(({ json }) => json<ReportJson>().outcome)).toEqual(['incomplete', 'incomplete', 'incomplete'])
  })
})

describe.concurrent('audit of what AWS Config recorded', () => {
  const recorded = () => {
    const world = organization()
    for (const account of world.accounts.values()) account.region('us-east-1').recorder.record(Date.UTC(2026, 0, 2))
    world.account(MANAGEMENT).region('us-east-1').addAggregator({ name: 'all' })
    return world
  }

  it('knows the modes of all accounts in one query, and calls unknown what Config does not record', async ({
    open,
  }) => {
    const aws = await open({ world: recorded() })
    const { status, json } = await run(['audit', '--source', 'config', '--aggregator', 'all', '--json'], { aws })
    const report = json<ReportJson>()
    expect(status).toBe(6)
    expect(verdicts(report)).toContain(`${LOCKED} dark off`)
    expect(verdicts(report)).toContain(`${MEMBER} traced unknown`)
    expect(aws.calledFor('SelectAggregateResourceConfig')).toHaveLength(1)
    expect(aws.calls.filter(({ service }) => service === 'lambda')).toEqual([])
    expect(report.notes.join()).toContain('2026-01-02')
  })

  it('knows all that the latest version needs once the roles are read', async ({ open }) => {
    const aws = await open({ world: recorded() })
    const words = ['audit', '--source', 'config', '--latest-only', '--assume-role', 'OrganizationAccountAccessRole']
    const { status, json } = await run([...words, '--json'], { aws })
    expect(verdicts(json<ReportJson>())).toEqual([`${MANAGEMENT} dark off`, `${MANAGEMENT} traced traced`])
    expect(status).toBe(3)
  })

  it('does not take a region that Config does not record for an empty one', async ({ open }) => {
    const aws = await open({ world: organization() })
    const { status, json } = await run(['audit', '--source', 'config', '--json'], { aws })
    expect(status).toBe(6)
    expect(json<ReportJson>().coverage).toMatchObject([
      { status: 'failed', reason: expect.stringContaining('may not record') },
    ])
  })

  it('refuses an aggregator that is not there', async ({ open }) => {
    const { status, stderr } = await run(['audit', '--source', 'config', '--aggregator', 'none'], { aws: await open() })
    expect(status).toBe(5)
    expect(stderr).toContain('none')
  })
})
