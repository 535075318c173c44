/** `xtrace create`, the built command against the sandbox: a function that is traced from its first invocation, or a clear no. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import { type Aws, describe, it, until } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import { SECRET } from '../support/world.js'
import { home, run, start } from '../support/xtrace.js'

const MANAGED = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const RUNTIME = ['--runtime', 'nodejs22.x', '--handler', 'index.handler']
const S3 = ['--s3-bucket', 'packages', '--s3-key', 'orders.zip']
const create = (...words: string[]) => ['create', 'orders', ...words]
const usual = (role: string) => create(...RUNTIME, ...S3, '--role', role)

/** A file of that content in the working folder of the command. */
function file(name: string, content: string): string {
  writeFileSync(join(home(), name), content)
  return name
}

const created = (aws: Aws) => aws.sandbox.world.account().region('us-east-1').functions.get('orders')

describe.concurrent('create', () => {
  it('grants the role, outlasts the IAM delay, and asks for Active in the very first call', async ({ open }) => {
    const aws = await open({ settings: { iamDelayMs: 1_000 } })
    const words = create(...RUNTIME, '--role', 'bare-role', '--zip-file', file('code.zip', 'PK\u0003\u0004 code'))
    const { status, stdout, stderr } = await run(words, { aws })
    expect(status, stderr).toBe(0)
    expect(stdout).toMatch(/^orders +us-east-1 +Active +created +traced +Active;/m)
    expect(stdout).toContain('role bare-role was given the policy AWSXRayDaemonWriteAccess')
    const calls = aws.calledFor('CreateFunction')
    expect(calls.length, 'Lambda sees the grant only later').toBeGreaterThan(1)
    expect(calls.filter((call) => call.status === 201)).toHaveLength(1)
    for (const { body } of calls)
      expect(body).toMatchObject({
        FunctionName: 'orders',
        Role: 'arn:aws:iam::123456789012:role/bare-role',
        TracingConfig: { Mode: 'Active' },
        PackageType: 'Zip',
      })
    expect(aws.calledFor('AttachRolePolicy')).toMatchObject([{ body: { RoleName: 'bare-role', PolicyArn: MANAGED } }])
    expect(aws.writes()).toHaveLength(calls.length + 1)
    expect(created(aws)?.state, 'it waits until the function is ready').toBe('Active')
  })

  it('sends every setting, publishes version 1 with tracing locked in, and prints no variable', async ({ open }) => {
    const aws = await open()
    const words = [
      ...usual('arn:aws:iam::123456789012:role/writing-role'),
      ...['--s3-object-version', '7', '--memory', '512', '--timeout', '30', '--architecture', 'arm64', '--publish'],
      ...['--env', `DB_PASSWORD=${SECRET}orders=x`, '--env', 'EMPTY=', '--tag', 'team=orders', '--tag', 'tier=gold'],
      ...['--layer', 'arn:aws:lambda:us-east-1:123456789012:layer:base:3', '--description', 'Takes orders', '--json'],
    ]
    const { status, stdout, json } = await run(words, { aws })
    expect(status, stdout).toBe(0)
    expect(aws.calledFor('CreateFunction')).toMatchObject([
      {
        body: {
          Code: { S3Bucket: 'packages', S3Key: 'orders.zip', S3ObjectVersion: '7' },
          Runtime: 'nodejs22.x',
          Handler: 'index.handler',
          MemorySize: 512,
          Timeout: 30,
          Architectures: ['arm64'],
          Publish: true,
          Tags: { team: 'orders', tier: 'gold' },
          Layers: ['arn:aws:lambda:us-east-1:123456789012:layer:base:3'],
          Description: 'Takes orders',
        },
      },
    ])
    const made = created(aws)
    expect(made?.configuration.Environment?.Variables).toEqual({ DB_PASSWORD: `${SECRET}orders=x`, EMPTY: '' })
    expect(made?.versions.get('1')?.configuration.TracingConfig).toEqual({ Mode: 'Active' })
    expect(row(json<ReportJson>(), 'orders')).toMatchObject({
      result: 'created',
      from: null,
      to: 'Active',
      mode: 'Active',
      verdict: 'traced',
    })
  })

  it('makes a function of a container image', async ({ open }) => {
    const aws = await open()
    const uri = '123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1'
    const { status, stderr } = await run(create('--role', 'writing-role', '--image-uri', uri), { aws })
    expect(status, stderr).toBe(0)
    expect(aws.calledFor('CreateFunction')).toMatchObject([{ body: { PackageType: 'Image', Code: { ImageUri: uri } } }])
    expect(created(aws)?.mode).toBe('Active')
  })

  it('adds an inline policy with --permissions inline, and works in the one region that is named', async ({ open }) => {
    const aws = await open()
    const words = [...usual('bare-role'), '--permissions', 'inline', '--region', 'eu-west-1']
    expect((await run(words, { aws })).status).toBe(0)
    expect(aws.calledFor('PutRolePolicy')).toHaveLength(1)
    expect(aws.mode('orders', 'eu-west-1')).toBe('Active')
  })

  it('writes nothing with --dry-run, and shows the row of the real run', async ({ open }) => {
    const aws = await open()
    const words = [...usual('bare-role'), '--json']
    const dry = await run([...words, '--dry-run'], { aws })
    expect(dry.status).toBe(0)
    expect(aws.writes()).toEqual([])
    const real = await run(words, { aws })
    const { result: planned, ...before } = row(dry.json<ReportJson>(), 'orders')
    const { result: done, ...after } = row(real.json<ReportJson>(), 'orders')
    expect([planned, done]).toEqual(['planned', 'created'])
    expect(before).toEqual(after)
  })

  for (const kind of ['reset-after', 'reset-before', 'http-500', 'throttle'] as const) {
    it(`ends with one function after ${kind} in answer to the call`, async ({ open }) => {
      const aws = await open({ faults: [{ match: { operation: 'CreateFunction' }, kind, times: 1 }] })
      const { status, stderr } = await run(usual('writing-role'), { aws })
      expect(status, stderr).toBe(0)
      expect(created(aws)?.mode).toBe('Active')
      expect(aws.calledFor('CreateFunction')).toHaveLength(kind === 'reset-after' ? 1 : 2)
    })
  }

  it('says how to go on where Lambda cannot make the function ready', async ({ open }) => {
    const aws = await open({ settings: { pendingMs: 60_000 } })
    const { ended } = start([...usual('writing-role'), '--json'], { aws })
    await until(() => created(aws) !== undefined)
    const made = created(aws)
    if (made) made.state = 'Failed'
    const { status, json } = await ended
    expect(status).toBe(5)
    const { error } = json<ReportJson>()
    expect(error?.code).toBe('UPDATE_FAILED')
    expect(error?.suggestions.join()).toContain('aws lambda delete-function --region us-east-1 --function-name orders')
  })

  it('explains at Ctrl-C that the role keeps its grant', async ({ open }) => {
    const aws = await open({ settings: { iamDelayMs: 60_000 } })
    const { child, ended } = start(usual('bare-role'), { aws })
    await until(() => aws.calledFor('CreateFunction').length > 0)
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    const { status, stderr } = await ended
    expect(status).toBe(130)
    expect(stderr).toContain('Interrupted')
    expect(stderr).toContain(`aws iam detach-role-policy --role-name bare-role --policy-arn ${MANAGED}`)
    expect(created(aws)).toBeUndefined()
  })
})

const denied = (operation: string): FaultRule => ({ match: { operation }, kind: 'access-denied' })

describe.concurrent('create: refused', () => {
  it('leaves a function alone that exists already, and names the command that turns it on', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'PassThrough' }] })
    const refusal = await inBothModes(usual('bare-role'), { aws })
    expect(refusal).toMatchObject({ code: 'FUNCTION_EXISTS', exit: 5 })
    expect(refusal.suggestions.join()).toContain('xtrace enable orders')
    expect(aws.writes()).toEqual([])
  })

  for (const [role, code, why] of [
    ['trustless-role', 'ROLE_NOT_ASSUMABLE', 'Lambda may not assume it'],
    ['denying-role', 'ROLE_DENIED', 'a grant would not help'],
    ['nobody', 'ROLE_NOT_FOUND', 'there is none of that name'],
    ['arn:aws:iam::123456789012:role/pathed-role', 'ROLE_NOT_FOUND', 'the one of that name has a path'],
  ] as const) {
    it(`writes nothing for role ${role}: ${why}`, async ({ open }) => {
      const aws = await open()
      expect(await inBothModes(usual(role), { aws })).toMatchObject({ code, exit: 5 })
      expect(aws.writes()).toEqual([])
    })
  }

  it('never touches IAM with --permissions none', async ({ open }) => {
    const aws = await open()
    const words = [...usual('bare-role'), '--permissions', 'none']
    expect(await inBothModes(words, { aws })).toMatchObject({ code: 'ROLE_CANNOT_WRITE', exit: 5 })
    expect(aws.writes()).toEqual([])
  })

  it('reports a full role at once', async ({ open }) => {
    const aws = await open()
    expect(await inBothModes(usual('full-role'), { aws })).toMatchObject({ code: 'POLICY_QUOTA', exit: 5 })
    expect(aws.calledFor('AttachRolePolicy')).toHaveLength(2)
    expect(aws.calledFor('CreateFunction')).toEqual([])
  })

  it('explains the grant that is left behind where the function may not be made', async ({ open }) => {
    const aws = await open({ faults: [denied('CreateFunction')] })
    const { status, json } = await run([...usual('bare-role'), '--json'], { aws })
    expect(status).toBe(5)
    const { error } = json<ReportJson>()
    expect(error?.code).toBe('ACCESS_DENIED')
    expect(error?.suggestions.join('\n')).toContain(`detach-role-policy --role-name bare-role --policy-arn ${MANAGED}`)
    const again = await inBothModes(usual('bare-role'), { aws })
    expect(again.suggestions.join('\n'), 'this run granted nothing').not.toContain('detach-role-policy')
  })

  it('goes on where IAM may not be read and the role is given by its ARN, but not by its name', async ({ open }) => {
    const aws = await open({ faults: [{ match: { service: 'iam' }, kind: 'access-denied' }] })
    const byName = await inBothModes(usual('writing-role'), { aws })
    expect(byName).toMatchObject({ code: 'ACCESS_DENIED', exit: 5 })
    expect(byName.suggestions.join()).toContain('ARN')
    const byArn = await run([...usual('arn:aws:iam::123456789012:role/writing-role'), '--json'], { aws })
    expect(byArn.status).toBe(0)
    expect(row(byArn.json<ReportJson>(), 'orders').verdict).toBe('unknown')
  })

  it('finds out from CreateFunction that the name is taken where functions may not be read', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', mode: 'PassThrough' }],
      faults: [denied('GetFunctionConfiguration')],
    })
    expect(await inBothModes(usual('writing-role'), { aws })).toMatchObject({ code: 'FUNCTION_EXISTS', exit: 5 })
    expect(aws.mode('orders')).toBe('PassThrough')
  })
})

const role = ['--role', 'bare-role']
const CONTRADICTIONS: ReadonlyArray<readonly [what: string, words: () => string[], code: string, word: string]> = [
  ['no role', () => create(...RUNTIME, ...S3), 'USAGE', 'role'],
  ['no name', () => ['create', ...role, ...RUNTIME, ...S3], 'USAGE', 'Name of the new function'],
  ['no code', () => create(...role, ...RUNTIME), 'USAGE', 'exactly one'],
  ['two sources', () => create(...role, ...RUNTIME, ...S3, '--zip-file', 'x.zip'), 'USAGE', 'exactly one'],
  ['a bucket without a key', () => create(...role, ...RUNTIME, '--s3-bucket', 'packages'), 'USAGE', 's3-key'],
  ['an image with a runtime', () => create(...role, ...RUNTIME, '--image-uri', 'x'), 'USAGE', 'image'],
  ['a package without a handler', () => create(...role, '--runtime', 'nodejs22.x', ...S3), 'USAGE', '--handler'],
  ['a name with a qualifier', () => ['create', 'orders:1', ...role, ...RUNTIME, ...S3], 'USAGE', 'bare name'],
  ['a malformed name', () => ['create', 'or ders', ...role, ...RUNTIME, ...S3], 'MALFORMED_NAME', 'or ders'],
  ['a role that is neither name nor ARN', () => usual('arn:aws:iam::1:user/x'), 'USAGE', '--role'],
  ['an env without =', () => [...usual('bare-role'), '--env', `${SECRET}orders`], 'USAGE', 'KEY=VALUE'],
  ['an env name that Lambda refuses', () => [...usual('bare-role'), '--env', `1A=${SECRET}`], 'USAGE', '"1A"'],
  ['too little memory', () => [...usual('bare-role'), '--memory', '64'], 'USAGE', '--memory: Expected'],
  ['two regions', () => [...usual('bare-role'), '--region', 'us-east-1,eu-west-1'], 'USAGE', 'one --region'],
  ['a zip that is not there', () => create(...role, ...RUNTIME, '--zip-file', 'no.zip'), 'UNREADABLE_FILE', 'no.zip'],
  ['a folder', () => create(...role, ...RUNTIME, '--zip-file', folder('src')), 'UNREADABLE_FILE', 'not a file'],
  [
    'a file that is no zip',
    () => create(...role, ...RUNTIME, '--zip-file', file('index.js', 'exports.handler = 1')),
    'UNREADABLE_FILE',
    'not a zip',
  ],
]

describe.concurrent('create: wrong usage', () => {
  for (const [what, words, code, word] of CONTRADICTIONS) {
    it(`ends with 2 for ${what}`, async ({ open }) => {
      const aws = await open()
      const { status, json } = await run([...words(), '--json'], { aws })
      expect(status).toBe(2)
      expect(json<ReportJson>().error).toMatchObject({ code, exit: 2, message: expect.stringContaining(word) })
      expect(aws.calls).toEqual([])
    })
  }
})

function folder(name: string): string {
  mkdirSync(join(home(), name), { recursive: true })
  return name
}
