/** `xtrace enable` of one function, the built command against the sandbox: what it changes, what it prints, how it ends. */
import { expect } from 'vitest'
import { describe, it, until } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import { run, start } from '../support/xtrace.js'

const MANAGED = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const fnArn = (name: string, region = 'us-east-1') => `arn:aws:lambda:${region}:123456789012:function:${name}`

describe.concurrent('enable', () => {
  it('grants a bare role once, outlasts the IAM delay, sets Active against the revision and reads it back', async ({
    open,
  }) => {
    const aws = await open({
      functions: [{ name: 'orders', role: 'bare-role', mode: 'PassThrough' }],
      settings: { iamDelayMs: 1_000 },
    })
    const first = await run(['enable', 'orders'], { aws })
    expect(first.status, first.stderr).toBe(0)
    expect(first.stdout).toMatch(/orders +us-east-1 +PassThrough → Active +changed +traced +Active;/)
    expect(first.stdout).toContain('role bare-role was given the policy AWSXRayDaemonWriteAccess')
    expect(aws.mode('orders')).toBe('Active')

    const grants = aws.calledFor('AttachRolePolicy')
    expect(grants.map(({ body }) => body)).toMatchObject([{ RoleName: 'bare-role', PolicyArn: MANAGED }])
    const updates = aws.calledFor('UpdateFunctionConfiguration')
    expect(updates.length, 'Lambda sees the grant only later').toBeGreaterThan(1)
    expect(updates.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const { body } of updates)
      expect(body).toEqual({
        FunctionName: 'orders',
        TracingConfig: { Mode: 'Active' },
        RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      })
    expect(aws.writes()).toHaveLength(grants.length + updates.length)
    expect(aws.calls.at(-1)?.operation).toBe('GetFunctionConfiguration')

    const before = aws.writes().length
    const again = await run(['enable', 'orders', '--json'], { aws })
    expect(again.status).toBe(0)
    expect(row(again.json<ReportJson>(), 'orders')).toMatchObject({ result: 'unchanged', verdict: 'traced' })
    expect(aws.writes()).toHaveLength(before)
  })

  it('changes nothing else of a function: the secrets in its environment stay', async ({ open }) => {
    const functions = [{ name: 'orders', memorySize: 512, timeout: 33, tags: { team: 'orders' } }]
    const [changed, untouched] = await Promise.all([open({ functions }), open({ functions })])
    expect((await run(['enable', 'orders', '--json'], { aws: changed })).status).toBe(0)
    const settings = ({ sandbox }: typeof changed) => {
      const { TracingConfig: _, ...rest } = sandbox.world.account().region('us-east-1').function('orders').configuration
      return rest
    }
    expect(settings(changed)).toEqual(settings(untouched))
    expect(changed.mode('orders')).toBe('Active')
  })

  for (const name of [
    'orders:7',
    'orders:live',
    '123456789012:function:orders:live',
    `${fnArn('orders')}:7`,
    'orders:$LATEST.PUBLISHED',
  ]) {
    it(`refuses ${name} without a single call`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders' }] })
      const refusal = await inBothModes(['enable', name], { aws })
      expect(refusal).toMatchObject({ code: 'PUBLISHED_VERSION', exit: 5 })
      expect(refusal.message).toContain(name)
      expect(refusal.suggestions.join()).toContain('xtrace enable orders')
      expect(aws.calls).toEqual([])
    })
  }

  it('takes fn:$LATEST, a partial ARN and a full ARN for the function itself', async ({ open }) => {
    const names = ['orders:$LATEST', '123456789012:function:billing', fnArn('shipping')]
    const aws = await open({ functions: ['orders', 'billing', 'shipping'].map((name) => ({ name })) })
    const { status, json } = await run(['enable', ...names, '--json'], { aws })
    expect(status).toBe(0)
    expect(json<ReportJson>().data.functions.map(({ name, result }) => [name, result])).toEqual([
      ['orders', 'changed'],
      ['billing', 'changed'],
      ['shipping', 'changed'],
    ])
    expect(aws.calledFor('UpdateFunctionConfiguration')).toHaveLength(3)
  })

  it('changes a function once that is named in three ways', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    const { status } = await run(['enable', 'orders', 'orders:$LATEST', fnArn('orders')], { aws })
    expect(status).toBe(0)
    expect(aws.calledFor('UpdateFunctionConfiguration')).toHaveLength(1)
  })

  it('refuses what it cannot find', async ({ open }) => {
    const aws = await open()
    const refusal = await inBothModes(['enable', 'nobody'], { aws })
    expect(refusal).toMatchObject({ code: 'FUNCTION_NOT_FOUND', exit: 5 })
    expect(refusal.message).toContain(fnArn('nobody'))
    expect(aws.writes()).toEqual([])
  })

  it('obeys the region of an ARN, whatever the default one', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', region: 'eu-west-1' }] })
    const env = { AWS_REGION: undefined }
    const { status, stderr } = await run(['enable', fnArn('orders', 'eu-west-1')], { aws, env })
    expect(status, stderr).toBe(0)
    expect(aws.mode('orders', 'eu-west-1')).toBe('Active')
    expect(new Set(aws.calls.filter(({ service }) => service === 'lambda').map(({ region }) => region))).toEqual(
      new Set(['eu-west-1']),
    )
  })

  it('refuses an ARN of another account, saying whose credentials these are', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    const refusal = await inBothModes(['enable', 'arn:aws:lambda:us-east-1:999999999999:function:orders'], { aws })
    expect(refusal).toMatchObject({ code: 'OTHER_ACCOUNT', exit: 5 })
    expect(refusal.message).toContain('123456789012')
    expect(aws.writes()).toEqual([])
    expect(aws.mode('orders')).toBe('PassThrough')
  })

  it('refuses an ARN of a partition that its region is not in', async ({ open }) => {
    const aws = await open()
    const words = ['enable', 'arn:aws-cn:lambda:us-east-1:123456789012:function:orders']
    expect(await inBothModes(words, { aws })).toMatchObject({ code: 'OTHER_PARTITION', exit: 5 })
    expect(aws.calls).toEqual([])
  })

  for (const [partition, region] of [
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ] as const) {
    it(`attaches the policy of its own partition in ${region}`, async ({ open }) => {
      const aws = await open({ partition, functions: [{ name: 'orders', role: 'bare-role', region }] })
      const { status, stderr } = await run(['enable', 'orders'], { aws, env: { AWS_REGION: region } })
      expect(status, stderr).toBe(0)
      expect(aws.mode('orders', region)).toBe('Active')
      expect(aws.calledFor('AttachRolePolicy')).toMatchObject([
        { region, body: { PolicyArn: `arn:${partition}:iam::aws:policy/AWSXRayDaemonWriteAccess` } },
      ])
    })
  }

  it('grants a shared role once, and a role with a path by its name', async ({ open }) => {
    const aws = await open({
      functions: [
        { name: 'orders', role: 'bare-role' },
        { name: 'billing', role: 'bare-role' },
        { name: 'shipping', role: 'pathed-role' },
      ],
    })
    const { status, json } = await run(['enable', 'orders', 'billing', 'shipping', '--json'], { aws })
    expect(status).toBe(0)
    expect(json<ReportJson>().data.grants).toHaveLength(2)
    expect(aws.calledFor('AttachRolePolicy')).toMatchObject([
      { body: { RoleName: 'bare-role' } },
      { body: { RoleName: 'pathed-role' } },
    ])
    expect(['orders', 'billing', 'shipping'].map((name) => aws.mode(name))).toEqual(['Active', 'Active', 'Active'])
  })

  it('gives a blind function its permission and nothing more', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', role: 'bare-role', mode: 'Active' }] })
    const { status, json } = await run(['enable', 'orders', '--json'], { aws })
    expect(status).toBe(0)
    expect(row(json<ReportJson>(), 'orders')).toMatchObject({ result: 'granted', verdict: 'traced', from: 'Active' })
    expect(aws.writes().map(({ operation }) => operation)).toEqual(['AttachRolePolicy'])
  })

  it('sets Active although an alias still serves an untraced version, and says what is left to do', async ({
    open,
  }) => {
    const aws = await open({
      functions: [{ name: 'orders', versions: [{ mode: 'PassThrough' }], aliases: [{ name: 'live', version: '1' }] }],
    })
    const { status, stdout } = await run(['enable', 'orders'], { aws })
    expect(status).toBe(0)
    expect(stdout).toMatch(/orders .* changed +stale +alias live serves version 1/)
    expect(stdout).toMatch(/note +orders: .*publish a version and move the alias/)
    expect(aws.writes()).toHaveLength(1)
  })

  it('takes a container image like any other function', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', packageType: 'Image' }] })
    expect((await run(['enable', 'orders'], { aws })).status).toBe(0)
    expect(aws.mode('orders')).toBe('Active')
  })

  it('waits for an update that somebody else began', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', updating: true }], settings: { settleMs: 800 } })
    const { status, stderr } = await run(['enable', 'orders'], { aws })
    expect(status, stderr).toBe(0)
    expect(aws.mode('orders')).toBe('Active')
    expect(aws.calledFor('UpdateFunctionConfiguration').map((call) => call.status)).toEqual([200])
  })

  it('stops at the first Ctrl-C while it waits, and makes no further call', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }], settings: { settleMs: 60_000 } })
    const { child, ended } = start(['enable', 'orders'], { aws })
    await until(() => aws.calledFor('GetFunctionConfiguration').length === 4)
    await new Promise((resolve) => setTimeout(resolve, 50))
    const before = aws.calls.length
    child.kill('SIGINT')
    const { status, stderr } = await ended
    expect(status).toBe(130)
    expect(stderr).toContain('Error: Interrupted')
    expect(stderr).toMatch(/Go on with: xtrace resume \S+/)
    expect(aws.calls).toHaveLength(before)
  })

  it('ends at Ctrl-C without waiting, even where AWS asked to come back in a minute', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders' }],
      faults: [{ match: { operation: 'GetFunctionConfiguration' }, kind: 'throttle', retryAfterSeconds: 60 }],
    })
    const { child, ended } = start(['enable', 'orders'], { aws })
    await until(() => aws.calls.length === 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    expect((await ended).status).toBe(130)
    expect(aws.writes()).toEqual([])
  })

  it('ends with 130 after Ctrl-C even where part is done, and names what is left', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', mode: 'Active' }, { name: 'billing' }],
      settings: { settleMs: 60_000 },
    })
    const { child, ended } = start(['enable', 'orders', 'billing', '--json'], { aws })
    await until(() => aws.writes().length === 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    const { status, json } = await ended
    expect(status).toBe(130)
    const report = json<ReportJson>()
    expect(report.error).toMatchObject({ code: 'INTERRUPTED', exit: 130 })
    expect(row(report, 'orders').result).toBe('unchanged')
    expect(row(report, 'billing').error?.code).toBe('INTERRUPTED')
  })
})
