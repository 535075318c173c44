/** `xtrace enable`: how it gives a role the permission it lacks, and what it refuses to touch. */
import { expect } from 'vitest'
import { describe, it } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import { roleArn } from '../support/world.js'
import { run } from '../support/xtrace.js'

const MANAGED = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'

describe.concurrent('enable: the permission of the role', () => {
  it('adds an inline policy with --permissions inline', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', role: 'bare-role' }] })
    const { status, stderr } = await run(['enable', 'orders', '--permissions', 'inline'], { aws })
    expect(status, stderr).toBe(0)
    expect(aws.calledFor('AttachRolePolicy')).toEqual([])
    expect(aws.calledFor('PutRolePolicy')).toMatchObject([
      { body: { RoleName: 'bare-role', PolicyName: 'xtrace-xray-write' } },
    ])
    const { inline } = aws.sandbox.world.account().roles.get('bare-role') ?? {}
    expect(inline?.get('xtrace-xray-write')?.document.Statement).toEqual([
      { Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' },
    ])
    expect(aws.mode('orders')).toBe('Active')
  })

  it('never touches IAM with --permissions none: refused where the role lacks it, done where it has it', async ({
    open,
  }) => {
    const aws = await open({ functions: [{ name: 'orders', role: 'bare-role' }, { name: 'billing' }] })
    const words = ['enable', '--permissions', 'none']
    expect(await inBothModes([...words, 'orders'], { aws })).toMatchObject({ code: 'ROLE_CANNOT_WRITE', exit: 5 })
    expect(aws.writes()).toEqual([])
    expect((await run([...words, 'billing'], { aws })).status).toBe(0)
    expect(aws.writes().map(({ operation }) => operation)).toEqual(['UpdateFunctionConfiguration'])
  })

  it('says at once that a role is full, after one attempt', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', role: 'full-role' }] })
    const { status, json } = await run(['enable', 'orders', '--json'], { aws })
    expect(status).toBe(5)
    const { error } = json<ReportJson>()
    expect(error).toMatchObject({ code: 'POLICY_QUOTA', exit: 5 })
    expect(error?.suggestions.join()).toContain('--permissions inline')
    expect(aws.writes().map(({ operation }) => operation)).toEqual(['AttachRolePolicy'])

    expect(await inBothModes(['enable', 'orders'], { aws })).toMatchObject({ code: 'POLICY_QUOTA', exit: 5 })
    expect(aws.mode('orders')).toBe('PassThrough')

    expect((await run(['enable', 'orders', '--permissions', 'inline'], { aws })).status).toBe(0)
    expect(aws.mode('orders')).toBe('Active')
  })

  for (const [role, code, word] of [
    ['denying-role', 'ROLE_DENIED', 'guard'],
    ['bounded-role', 'ROLE_DENIED', 'team-boundary'],
    ['deleted-role', 'ROLE_NOT_FOUND', 'deleted-role'],
    ['linked-role', 'ROLE_UNMODIFIABLE', 'only AWS'],
    ['trustless-role', 'ROLE_NOT_ASSUMABLE', 'does not trust lambda.amazonaws.com'],
  ] as const) {
    it(`leaves a function on ${role} alone`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders', role }] })
      const refusal = await inBothModes(['enable', 'orders'], { aws })
      expect(refusal).toMatchObject({ code, exit: 5 })
      expect(refusal.message).toContain(word)
      expect(await inBothModes(['enable', 'orders', '--dry-run'], { aws })).toMatchObject({ code, exit: 5 })
      expect(aws.writes()).toEqual([])
    })
  }

  it('does not wait for IAM where it granted nothing: the refusal of Lambda ends it', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', role: 'bare-role' }],
      faults: [{ match: { service: 'iam' }, kind: 'access-denied' }],
    })
    const { status, json } = await run(['enable', 'orders', '--json'], { aws })
    expect(status).toBe(5)
    const { error } = json<ReportJson>()
    expect(error?.code).toBe('ROLE_LACKS_XRAY')
    expect(aws.writes()).toHaveLength(1)
  })

  it('goes on where the role cannot be read and Lambda accepts, but never calls that traced', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders' }],
      faults: [{ match: { service: 'iam' }, kind: 'access-denied' }],
    })
    const { status, json } = await run(['enable', 'orders', '--json'], { aws })
    expect(status).toBe(0)
    const changed = row(json<ReportJson>(), 'orders')
    expect(changed).toMatchObject({ result: 'changed', mode: 'Active', verdict: 'unknown' })
    expect(changed.because).toContain('iam:')
    expect(aws.writes().map(({ operation }) => operation)).toEqual(['UpdateFunctionConfiguration'])
  })

  it('keeps a role ARN with a path whole when it names the role', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', role: 'pathed-role' }] })
    const { json } = await run(['enable', 'orders', '--json', '--dry-run'], { aws })
    expect(json<ReportJson>().data.grants).toMatchObject([
      { role: roleArn(aws.sandbox.world.account(), 'pathed-role'), how: 'managed', policy: MANAGED },
    ])
  })
})

describe.concurrent('enable: what X-Ray cannot trace', () => {
  it('refuses functions that read from Kafka, MQ or DocumentDB', async ({ open }) => {
    const kinds = ['kafka', 'msk', 'mq', 'documentdb'] as const
    const aws = await open({ functions: kinds.map((kind) => ({ name: `of-${kind}`, eventSources: [{ kind }] })) })
    const { status, json } = await run(['enable', ...kinds.map((kind) => `of-${kind}`), '--json'], { aws })
    expect(status).toBe(5)
    for (const { result, verdict, error } of json<ReportJson>().data.functions)
      expect([result, verdict, error?.code]).toEqual(['refused', 'unsupported', 'UNSUPPORTED'])
    expect(await inBothModes(['enable', 'of-msk'], { aws })).toMatchObject({ code: 'UNSUPPORTED', exit: 5 })
    expect(aws.writes()).toEqual([])
  })

  it('refuses a runtime that Lambda no longer updates', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', runtime: 'nodejs12.x' }] })
    expect(await inBothModes(['enable', 'orders'], { aws })).toMatchObject({ code: 'RUNTIME_BLOCKED', exit: 5 })
    expect(aws.writes()).toEqual([])
  })
})
