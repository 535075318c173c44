/** Changes in several accounts, the built command against an organization: granted, killed, resumed and undone in each. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { World } from '../../src/sandbox/world.js'
import { type Aws, describe, it } from '../support/it.js'
import type { ReportJson } from '../support/report-json.js'
import {
  accepted,
  atAccepted,
  FAST,
  filesUnder,
  fleet,
  HURRY,
  refuseOpenOrLeakyFiles,
  SEVERAL,
} from '../support/rollout.js'
import { ACCOUNT, roleArn, smallWorld } from '../support/world.js'
import { type RunOptions, run, start } from '../support/xtrace.js'

const PAYMENTS = '111111111111'
const DATA = '222222222222'
const BOUGHT = '333333333333'
const OPEN = [ACCOUNT, PAYMENTS, DATA]
/** In each account: functions of the same names, half of them with a role that cannot write, of the same name too. */
const FLEET = fleet(6, (index) => ({ role: index % 2 === 0 ? 'bare-role' : 'writing-role' }))
const EVERYTHING = ['--all', '--yes', ...HURRY]

/** The last account was invited: nobody can enter it. */
function organization({ role, externalId }: { role?: string; externalId?: string } = {}): World {
  const world = smallWorld({ functions: FLEET, regions: ['us-east-1'] })
  const members = world.createOrganization(ACCOUNT)
  const way = { ...(role !== undefined && { role }), ...(externalId !== undefined && { externalId }) }
  for (const id of [PAYMENTS, DATA, BOUGHT]) {
    const account = members.addAccount({ id, name: id, ...(id === BOUGHT ? { role: false as const } : way) })
    account.addRole({ name: 'bare-role', managed: ['AWSLambdaBasicExecutionRole'] })
    account.addRole({ name: 'writing-role', managed: ['AWSXRayDaemonWriteAccess'] })
    for (const { role: name = '', ...seed } of FLEET)
      account.region('us-east-1').addFunction({ ...seed, role: roleArn(account, name) })
  }
  return world
}

const modesIn = ({ sandbox }: Aws, account: string): string[] => {
  const region = sandbox.world.account(account).region('us-east-1')
  return [...new Set(FLEET.map(({ name }) => region.function(name).mode ?? 'PassThrough'))]
}
const canWrite = ({ sandbox }: Aws, account: string): boolean =>
  sandbox.world
    .account(account)
    .role('bare-role')
    .managed.some((arn) => arn.endsWith('AWSXRayDaemonWriteAccess'))

/** Each account's modes, and whether its role has been granted. */
const stateOf = (aws: Aws) =>
  Object.fromEntries([...OPEN, BOUGHT].map((id) => [id, [...modesIn(aws, id), canWrite(aws, id)]]))

const AS_SEEDED = Object.fromEntries([...OPEN, BOUGHT].map((id) => [id, ['PassThrough', false]]))
const ENABLED = { ...Object.fromEntries(OPEN.map((id) => [id, ['Active', true]])), [BOUGHT]: ['PassThrough', false] }

async function done(words: string[], options: RunOptions, status = 0): Promise<ReportJson> {
  const ended = await run([...words, '--json'], options)
  expect(ended.status, ended.stdout + ended.stderr).toBe(status)
  return ended.json<ReportJson>()
}

describe.concurrent('several accounts', SEVERAL, () => {
  it('are enabled by one selection, but for the one that cannot be entered: 6; undo needs no flags', async ({
    open,
    state,
  }) => {
    const aws = await open({ world: organization(), settings: FAST })
    const report = await done(['enable', '--org', ...EVERYTHING], { aws, state }, 6)
    expect(report.coverage).toEqual([
      ...[PAYMENTS, ACCOUNT, DATA].map((account) => ({ account, region: 'us-east-1', status: 'read' })),
      { account: BOUGHT, region: 'us-east-1', status: 'denied-iam', reason: expect.stringContaining(BOUGHT) },
    ])
    expect(report.data.functions.map(({ result }) => result)).toEqual(Array.from({ length: 18 }, () => 'changed'))
    expect(report.data.grants?.map(({ role }) => role).sort()).toEqual(
      [PAYMENTS, ACCOUNT, DATA].map((id) => `arn:aws:iam::${id}:role/bare-role`),
    )
    expect(stateOf(aws)).toEqual(ENABLED)
    expect(accepted(aws.calls)).toHaveLength(18 + 3)
    expect(aws.calledFor('AssumeRole'), 'one session an account').toHaveLength(3)
    refuseOpenOrLeakyFiles(state)
    await done(['undo', 'last', ...HURRY], { aws, state })
    expect(stateOf(aws)).toEqual(AS_SEEDED)
  })

  it('are repaired by the plan of an audit, killed in the middle, resumed without flags, and undone', async ({
    open,
    state,
  }) => {
    const aws = await open({ world: organization({ role: 'Tracing' }), settings: FAST })
    const plan = join(state, 'repair.json')
    const way = ['--assume-role', 'Tracing']
    await done(['audit', '--org', ...way, '--save-plan', plan, ...HURRY], { aws, state }, 6)
    const { child, ended } = start(['apply', plan, ...way, ...HURRY], { aws, state })
    atAccepted(aws, 'UpdateFunctionConfiguration', 7, () => child.kill('SIGKILL'))
    await ended
    Reflect.deleteProperty(aws.sandbox.calls, 'push')
    expect(stateOf(aws)).not.toEqual(ENABLED)
    await done(['resume', 'last', ...HURRY], { aws, state })
    expect(stateOf(aws)).toEqual(ENABLED)
    await done(['undo', 'last', ...HURRY], { aws, state })
    expect(stateOf(aws)).toEqual(AS_SEEDED)
  })

  it('are entered with the external id that they demand, which is not kept', async ({ open, state }) => {
    const aws = await open({ world: organization({ externalId: 'blue-id' }), settings: FAST })
    const words = ['enable', '--account', PAYMENTS, '--external-id', 'blue-id', ...EVERYTHING]
    const report = await done(words, { aws, state })
    expect(report.data.functions.map(({ account }) => account)).toEqual(FLEET.map(() => PAYMENTS))
    expect(modesIn(aws, ACCOUNT)).toEqual(['PassThrough'])
    const kept = [...filesUnder(state).keys()].map((path) => readFileSync(path, 'utf8')).join('\n')
    expect(kept).toContain('"assumeRole":"OrganizationAccountAccessRole"')
    expect(kept).not.toContain('blue-id')
    const closed = await done(['undo', 'last'], { aws, state }, 5)
    expect(closed.error).toMatchObject({ code: 'ACCESS_DENIED', message: expect.stringContaining(PAYMENTS) })
    expect(closed.error?.suggestions.join()).toContain('--external-id')
  })
})
