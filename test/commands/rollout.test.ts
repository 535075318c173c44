/** Rollouts that meet trouble: waves and their limit of errors, partial failure, faults of AWS, an expired session. */
import { expect } from 'vitest'
import { type AwsOptions, describe, it } from '../support/it.js'
import { type ReportJson, row } from '../support/report-json.js'
import { accepted, FAST, fleet, HURRY, resultOf, results, runsIn, SEVERAL } from '../support/rollout.js'
import { run } from '../support/xtrace.js'

const ENABLE = ['enable', '--all', '--yes', ...HURRY]
const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`
const denied = (resource: string) => ({
  match: { operation: 'UpdateFunctionConfiguration', resource },
  kind: 'explicit-deny' as const,
})

describe.concurrent('waves', SEVERAL, () => {
  it('change a few first, and the next ones only when those are done', async ({ open, state }) => {
    const aws = await open({ functions: fleet(10), settings: { ...FAST, settleMs: 150 } })
    const { status, stderr } = await run([...ENABLE, '--waves', '1,30%,100%'], { aws, state })
    expect(status, stderr).toBe(0)
    const order = aws.calls
      .filter(({ operation }) => operation === 'UpdateFunctionConfiguration' || operation.startsWith('GetFunction'))
      .map(({ operation, resource }) => ({ update: operation === 'UpdateFunctionConfiguration', resource }))
    const updates = order.flatMap(({ update }, index) => (update ? [index] : []))
    for (const end of [1, 3]) {
      const earlier = order.slice(0, updates[end]).flatMap(({ update, resource }) => (update ? [resource] : []))
      expect(new Set(earlier).size).toBe(end)
      const lastRead = (name: string | undefined) =>
        order.findLastIndex(({ update, resource }) => !update && resource === name)
      for (const name of earlier) expect(lastRead(name), 'settled before').toBeLessThan(updates[end] ?? 0)
    }
    expect(accepted(aws.calls)).toHaveLength(10)
  })

  it('stop at --max-errors with 6 and the command that resumes; resume goes on under the same limit', async ({
    open,
    state,
  }) => {
    const faults = ['fn-02', 'fn-03'].map(denied)
    const aws = await open({ functions: fleet(10), settings: FAST, faults })
    const stopped = await run([...ENABLE, '--waves', '2,4,100%', '--max-errors', '1'], { aws, state })
    expect(stopped.status).toBe(6)
    const [first] = await runsIn(state)
    expect(first).toMatchObject({ done: 2, failed: 2, left: 6, state: 'incomplete' })
    expect(stopped.stdout).toContain(`xtrace resume ${first?.id}`)
    expect(stopped.stdout).toMatch(/fn-09 .*left/)
    expect(stopped.stdout).toContain('--max-errors')
    expect(accepted(aws.calls)).toHaveLength(2)

    const again = await run(['resume', 'last', ...HURRY, '--json'], { aws, state })
    expect(again.status, 'the same two fail again').toBe(6)
    expect(results(again.json<ReportJson>()).filter((text) => text.endsWith('left'))).not.toEqual([])

    aws.sandbox.faults.length = 0
    const finished = await run(['resume', 'last', ...HURRY], { aws, state })
    expect(finished.status, finished.stderr).toBe(0)
    expect(accepted(aws.calls), 'none is written twice').toHaveLength(10)
  })

  it('that fail from the first function on end with 6 as well', async ({ open, state }) => {
    const aws = await open({ functions: fleet(5), settings: FAST, faults: ['fn-00'].map(denied) })
    const words = [...ENABLE, '--waves', '1,100%', '--max-errors', '0', '--json']
    const { status, json } = await run(words, { aws, state })
    expect(status).toBe(6)
    expect(results(json<ReportJson>())).toEqual([
      'fn-00 failed',
      ...fleet(5)
        .slice(1)
        .map(({ name }) => `${name} left`),
    ])
    expect(accepted(aws.calls)).toEqual([])
  })

  it('take a share of errors, and go on below it', async ({ open, state }) => {
    const aws = await open({ functions: fleet(10), settings: FAST, faults: ['fn-00', 'fn-05'].map(denied) })
    const { status } = await run([...ENABLE, '--waves', '1,100%', '--max-errors', '20%'], { aws, state })
    expect(status).toBe(6)
    expect(accepted(aws.calls)).toHaveLength(8)
  })
})

describe.concurrent('partial failure', SEVERAL, () => {
  it('ends with 6, every failure named in the table, with its full ARN and reason in JSON', async ({ open, state }) => {
    const aws = await open({
      functions: [
        ...fleet(6),
        { name: 'kafka-reader', eventSources: [{ kind: 'msk' }] },
        { name: 'walled', role: 'denying-role' },
      ],
      settings: FAST,
      faults: ['fn-01', 'fn-04'].map(denied),
    })
    const failures = { 'fn-01': 'failed', 'fn-04': 'failed', walled: 'refused' }
    const people = await run(ENABLE, { aws, state })
    expect(people.status).toBe(6)
    expect(people.stdout, 'what cannot be traced is no failure of a selection').toMatch(
      /^kafka-reader .* unchanged +unsupported/m,
    )
    for (const [name, result] of Object.entries(failures)) {
      expect(people.stdout).toMatch(new RegExp(`^${name} .* ${result} `, 'm'))
      expect(people.stdout, 'whole, with the reason').toMatch(new RegExp(`^${arnOf(name)} +\\S`, 'm'))
    }
    const script = await run([...ENABLE, '--json'], { aws, state })
    expect(script.status).toBe(6)
    const report = script.json<ReportJson>()
    expect(report.outcome).toBe('incomplete')
    for (const [name, result] of Object.entries(failures)) {
      expect(row(report, name)).toMatchObject({ arn: arnOf(name), result })
      expect(row(report, name).error?.message).not.toBe('')
    }
    expect(row(report, 'fn-01').error?.message).toContain('UpdateFunctionConfiguration')
    expect(accepted(aws.calls)).toHaveLength(4)
  })

  it('of a grant concerns the functions of that role only', async ({ open, state }) => {
    const aws = await open({
      functions: fleet(6, (index) => ({ role: ['bare-role', 'other-bare-role', 'writing-role'][index % 3] })),
      settings: FAST,
      faults: [{ match: { operation: 'AttachRolePolicy', resource: 'bare-role' }, kind: 'access-denied' }],
    })
    const { status, json } = await run([...ENABLE, '--json'], { aws, state })
    expect(status).toBe(6)
    const report = json<ReportJson>()
    expect(results(report)).toEqual([
      'fn-00 failed',
      'fn-01 changed',
      'fn-02 changed',
      'fn-03 failed',
      'fn-04 changed',
      'fn-05 changed',
    ])
    expect(report.data.grants?.map(({ role, result }) => `${role.split('/').at(-1)} ${result}`).sort()).toEqual([
      'bare-role failed',
      'other-bare-role done',
    ])
  })

  it('leaves a resumed run with what it can do', async ({ open, state }) => {
    const aws = await open({ functions: fleet(4), settings: FAST, faults: ['fn-01'].map(denied) })
    expect((await run(ENABLE, { aws, state })).status).toBe(6)
    const still = await run(['resume', 'last', '--json'], { aws, state })
    expect(still.status).toBe(6)
    expect(resultOf(still.json<ReportJson>(), 'fn-01')).toBe('failed')
    aws.sandbox.faults.length = 0
    expect((await run(['resume', 'last'], { aws, state })).status).toBe(0)
    expect(aws.mode('fn-01')).toBe('Active')
    expect(accepted(aws.calls)).toHaveLength(4)
  })
})

/** Sixty functions of twelve roles, half of which need a grant. */
const SIXTY: AwsOptions = {
  functions: fleet(60, (index) => ({ role: `role-${index % 12}` })),
  roles: Array.from({ length: 12 }, (_, index) => ({
    name: `role-${index}`,
    managed: index % 2 === 0 ? [] : ['AWSXRayDaemonWriteAccess'],
  })),
  settings: FAST,
}

describe.concurrent('faults of AWS', SEVERAL, () => {
  for (const randomSeed of [1, 2]) {
    it(`do not keep sixty functions from being Active, each written once (${randomSeed})`, async ({ open, state }) => {
      const lambda = (kind: 'http-500' | 'http-503' | 'reset-before' | 'reset-after', probability: number) =>
        ({ match: { service: 'lambda' }, kind, probability }) as const
      const aws = await open({
        ...SIXTY,
        randomSeed,
        faults: [
          lambda('http-500', 0.05),
          lambda('http-503', 0.05),
          lambda('reset-before', 0.03),
          lambda('reset-after', 0.03),
        ],
      })
      const { status, stdout, stderr } = await run(ENABLE, { aws, state })
      expect(status, stdout + stderr).toBe(0)
      for (const { name } of fleet(60)) expect(aws.mode(name)).toBe('Active')
      expect(accepted(aws.calls, 'UpdateFunctionConfiguration')).toHaveLength(60)
      expect(accepted(aws.calls, 'AttachRolePolicy')).toHaveLength(6)
      expect(await runsIn(state)).toMatchObject([{ state: 'finished', done: 66, failed: 0, left: 0 }])
      const writes = aws.writes().length
      aws.sandbox.faults.length = 0
      expect((await run(ENABLE, { aws, state })).status).toBe(0)
      expect(aws.writes(), 'a second run finds nothing to do').toHaveLength(writes)
    })
  }

  it('slow it down where they are throttles, at the real quota, and lose nothing', async ({ open, state }) => {
    const aws = await open({
      functions: fleet(20, (index) => ({ role: `role-${index % 12}` })),
      roles: SIXTY.roles,
      settings: { ...FAST, lambdaRate: 15, getFunctionRate: 100 },
      faults: [
        { match: { service: 'lambda', write: true }, kind: 'throttle', probability: 0.1 },
        { match: { service: 'iam', write: true }, kind: 'throttle', times: 2 },
        { match: { service: 'lambda', write: true }, kind: 'ec2-throttle', times: 1 },
      ],
    })
    const { status, stdout, stderr } = await run(['enable', '--all', '--yes', '--rate', '15'], { aws, state })
    expect(status, stdout + stderr).toBe(0)
    expect(accepted(aws.calls, 'UpdateFunctionConfiguration')).toHaveLength(20)
    expect(accepted(aws.calls, 'AttachRolePolicy')).toHaveLength(6)
  })

  it('stop the run where the session expires: the rest is left, and resume finishes with a new one', async ({
    open,
    state,
  }) => {
    const expired = { match: { operation: 'UpdateFunctionConfiguration' }, kind: 'expired-token', skip: 8 } as const
    const aws = await open({ functions: fleet(20), settings: FAST, faults: [expired] })
    const { status, stdout, json } = await run([...ENABLE, '--json'], { aws, state })
    expect(status, stdout).toBe(6)
    const report = json<ReportJson>()
    const left = report.data.functions.filter(({ result }) => result === 'left')
    expect(left.length).toBeGreaterThan(0)
    for (const { error } of left) expect(error).toMatchObject({ code: 'EXPIRED_CREDENTIALS', exit: 4 })
    const refused = aws.calls.filter(({ errorCode }) => /Expired/.test(errorCode ?? ''))
    expect(refused.length, 'not one after the other').toBeLessThan(20)
    expect(report.notes.join()).toContain(`xtrace resume ${report.data.run}`)

    aws.sandbox.faults.push({ match: {}, kind: 'expired-token' })
    const while_expired = await run(['resume', 'last', '--json'], { aws, state })
    expect(while_expired.status).toBe(4)
    aws.sandbox.faults.length = 0
    const resumed = await run(['resume', 'last', ...HURRY], { aws, state })
    expect(resumed.status, resumed.stderr).toBe(0)
    for (const { name } of fleet(20)) expect(aws.mode(name)).toBe('Active')
    expect(accepted(aws.calls), 'none is written twice').toHaveLength(20)
  })

  it('do not make one role be granted twice, whatever the number of functions and regions', async ({ open, state }) => {
    const aws = await open({
      functions: fleet(12, (index) => ({
        role: ['bare-role', 'other-bare-role'][index % 2],
        region: ['us-east-1', 'eu-west-1', 'ap-south-1'][index % 3],
      })),
      regions: ['us-east-1', 'eu-west-1', 'ap-south-1'],
      settings: { ...FAST, iamDelayMs: 700 },
    })
    const words = ['enable', '--all', '--all-regions', '--yes', ...HURRY]
    const { status, stderr } = await run(words, { aws, state })
    expect(status, stderr).toBe(0)
    expect(aws.calledFor('AttachRolePolicy').map(({ resource }) => resource)).toHaveLength(2)
    expect(accepted(aws.calls, 'UpdateFunctionConfiguration')).toHaveLength(12)
    const writes = aws.writes().length
    expect((await run(words, { aws, state })).status).toBe(0)
    expect(aws.writes()).toHaveLength(writes)
  })
})
