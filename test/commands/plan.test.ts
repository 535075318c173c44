/** Plans: shown by --dry-run, kept by --save-plan, limited by --max-changes, carried out by `xtrace apply`. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Aws, describe, it } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import { accepted, FAST, fleet, HURRY, refuseOpenOrLeakyFiles, results, SEVERAL } from '../support/rollout.js'
import { ACCOUNT, roleArn } from '../support/world.js'
import { run } from '../support/xtrace.js'

/** Three functions in need of a grant, three not, one that is Active already. */
const MIXED = {
  functions: [
    ...fleet(6, (index) => ({ role: index < 3 ? 'bare-role' : 'writing-role' })),
    { name: 'on', mode: 'Active' as const },
  ],
  regions: ['us-east-1'],
  settings: FAST,
}

/** Somebody else changes a function. */
function touch({ sandbox }: Aws, name: string): void {
  const touched = sandbox.world.account().region('us-east-1').function(name)
  touched.update({ ...touched.configuration, Description: 'changed by hand' }, Date.now())
}

/** Saves the plan of `xtrace enable --match fn-*`, in a folder of its own. */
async function savedPlan(aws: Aws, state: string, words = ['enable', '--match', 'fn-*']): Promise<string> {
  const folder = join(state, 'plans')
  mkdirSync(folder, { recursive: true })
  const file = join(folder, 'saved.plan.json')
  const { status, stdout, stderr } = await run([...words, '--save-plan', file], { aws, state })
  expect(status, stderr).toBe(0)
  expect(stdout).toContain(`the plan is in ${file}: xtrace apply ${file} carries it out\n`)
  return file
}

describe.concurrent('a dry run', SEVERAL, () => {
  it('writes nothing, keeps no run, and tells with --detailed-exitcode whether there is something to do', async ({
    open,
    state,
  }) => {
    const aws = await open(MIXED)
    const detailed = ['--dry-run', '--detailed-exitcode']
    const [plain, pending, done] = await Promise.all([
      run(['enable', '--all', '--dry-run'], { aws, state }),
      run(['enable', '--all', ...detailed, '--json'], { aws, state }),
      run(['enable', '--match', 'on', ...detailed], { aws, state }),
    ])
    expect([plain.status, pending.status, done.status]).toEqual([0, 3, 0])
    expect(pending.json<ReportJson>()).toMatchObject({ outcome: 'drift', data: { dryRun: true, run: null } })
    expect(plain.stdout).toMatch(/fn-00/)
    expect(aws.writes()).toEqual([])
    expect((await run(['runs', '--json'], { state })).json<ReportJson>().data.runs).toEqual([])
  })

  it('of more than one run gives the same plan id, until something changes', async ({ open, state }) => {
    const aws = await open(MIXED)
    const idOf = async () =>
      (await run(['enable', '--all', '--dry-run', '--json'], { aws, state })).json<ReportJson>().data.plan
    const [first, second] = await Promise.all([idOf(), idOf()])
    expect(first).toBe(second)
    touch(aws, 'fn-02')
    expect(await idOf()).not.toBe(first)
  })

  it('is needed for --detailed-exitcode', async ({ open, state }) => {
    const refusal = await inBothModes(['enable', '--all', '--detailed-exitcode'], { aws: await open(MIXED), state })
    expect(refusal).toMatchObject({ code: 'USAGE', exit: 2 })
    expect(refusal.message).toContain('--dry-run')
  })
})

describe.concurrent('a saved plan', SEVERAL, () => {
  it('is for its owner only, holds no secret, and saving it writes nothing to AWS', async ({ open, state }) => {
    const aws = await open(MIXED)
    const file = await savedPlan(aws, state)
    expect(aws.writes()).toEqual([])
    refuseOpenOrLeakyFiles(state)
    const { schema, steps, createdFor } = JSON.parse(readFileSync(file, 'utf8'))
    expect(schema).toBe('xtrace/plan@1')
    expect(steps).toHaveLength(7)
    expect(createdFor).toEqual({ accounts: [ACCOUNT], regions: ['us-east-1'] })
  })

  it('is carried out by apply, without a question; a second time everything is stale', async ({ open, state }) => {
    const aws = await open(MIXED)
    const file = await savedPlan(aws, state)
    const dry = await run(['apply', file, '--dry-run', '--json'], { aws, state })
    expect(dry.status).toBe(0)
    expect(aws.writes()).toEqual([])
    const real = await run(['apply', file, ...HURRY, '--json'], { aws, state })
    expect(real.status, real.stderr).toBe(0)
    const report = real.json<ReportJson>()
    expect(report.schema).toBe('xtrace/apply@1')
    expect(results(report)).toEqual(fleet(6).map(({ name }) => `${name} changed`))
    expect(report.data.grants).toMatchObject([{ change: 'grant', result: 'done' }])
    expect(accepted(aws.calls)).toHaveLength(7)
    for (const { name } of fleet(6)) expect(aws.mode(name)).toBe('Active')

    const writes = aws.writes().length
    const again = await inBothModes(['apply', file], { aws, state })
    expect(again).toMatchObject({ code: 'STALE', exit: 7 })
    expect(aws.writes()).toHaveLength(writes)
  })

  it('is stale where one function has changed since: 7, and nothing is written', async ({ open, state }) => {
    const aws = await open(MIXED)
    const file = await savedPlan(aws, state)
    touch(aws, 'fn-04')
    const { status, json } = await run(['apply', file, '--json'], { aws, state })
    expect(status).toBe(7)
    expect(row(json<ReportJson>(), 'fn-04')).toMatchObject({ result: 'refused', error: { code: 'STALE' } })
    const people = await run(['apply', file], { aws, state })
    expect(people.stdout, 'said once').toBe('')
    expect(people.stderr).toMatch(/^Error: fn-04 has changed since the plan was saved: .* Nothing was done\.$/m)
    expect(aws.writes()).toEqual([])

    const rest = await run(['apply', file, '--skip-stale', ...HURRY, '--json'], { aws, state })
    expect(rest.status).toBe(7)
    expect(row(rest.json<ReportJson>(), 'fn-04')).toMatchObject({ result: 'refused', error: { code: 'STALE' } })
    const done = ['fn-00', 'fn-01', 'fn-02', 'fn-03', 'fn-05']
    expect(results(rest.json<ReportJson>()).filter((text) => text.endsWith(' changed'))).toEqual(
      done.map((name) => `${name} changed`),
    )
    expect(aws.mode('fn-04')).toBe('PassThrough')
  })

  it('is stale for a function that is gone, and for one whose role was given the permission since', async ({
    open,
    state,
  }) => {
    const aws = await open(MIXED)
    const file = await savedPlan(aws, state)
    const account = aws.sandbox.world.account()
    account.region('us-east-1').remove('fn-05')
    await run(['enable', 'fn-00'], { aws, state })
    const before = aws.writes().length
    const { status, json } = await run(['apply', file, '--json'], { aws, state })
    expect(status).toBe(7)
    const report = json<ReportJson>()
    expect(row(report, 'fn-05').error?.message).toMatch(/gone/)
    expect(row(report, 'fn-01').error?.message).toMatch(/role/)
    expect(row(report, 'fn-00').error?.code).toBe('STALE')
    expect(aws.writes()).toHaveLength(before)
  })

  it('of disable, with permissions to take back, is carried out too', async ({ open, state }) => {
    const aws = await open({
      functions: fleet(3, () => ({ mode: 'Active', role: 'writing-role' })),
      regions: ['us-east-1'],
      settings: FAST,
    })
    const file = await savedPlan(aws, state, ['disable', '--all', '--revoke'])
    expect(aws.writes()).toEqual([])
    const { status, json } = await run(['apply', file, ...HURRY, '--json'], { aws, state })
    expect(status).toBe(0)
    expect(json<ReportJson>().data.grants).toMatchObject([{ change: 'revoke', result: 'done' }])
    expect(aws.sandbox.world.account().role('writing-role').managed).toHaveLength(1)
  })

  it('of another account is refused, whatever it holds', async ({ open, state }) => {
    const OTHER = '999999999999'
    const aws = await open({ ...MIXED, functions: [{ name: 'blind', role: 'bare-role', mode: 'Active' }] })
    const other = aws.sandbox.world.account(OTHER)
    other.addRole({ name: 'bare-role' })
    other.region('us-east-1').addFunction({ name: 'blind', role: roleArn(other, 'bare-role'), mode: 'PassThrough' })
    const file = await savedPlan(aws, state, ['enable', '--all'])
    const before = JSON.stringify(aws.sandbox.world.snapshot())
    const env = { AWS_ACCESS_KEY_ID: `AKIA${OTHER}TEST` }
    const refusal = await inBothModes(['apply', file], { aws, state, env })
    expect(refusal).toMatchObject({ code: 'UNEXPECTED_ACCOUNT', exit: 4 })
    expect(refusal.message).toContain(ACCOUNT)
    expect(aws.writes()).toEqual([])
    expect(JSON.stringify(aws.sandbox.world.snapshot())).toBe(before)
  })

  const DAMAGES: ReadonlyArray<readonly [what: string, damage: (text: string) => string]> = [
    ['cut off', (text) => text.slice(0, -40)],
    ['cut off by its last byte', (text) => text.slice(0, -1)],
    ['edited', (text) => text.replace('"to": "Active"', '"to": "PassThrough"')],
    ['edited to give more', (text) => text.replace('AWSXRayDaemonWriteAccess', 'AdministratorAccess')],
    ['of a newer release', (text) => text.replace('xtrace/plan@1', 'xtrace/plan@2')],
    ['something else', () => '{"schema":"terraform/plan@1"}\n'],
    ['empty', () => ''],
  ]

  it('that was damaged is refused without a call', async ({ open, state }) => {
    const aws = await open(MIXED)
    const file = await savedPlan(aws, state)
    const calls = aws.calls.length
    const whole = readFileSync(file, 'utf8')
    for (const [what, damage] of DAMAGES) {
      expect(damage(whole), what).not.toBe(whole)
      writeFileSync(file, damage(whole))
      const { status, json } = await run(['apply', file, '--json'], { aws, state })
      expect(status, what).toBe(2)
      const { error } = json<ReportJson>()
      expect(error).toMatchObject({ code: 'UNREADABLE_PLAN', exit: 2, message: expect.stringContaining(file) })
    }
    expect(aws.calls).toHaveLength(calls)
  })

  it('that is not there, or cannot be written, is wrong usage', async ({ open, state }) => {
    const aws = await open(MIXED)
    const missing = await inBothModes(['apply', join(state, 'nothing.json')], { aws, state })
    expect(missing).toMatchObject({ code: 'UNREADABLE_FILE', exit: 2 })
    const nowhere = join(state, 'no', 'such', 'folder.json')
    const unwritten = await inBothModes(['enable', '--all', '--save-plan', nowhere], { aws, state })
    expect(unwritten).toMatchObject({ code: 'UNWRITABLE_FILE', exit: 2 })
    expect(aws.writes()).toEqual([])
  })
})

describe.concurrent('--max-changes', SEVERAL, () => {
  for (const limit of ['5', '5%', '0%'])
    it(`${limit} refuses 6 changes of 7 functions before the first write`, async ({ open, state }) => {
      const aws = await open(MIXED)
      const refusal = await inBothModes(['enable', '--all', '--yes', '--max-changes', limit], { aws, state })
      expect(refusal).toMatchObject({ code: 'TOO_MANY_CHANGES', exit: 5 })
      expect(refusal.message).toContain('6 of 7')
      expect(aws.writes()).toEqual([])
    })

  for (const limit of ['6', '86%'])
    it(`${limit} lets them pass`, async ({ open, state }) => {
      const aws = await open(MIXED)
      const words = ['enable', '--all', '--yes', ...HURRY, '--max-changes', limit]
      expect((await run(words, { aws, state })).status).toBe(0)
      expect(accepted(aws.calls, 'UpdateFunctionConfiguration')).toHaveLength(6)
    })

  const BAD: ReadonlyArray<readonly [flag: string, value: string]> = [
    ['--max-changes', 'many'],
    ['--max-changes', '-1'],
    ['--max-changes', '101%'],
    ['--max-changes', '1.5'],
    ['--max-changes', ''],
    ['--max-errors', 'few'],
    ['--waves', '1,x'],
    ['--waves', '0,100%'],
    ['--waves', ''],
    ['--rate', '0'],
    ['--rate', '101'],
    ['--rate', 'fast'],
  ]

  it('takes no nonsense, and neither do the flags of a rollout', async ({ open, state }) => {
    const aws = await open(MIXED)
    for (const [flag, value] of BAD) {
      const { status, json } = await run(['enable', '--all', '--yes', `${flag}=${value}`, '--json'], { aws, state })
      expect(status, `${flag}=${value}`).toBe(2)
      const { error } = json<ReportJson>()
      expect(error).toMatchObject({ code: 'USAGE', exit: 2, message: expect.stringContaining(flag) })
    }
    expect(aws.calls).toEqual([])
  })
})
