/** `xtrace runs`, and what `resume` and `undo` make of runs that are finished, held, unknown or damaged. */
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from 'vitest'
import { type Aws, type AwsOptions, describe, it, newStateFolder, openAws, until } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import {
  accepted,
  atAccepted,
  FAST,
  filesUnder,
  fleet,
  HURRY,
  refuseOpenOrLeakyFiles,
  runsIn,
  SEVERAL,
} from '../support/rollout.js'
import { ACCOUNT, roleArn } from '../support/world.js'
import { run, start } from '../support/xtrace.js'

const WORLD: AwsOptions = {
  functions: fleet(4, (index) => ({ role: index < 2 ? 'bare-role' : 'writing-role' })),
  regions: ['us-east-1'],
  settings: FAST,
}
const ENABLE = ['enable', '--all', '--yes', ...HURRY]

async function enabled(aws: Aws, state: string): Promise<string> {
  const { status, stderr, json } = await run([...ENABLE, '--json'], { aws, state })
  expect(status, stderr).toBe(0)
  return json<ReportJson>().data.run ?? ''
}

/** A run that a process still has in its hands; it ends with the test. */
async function heldRun(aws: Aws, state: string, words = ['enable', '--all', '--yes']) {
  aws.sandbox.settings.settleMs = 60_000
  const { child, ended } = start(words, { aws, state })
  await until(() => accepted(aws.calls, 'UpdateFunctionConfiguration').length === 2)
  return { child, ended }
}

describe.concurrent('runs', SEVERAL, () => {
  it('are listed newest first, with what is done, failed and left', async ({ open, state }) => {
    const aws = await open({
      ...WORLD,
      faults: [{ match: { operation: 'UpdateFunctionConfiguration', resource: 'fn-03' }, kind: 'access-denied' }],
    })
    const nothing = await run(['runs'], { state })
    expect([nothing.status, nothing.stdout]).toEqual([0, expect.stringContaining('no run')])
    const begun = Date.now()
    expect((await run([...ENABLE, '--waves', '1,100%'], { aws, state })).status).toBe(6)
    expect((await run(['disable', 'fn-00'], { aws, state })).status).toBe(0)
    expect((await run(['undo', 'last'], { aws, state })).status).toBe(0)
    const runs = await runsIn(state)
    const [undo, disable, enable] = runs
    expect(runs.map(({ command, state }) => [command, state])).toEqual([
      ['undo', 'finished'],
      ['disable', 'undone'],
      ['enable', 'incomplete'],
    ])
    expect(Object.keys(enable ?? {})).toEqual([
      ...['id', 'command', 'startedAt', 'state', 'done', 'failed', 'left', 'refused'],
    ])
    expect(enable).toMatchObject({ done: 4, failed: 1, left: 0 })
    expect(disable).toMatchObject({ done: 1, failed: 0, left: 0 })
    expect(undo?.of).toBe(disable?.id)
    for (const { startedAt } of runs) expect(Date.parse(startedAt)).toBeGreaterThanOrEqual(begun)
    const people = await run(['runs'], { state })
    expect(people.stdout).toMatch(new RegExp(`^${undo?.id} +undo of ${disable?.id} .*\\n${disable?.id} .*\\n`, 'm'))
    expect(aws.calls.filter(({ service }) => service === 'lambda').length).toBeGreaterThan(0)
    refuseOpenOrLeakyFiles(state)
  })

  it('that change nothing are not kept', async ({ open, state }) => {
    const aws = await open({ ...WORLD, functions: fleet(2, () => ({ mode: 'Active' })) })
    expect((await run(ENABLE, { aws, state })).status).toBe(0)
    expect(await runsIn(state)).toEqual([])
    expect(aws.writes()).toEqual([])
  })

  it('are refused where there is no such run, without a call', async ({ open, state }) => {
    const aws = await open(WORLD)
    for (const command of ['resume', 'undo'])
      expect(await inBothModes([command, 'last'], { aws, state })).toMatchObject({ code: 'RUN_NOT_FOUND', exit: 2 })
    const id = await enabled(aws, state)
    const calls = aws.calls.length
    for (const name of ['20200101T000000Z', '', '../runs', `${id}x`]) {
      const refusal = await inBothModes(['resume', name], { aws, state })
      expect(refusal).toMatchObject({ code: 'RUN_NOT_FOUND', exit: 2 })
      expect(refusal.message).toContain(id)
    }
    expect(aws.calls).toHaveLength(calls)
  })

  it('that are finished have nothing to resume', async ({ open, state }) => {
    const aws = await open(WORLD)
    const id = await enabled(aws, state)
    const calls = aws.calls.length
    const nonsense = await run(['undo', id, '--waves', 'some'], { aws, state })
    expect([nonsense.status, nonsense.stderr]).toEqual([2, expect.stringContaining('--waves')])
    const { status, stdout } = await run(['resume', id.slice(0, 18)], { aws, state })
    expect([status, stdout]).toEqual([0, expect.stringContaining('nothing left to do')])
    expect(aws.calls).toHaveLength(calls)
  })

  it('that another process has are left to it', async ({ open, state }) => {
    const aws = await open({ ...WORLD, functions: fleet(2) })
    const held = await heldRun(aws, state)
    expect(await runsIn(state)).toMatchObject([{ state: 'running', command: 'enable' }])
    const calls = accepted(aws.calls).length
    for (const command of ['resume', 'undo']) {
      const refusal = await inBothModes([command, 'last'], { aws, state })
      expect(refusal).toMatchObject({ code: 'RUN_LOCKED', exit: 5 })
      expect(refusal.message).toContain(String(held.child.pid))
    }
    expect(accepted(aws.calls)).toHaveLength(calls)
    held.child.kill('SIGKILL')
    await held.ended
    aws.sandbox.settings.settleMs = 0
    expect((await run(['resume', 'last'], { aws, state })).status).toBe(0)
  })

  it('belong to the account in which they were made', async ({ open, state }) => {
    const OTHER = '999999999999'
    const aws = await open({ ...WORLD, functions: fleet(2) })
    const other = aws.sandbox.world.account(OTHER)
    other.addRole({ name: 'writing-role', managed: ['AWSXRayDaemonWriteAccess'] })
    for (const { name } of fleet(2))
      other.region('us-east-1').addFunction({ name, role: roleArn(other, 'writing-role'), mode: 'PassThrough' })
    const held = await heldRun(aws, state)
    held.child.kill('SIGKILL')
    await held.ended
    const writes = aws.writes().length
    const env = { AWS_ACCESS_KEY_ID: `AKIA${OTHER}TEST` }
    for (const command of ['resume', 'undo']) {
      const refused = await run([command, 'last', '--json'], { aws, state, env })
      expect(refused.status).toBe(4)
      const { error } = refused.json<ReportJson>()
      expect(error).toMatchObject({ code: 'UNEXPECTED_ACCOUNT', message: expect.stringContaining(ACCOUNT) })
    }
    expect(aws.writes()).toHaveLength(writes)
  })
})

const journalOf = (state: string, id: string) => join(state, 'runs', id, 'journal.ndjson')
const planOf = (state: string, id: string) => join(state, 'runs', id, 'plan.json')
const editing = (pathOf: typeof journalOf, edit: (text: string) => string) => (state: string, id: string) => {
  const path = pathOf(state, id)
  const text = readFileSync(path, 'utf8')
  expect(edit(text)).not.toBe(text)
  writeFileSync(path, edit(text))
}

const DAMAGES: ReadonlyArray<readonly [what: string, damage: (state: string, id: string) => void]> = [
  ['a journal whose last line was cut off', editing(journalOf, (text) => text.slice(0, -20))],
  ['a journal without its last line break', editing(journalOf, (text) => text.slice(0, -1))],
  ['a journal that was edited', editing(journalOf, (text) => text.replace('"changed":true', '"changed":false'))],
  ['a journal that lacks a line', editing(journalOf, (text) => text.split('\n').toSpliced(2, 1).join('\n'))],
  ['a journal of a newer release', editing(journalOf, (text) => text.replace('journal@1', 'journal@2'))],
  ['an empty journal', (state, id) => truncateSync(journalOf(state, id), 0)],
  ['a journal that ends in nonsense', (state, id) => appendFileSync(journalOf(state, id), '{"type":"done"}\n')],
  ['a plan that was cut off', editing(planOf, (text) => text.slice(0, -10))],
  ['a plan that was edited', editing(planOf, (text) => text.replace('fn-03', 'fn-99'))],
  ['a plan of a newer release', editing(planOf, (text) => text.replace('plan@1', 'plan@2'))],
  [
    'a journal of another run',
    (state, id) => {
      const other = `${id.slice(0, -1)}${id.endsWith('0') ? '1' : '0'}`
      renameSync(join(state, 'runs', id), join(state, 'runs', other))
    },
  ],
  [
    'something that is not ours',
    (state, id) => {
      writeFileSync(planOf(state, id), '{"hello":"world"}\n')
      writeFileSync(journalOf(state, id), 'hello\n')
    },
  ],
]

describe.concurrent('a damaged run', SEVERAL, () => {
  const whole = newStateFolder()
  let id = ''
  beforeAll(async () => {
    const aws = await openAws(WORLD)
    id = await enabled(aws, whole)
    await aws.sandbox.close()
  })
  afterAll(() => rmSync(whole, { recursive: true }))

  for (const [what, damage] of DAMAGES)
    it(`with ${what} is neither resumed nor undone: 2, and not one call`, async ({ open, state }) => {
      const aws = await open(WORLD)
      cpSync(whole, state, { recursive: true })
      damage(state, id)
      for (const command of ['resume', 'undo']) {
        const refused = await run([command, 'last', '--json'], { aws, state })
        expect(refused.status).toBe(2)
        expect(refused.json<ReportJson>().error).toMatchObject({ exit: 2, code: 'UNREADABLE_RUN' })
      }
      expect(aws.calls).toEqual([])
    })

  it('does not hide the others in the list', async ({ open, state }) => {
    const aws = await open(WORLD)
    const good = await enabled(aws, state)
    mkdirSync(join(state, 'runs', '20990101T000000Z-abcdef00'))
    mkdirSync(join(state, 'runs', 'something else'))
    expect((await run(['runs'], { state })).status).toBe(0)
    expect((await runsIn(state)).map(({ id, state }) => [id, state])).toEqual([
      ['20990101T000000Z-abcdef00', 'unreadable'],
      [good, 'finished'],
    ])
  })
})

describe.concurrent('Ctrl-C during a rollout', SEVERAL, () => {
  it('stops with 130 and the command that resumes, after which no call is made; resume finishes it', async ({
    open,
    state,
  }) => {
    const aws = await open({ ...WORLD, functions: fleet(20), settings: { ...FAST, settleMs: 200 } })
    const { child, ended } = start(['enable', '--all', '--yes', '--rate', '10'], { aws, state })
    atAccepted(aws, 'UpdateFunctionConfiguration', 4, () => child.kill('SIGINT'))
    const { status, stdout, stderr } = await ended
    expect(status).toBe(130)
    const [stopped] = await runsIn(state)
    expect(stopped?.state).toBe('incomplete')
    expect(stderr).toContain(`xtrace resume ${stopped?.id}`)
    expect(stderr).toContain('Interrupted')
    expect(stdout).toMatch(/fn-19 .*left/)
    const calls = aws.calls.length
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(aws.calls, 'nothing goes on behind it').toHaveLength(calls)

    const resumed = await run(['resume', stopped?.id ?? '', ...HURRY, '--json'], { aws, state })
    expect(resumed.status, resumed.stderr).toBe(0)
    for (const { name } of fleet(20)) expect(aws.mode(name)).toBe('Active')
    expect(accepted(aws.calls), 'none is written twice').toHaveLength(20)
    expect(await runsIn(state)).toMatchObject([{ id: stopped?.id, state: 'finished', done: 20, left: 0 }])
  })

  it('says in JSON how to go on, and what is left', async ({ open, state }) => {
    const aws = await open({ ...WORLD, functions: fleet(20), settings: { ...FAST, settleMs: 200 } })
    const { child, ended } = start(['enable', '--all', '--yes', '--rate', '10', '--json', '--quiet'], { aws, state })
    atAccepted(aws, 'UpdateFunctionConfiguration', 4, () => child.kill('SIGTERM'))
    const { status, json } = await ended
    expect(status).toBe(130)
    const { data, error } = json<ReportJson>()
    expect(error).toMatchObject({ code: 'INTERRUPTED', exit: 130 })
    expect(error?.suggestions.join()).toContain(`xtrace resume ${data.run}`)
    expect(data.functions).toHaveLength(20)
    expect(data.functions.filter(({ result }) => result === 'left').length).toBeGreaterThan(0)
  })

  it('leaves at once the second time', async ({ open, state }) => {
    const stuck = { match: { operation: 'ListEventSourceMappings' }, kind: 'delay', delayMs: 5_000 } as const
    const aws = await open({ ...WORLD, functions: fleet(2), faults: [stuck] })
    const { child, ended } = start(ENABLE, { aws, state })
    await until(() => aws.calledFor('ListFunctions').length > 0)
    child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    const killedAt = Date.now()
    expect((await ended).status).toBe(130)
    expect(Date.now() - killedAt).toBeLessThan(2_000)
  })
})

describe.concurrent('undo', SEVERAL, () => {
  it('keeps a grant that another Active function uses now, and says so', async ({ open, state }) => {
    const aws = await open(WORLD)
    await enabled(aws, state)
    const account = aws.sandbox.world.account()
    account.region('us-east-1').addFunction({ name: 'newcomer', role: roleArn(account, 'bare-role'), mode: 'Active' })
    const undone = await run(['undo', 'last', ...HURRY], { aws, state })
    expect(undone.status, undone.stderr).toBe(0)
    expect(undone.stdout).toMatch(/role bare-role keeps its permission: .*function/)
    expect(account.role('bare-role').managed).toHaveLength(2)
    for (const { name } of fleet(4)) expect(aws.mode(name)).toBe('PassThrough')
    expect(aws.mode('newcomer')).toBe('Active')
  })

  it('takes a grant back that was made for a function which was Active, and lost its traces, before', async ({
    open,
    state,
  }) => {
    const functions = [
      { name: 'blind', role: 'bare-role', mode: 'Active' as const },
      { name: 'off', role: 'bare-role' },
    ]
    const aws = await open({ functions, settings: FAST })
    const before = aws.sandbox.world.snapshot()
    expect((await run(['enable', 'blind', 'off', ...HURRY], { aws, state })).status).toBe(0)
    expect(aws.sandbox.world.snapshot()).not.toEqual(before)
    const { status, stderr } = await run(['undo', 'last', ...HURRY], { aws, state })
    expect(status, stderr).toBe(0)
    expect(aws.sandbox.world.snapshot()).toEqual(before)
  })

  it('keeps a grant while some region cannot be read, and says which', async ({ open, state }) => {
    const aws = await open({ ...WORLD, regions: ['us-east-1', 'eu-west-1'] })
    await enabled(aws, state)
    aws.sandbox.faults.push({ match: { service: 'lambda', region: 'eu-west-1' }, kind: 'scp-deny' })
    const undone = await run(['undo', 'last', ...HURRY], { aws, state })
    expect(undone.stdout).toMatch(/role bare-role keeps its permission: .*eu-west-1/)
    expect(aws.sandbox.world.account().role('bare-role').managed).toHaveLength(2)
    expect(aws.mode('fn-00')).toBe('PassThrough')
  })

  it('leaves alone what somebody else has changed since, and what is gone', async ({ open, state }) => {
    const aws = await open(WORLD)
    await enabled(aws, state)
    const region = aws.sandbox.world.account().region('us-east-1')
    region.remove('fn-03')
    await run(['disable', 'fn-02'], { aws, state })
    const writes = aws.writes().length
    const [, enable] = await runsIn(state)
    const { status, json } = await run(['undo', enable?.id ?? '', ...HURRY, '--json'], { aws, state })
    expect(status).toBe(6)
    const report = json<ReportJson>()
    expect(row(report, 'fn-02').result).toBe('unchanged')
    expect(row(report, 'fn-03')).toMatchObject({ result: 'refused', error: { code: 'FUNCTION_NOT_FOUND' } })
    expect(aws.writes().length - writes).toBe(3)
  })

  it('last means the last run that was not an undo: twice is once', async ({ open, state }) => {
    const aws = await open(WORLD)
    const before = aws.sandbox.world.snapshot()
    await enabled(aws, state)
    for (const _ of [1, 2]) expect((await run(['undo', 'last', ...HURRY], { aws, state })).status).toBe(0)
    expect(aws.sandbox.world.snapshot()).toEqual(before)
  })

  it('does nothing the second time', async ({ open, state }) => {
    const aws = await open(WORLD)
    const before = aws.sandbox.world.snapshot()
    const id = await enabled(aws, state)
    expect((await run(['undo', id, ...HURRY], { aws, state })).status).toBe(0)
    expect(aws.sandbox.world.snapshot()).toEqual(before)
    const updates = aws.calledFor('UpdateFunctionConfiguration').length
    const again = await run(['undo', id, ...HURRY], { aws, state })
    expect(again.status).toBe(0)
    expect(aws.calledFor('UpdateFunctionConfiguration')).toHaveLength(updates)
    expect(aws.sandbox.world.snapshot()).toEqual(before)
  })

  it('leaves what was turned on again after it, though the same run is taken back once more', async ({
    open,
    state,
  }) => {
    const aws = await open(WORLD)
    const id = await enabled(aws, state)
    expect((await run(['undo', id], { aws, state })).status).toBe(0)
    await enabled(aws, state)
    const { status, stdout } = await run(['undo', id], { aws, state })
    expect(status).toBe(0)
    expect(stdout).toContain(`run ${id} was undone already`)
    expect(aws.mode('fn-00')).toBe('Active')
    expect(aws.sandbox.world.account().role('bare-role').managed).toHaveLength(2)
  })

  it('does nothing with --dry-run but says what it would do', async ({ open, state }) => {
    const aws = await open(WORLD)
    const id = await enabled(aws, state)
    const writes = aws.writes().length
    const dry = await run(['undo', id, '--dry-run'], { aws, state })
    expect(dry.status).toBe(0)
    expect(dry.stdout).toMatch(/fn-00 .*Active → PassThrough +planned/)
    expect(dry.stdout).toContain('role bare-role would lose the policy')
    expect(aws.writes()).toHaveLength(writes)
    expect(await runsIn(state)).toHaveLength(1)
  })

  it('of a disable --revoke gives the permission back first, then the mode', async ({ open, state }) => {
    const aws = await open({ ...WORLD, functions: fleet(3, () => ({ mode: 'Active' })) })
    const before = aws.sandbox.world.snapshot()
    expect((await run(['disable', '--all', '--revoke', '--yes', ...HURRY], { aws, state })).status).toBe(0)
    expect(aws.sandbox.world.account().role('writing-role').managed).toHaveLength(1)
    const undone = await run(['undo', 'last', ...HURRY], { aws, state })
    expect(undone.status, undone.stderr).toBe(0)
    expect(aws.sandbox.world.snapshot()).toEqual(before)
  })

  it('of inline grants and of an undo works as well', async ({ open, state }) => {
    const aws = await open(WORLD)
    const before = aws.sandbox.world.snapshot()
    await run([...ENABLE, '--permissions', 'inline'], { aws, state })
    const after = aws.sandbox.world.snapshot()
    const [enable] = await runsIn(state)
    expect((await run(['undo', enable?.id ?? '', ...HURRY], { aws, state })).status).toBe(0)
    expect(aws.sandbox.world.snapshot()).toEqual(before)
    const [undo] = await runsIn(state)
    expect((await run(['undo', undo?.id ?? '', ...HURRY], { aws, state })).status).toBe(0)
    expect(aws.sandbox.world.snapshot()).toEqual(after)
    expect(aws.calledFor('AttachRolePolicy')).toEqual([])
    expect([...filesUnder(state).keys()].filter((path) => path.endsWith('.lock'))).toEqual([])
  })
})
