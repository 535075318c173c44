/** `xtrace permissions`: the policy it prints is what each command calls, no less and no more. */
import { join } from 'node:path'
import { expect } from 'vitest'
import type { Call, FaultRule } from '../../src/sandbox/server.js'
import { type Aws, type AwsOptions, describe, it } from '../support/it.js'
import { FAST, HURRY, SEVERAL } from '../support/rollout.js'
import type { SmallFunction } from '../support/world.js'
import { type Run, run } from '../support/xtrace.js'

interface Policy {
  Version: string
  Statement: Array<{
    Effect: string
    Action: string[]
    Resource: string
    Condition?: Record<string, Record<string, string>>
  }>
}

async function policyOf(...words: string[]): Promise<Policy> {
  const { status, json } = await run(['permissions', ...words])
  expect(status).toBe(0)
  return json<Policy>()
}

const actionsOf = ({ Statement }: Policy) => Statement.flatMap(({ Action }) => Action).sort()

/** Needs no permission at all. */
const FREE = 'sts:GetCallerIdentity'

/** IAM's name of what a call needs: the operation's own, for all that xtrace calls. */
const actionOf = ({ service, operation }: Call) => `${PREFIXES[service] ?? service}:${operation}`

/** IAM's names of services that sign their requests with others. */
const PREFIXES: Record<string, string> = { tagging: 'tag', monitoring: 'cloudwatch' }

const called = (calls: readonly Call[]) => [...new Set(calls.map(actionOf).filter((action) => action !== FREE))].sort()

/** Every kind of evidence that a read can meet. */
const RICH: SmallFunction = {
  name: 'orders',
  role: 'rich-role',
  versions: [{ mode: 'Active' }, { mode: 'Active' }],
  aliases: [{ name: 'live', version: '1', weights: { '2': 0.5 } }],
  eventSources: [{ kind: 'sqs' }],
  managedInstances: true,
}

/** One function on a role with an attached and an inline policy; then more roles and functions than are read one by one. */
const few = (mode: 'Active' | 'PassThrough'): AwsOptions => ({
  roles: [
    {
      name: 'rich-role',
      managed: ['AWSLambdaBasicExecutionRole'],
      inline: { logs: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'logs:*', Resource: '*' }] } },
    },
  ],
  functions: [{ ...RICH, mode }],
  settings: { ...FAST, settleMs: 20 },
  regions: ['us-east-1'],
})

const many = (mode: 'Active' | 'PassThrough', functions = 11): AwsOptions => ({
  roles: Array.from({ length: 6 }, (_, index) => ({ name: `role-${index}` })),
  functions: Array.from({ length: functions }, (_, index) => ({
    name: `fn-${index}`,
    role: `role-${index % 6}`,
    mode,
  })),
  settings: FAST,
  regions: ['us-east-1'],
})

/** Then EC2 is asked. */
const REGIONS_DENIED: FaultRule = { match: { operation: 'ListRegions' }, kind: 'access-denied' }

const MANY = Array.from({ length: 11 }, (_, index) => `fn-${index}`)

/** Runs a selection in both worlds; in one of them the account's regions are asked of EC2. */
async function selecting(
  open: (options: AwsOptions) => Promise<Aws>,
  mode: 'Active' | 'PassThrough',
  words: string[],
  state: string,
): Promise<readonly Call[]> {
  const worlds = await Promise.all(
    [few(mode), many(mode)].map((options, index) =>
      open({
        ...options,
        functions: options.functions?.map((one) => ({ ...one, tags: { team: 'web' } })) ?? [],
        regions: ['us-east-1'],
        faults: index === 0 ? [REGIONS_DENIED] : [],
      }),
    ),
  )
  for (const aws of worlds) expect((await run(words, { aws, state })).status).toBe(0)
  return worlds.flatMap(({ calls }) => calls)
}

/** Runs a command in both worlds, and gives everything that was called. */
async function everyCall(
  open: (options: AwsOptions) => Promise<Aws>,
  mode: 'Active' | 'PassThrough',
  words: (names: string[]) => string[],
): Promise<readonly Call[]> {
  const [small, large] = await Promise.all([open(few(mode)), open(many(mode))])
  const runs = [run(words(['orders']), { aws: small }), run(words(MANY), { aws: large })]
  for (const { status, stderr } of await Promise.all(runs)) expect([0, 3], stderr).toContain(status)
  return [...small.calls, ...large.calls]
}

describe.concurrent('permissions', SEVERAL, () => {
  it('covers show exactly', async ({ open }) => {
    const aws = await open(few('Active'))
    for (const name of ['orders', 'orders:live']) expect((await run(['show', name], { aws })).status).toBe(0)
    expect(actionsOf(await policyOf('show'))).toEqual(called(aws.calls))
  })

  it('covers audit exactly', async ({ open }) => {
    const calls = await everyCall(open, 'Active', () => ['audit'])
    expect(actionsOf(await policyOf('audit'))).toEqual(called(calls))
  })

  it('covers verify exactly', async ({ open }) => {
    const writes = few('Active')
    const roles = writes.roles?.map((role) => ({ ...role, managed: ['AWSXRayDaemonWriteAccess'] })) ?? []
    const traced = await open({
      ...writes,
      roles,
      functions: [{ ...RICH, mode: 'Active', traffic: { perMinute: 30 } }],
    })
    expect((await run(['verify', 'orders'], { aws: traced })).status).toBe(0)
    const blind = await open(many('Active'))
    expect((await run(['verify', ...MANY], { aws: blind })).status).toBe(3)
    expect(actionsOf(await policyOf('verify'))).toEqual(called([...traced.calls, ...blind.calls]))
    const added = actionsOf(await policyOf('enable', '--uses', 'verify'))
    expect(added).toEqual(
      expect.arrayContaining(called(traced.calls).filter((action) => /^(xray|cloudwatch):/.test(action))),
    )
  })

  it('covers cost exactly, of named functions and of all', async ({ open }) => {
    const calls = await everyCall(open, 'Active', (names) => ['cost', ...names])
    const all = await open(few('PassThrough'))
    expect((await run(['cost'], { aws: all })).status).toBe(0)
    expect(actionsOf(await policyOf('cost'))).toEqual(called([...calls, ...all.calls]))
  })

  it('covers enable exactly, and grants nothing but the one policy', async ({ open }) => {
    const calls = await everyCall(open, 'PassThrough', (names) => ['enable', ...names, ...HURRY])
    const policy = await policyOf('enable')
    expect(actionsOf(policy)).toEqual(called(calls))
    const granting = policy.Statement.find(({ Action }) => Action.includes('iam:AttachRolePolicy'))
    expect(granting?.Action).toEqual(['iam:AttachRolePolicy'])
    const attached = calls.filter(({ operation }) => operation === 'AttachRolePolicy').map(({ body }) => body)
    for (const body of attached)
      expect(body).toMatchObject({ PolicyArn: granting?.Condition?.ArnEquals?.['iam:PolicyARN'] })
  })

  it('covers enable with inline policies, and one that never touches IAM', async ({ open }) => {
    const inline = await open(few('PassThrough'))
    expect((await run(['enable', 'orders', '--permissions', 'inline'], { aws: inline })).status).toBe(0)
    const inlineActions = actionsOf(await policyOf('enable', '--permissions', 'inline'))
    expect(inlineActions).toEqual(expect.arrayContaining(called(inline.calls)))
    expect(inlineActions).toContain('iam:PutRolePolicy')
    expect(inlineActions).not.toContain('iam:AttachRolePolicy')

    const none = actionsOf(await policyOf('enable', '--permissions', 'none'))
    expect(none.filter((action) => /^iam:(?!Get|List)/.test(action))).toEqual([])
  })

  it('covers disable exactly: no right on IAM at all', async ({ open }) => {
    const calls = await everyCall(open, 'Active', (names) => ['disable', ...names, ...HURRY])
    const actions = actionsOf(await policyOf('disable'))
    expect(actions).toEqual(called(calls))
    expect(actions.filter((action) => !action.startsWith('lambda:'))).toEqual([])
  })

  it('covers selections exactly, and takes nothing that only names need', async ({ open, state }) => {
    for (const command of ['enable', 'disable'] as const) {
      const mode = command === 'enable' ? 'PassThrough' : 'Active'
      const calls = await selecting(open, mode, [command, '--tag', 'team', '--all-regions', '--yes', ...HURRY], state)
      expect(actionsOf(await policyOf(command, '--uses', 'selection'))).toEqual(called(calls))
    }
  })

  it('covers --publish exactly', async ({ open, state }) => {
    const calls = await everyCall(open, 'PassThrough', (names) => ['enable', ...names, ...HURRY])
    const stale: SmallFunction = {
      name: 'orders',
      mode: 'Active',
      versions: [{ mode: 'PassThrough' }],
      aliases: [{ name: 'live', version: '1' }],
    }
    const aws = await open({ functions: [stale] })
    expect((await run(['enable', 'orders', '--alias', 'live'], { aws, state })).status).toBe(0)
    expect(actionsOf(await policyOf('enable', '--uses', 'publish'))).toEqual(called([...calls, ...aws.calls]))
    const before = aws.calls.length
    expect((await run(['undo', 'last'], { aws, state })).status).toBe(0)
    const undoing = actionsOf(await policyOf('undo', '--uses', 'publish'))
    expect(undoing).toEqual(expect.arrayContaining(called(aws.calls.slice(before))))
  })

  it('covers --revoke exactly, and what undoes it', async ({ open, state }) => {
    const calls = await everyCall(open, 'Active', (names) => ['disable', ...names, '--revoke', ...HURRY])
    const aws = await open({
      functions: [{ name: 'orders', mode: 'Active' }],
      regions: ['us-east-1'],
      faults: [REGIONS_DENIED],
    })
    expect((await run(['disable', 'orders', '--revoke'], { aws, state })).status).toBe(0)
    expect(actionsOf(await policyOf('disable', '--uses', 'revoke'))).toEqual(called([...calls, ...aws.calls]))
    const before = aws.calls.length
    expect((await run(['undo', 'last'], { aws, state })).status).toBe(0)
    const undone = called(aws.calls.slice(before))
    expect(undone).toContain('iam:AttachRolePolicy')
    expect(actionsOf(await policyOf('undo', '--uses', 'revoke'))).toEqual(expect.arrayContaining(undone))
  })

  it('covers apply, resume and undo exactly', async ({ open, state }) => {
    const found: Record<'apply' | 'resume' | 'undo', Call[]> = { apply: [], resume: [], undo: [] }
    for (const options of [few('PassThrough'), many('PassThrough', 21)]) {
      const denied = { match: { operation: 'AttachRolePolicy' }, kind: 'access-denied' } as const
      const aws = await open({ ...options, regions: ['us-east-1'], faults: [denied] })
      const noted = async (command: keyof typeof found, words: string[], status: number) => {
        const before = aws.calls.length
        const ended = await run([command, ...words, ...HURRY], { aws, state })
        expect(ended.status, ended.stdout + ended.stderr).toBe(status)
        found[command].push(...aws.calls.slice(before))
      }
      const file = join(state, 'plan.json')
      await run(['enable', '--all', '--save-plan', file], { aws, state })
      await noted('apply', [file], 5)
      aws.sandbox.faults.length = 0
      await noted('resume', ['last'], 0)
      aws.sandbox.faults.push(...(found.undo.length > 0 ? [REGIONS_DENIED] : []))
      await noted('undo', ['last'], 0)
      await run(['enable', '--all', '--save-plan', file], { aws, state })
      await noted('apply', [file], 0)
    }
    for (const [command, calls] of Object.entries(found))
      expect(actionsOf(await policyOf(command))).toEqual(called(calls))
  })

  it('covers create, with the rights that CreateFunction asks for besides', async ({ open }) => {
    const aws = await open(few('Active'))
    const words = ['create', 'fresh', '--role', 'rich-role', '--runtime', 'nodejs22.x', '--handler', 'index.handler']
    const code = [
      '--s3-bucket',
      'b',
      '--s3-key',
      'k',
      '--tag',
      'a=b',
      '--layer',
      'arn:aws:lambda:us-east-1:1:layer:x:1',
    ]
    const { status, stderr } = await run([...words, ...code, '--publish'], { aws })
    expect(status, stderr).toBe(0)
    /** Not operations that are called, but rights that Lambda asks for in CreateFunction. */
    const besides = [
      'iam:PassRole', // handing the role over
      'lambda:TagResource', // --tag
      'lambda:GetLayerVersion', // --layer
    ]
    expect(actionsOf(await policyOf('create'))).toEqual([...called(aws.calls), ...besides].sort())
  })

  it('prints one document for all commands, for people and as JSON, without a call', async ({ open }) => {
    const aws = await open()
    const without = { aws, env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } }
    const [all, script] = await Promise.all([run(['permissions'], without), run(['permissions', '--json'], without)])
    expect([all.status, script.status]).toEqual([0, 0])
    const { data, schema } = script.json<{ schema: string; data: { commands: string[]; policy: Policy } }>()
    expect(schema).toBe('xtrace/permissions@1')
    expect(data.policy).toEqual(all.json<Policy>())
    const single = await Promise.all(data.commands.map((command) => policyOf(command)))
    expect(actionsOf(data.policy)).toEqual([...new Set(single.flatMap(actionsOf))].sort())
    expect(data.policy.Version).toBe('2012-10-17')
    expect(new Set(data.policy.Statement.map(({ Effect }) => Effect))).toEqual(new Set(['Allow']))
    expect(aws.calls).toEqual([])
  })

  it('names the ARNs of another partition', async () => {
    const printed: Run = await run(['permissions', 'enable', '--partition', 'aws-cn'])
    expect(printed.stdout).toContain('arn:aws-cn:iam::aws:policy/AWSXRayDaemonWriteAccess')
    expect(printed.stdout).not.toContain('arn:aws:')
  })
})
