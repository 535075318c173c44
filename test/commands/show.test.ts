/** `xtrace show`, the built command against the sandbox: every verdict with its evidence. */
import { expect } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import { describe, it } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import type { SmallFunction } from '../support/world.js'
import { run } from '../support/xtrace.js'

const denied = (operation: string): FaultRule => ({ match: { operation }, kind: 'access-denied' })
const versioned = (mode: 'Active' | 'PassThrough'): Partial<SmallFunction> => ({
  versions: [{ mode }],
  aliases: [{ name: 'live', version: '1' }],
})

/** What the function is like, and the verdict on it with a word of its reason. */
const SEEN: ReadonlyArray<readonly [what: string, seed: Partial<SmallFunction>, verdict: string, because: string]> = [
  ['active', {}, 'traced', 'AWSXRayDaemonWriteAccess'],
  ['allowed-inline', { role: 'inline-role' }, 'traced', 'inline policy tracing'],
  ['alias-on-active', versioned('Active'), 'traced', 'AWSXRayDaemonWriteAccess'],
  ['pass-through', { mode: 'PassThrough' }, 'off', 'PassThrough'],
  ['without-mode', { mode: undefined }, 'off', 'PassThrough'],
  ['no-policy', { role: 'bare-role' }, 'blind', 'no policy allows xray:PutTraceSegments'],
  ['denied', { role: 'denying-role' }, 'blind', 'guard'],
  ['bounded', { role: 'bounded-role' }, 'blind', 'team-boundary'],
  ['role-deleted', { role: 'deleted-role' }, 'blind', 'no longer exists'],
  ['alias-on-pass-through', versioned('PassThrough'), 'stale', 'alias live serves version 1'],
  ['kafka', { eventSources: [{ kind: 'msk' }] }, 'unsupported', 'Amazon MSK'],
  ['edge', { masterArn: 'arn:aws:lambda:us-east-1:123456789012:function:main:1' }, 'unsupported', 'Lambda@Edge'],
]

/** What cannot be read of an Active function: nothing unread is ever called traced. */
const UNREAD: ReadonlyArray<readonly [operation: string, seed: Partial<SmallFunction>, because: string]> = [
  ['GetRole', {}, 'iam:GetRole'],
  ['ListAttachedRolePolicies', {}, 'iam:ListAttachedRolePolicies'],
  ['ListRolePolicies', {}, 'iam:ListRolePolicies'],
  ['GetPolicyVersion', {}, 'iam:GetPolicyVersion'],
  ['GetRolePolicy', { role: 'inline-role' }, 'iam:GetRolePolicy'],
  ['ListAliases', {}, 'lambda:ListAliases'],
  ['ListVersionsByFunction', versioned('Active'), 'alias live'],
  ['ListEventSourceMappings', {}, 'lambda:ListEventSourceMappings'],
]

describe.concurrent('show', () => {
  it('gives each function the one word that is true of it', async ({ open }) => {
    const names = SEEN.map(([name]) => name)
    const aws = await open({ functions: SEEN.map(([name, seed]) => ({ name, mode: 'Active', ...seed })) })
    const { status, json } = await run(['show', ...names, '--json'], { aws })
    expect(status).toBe(0)
    const shown = json<ReportJson>().data.functions
    expect(shown.map(({ name, verdict }) => [name, verdict])).toEqual(SEEN.map(([name, , verdict]) => [name, verdict]))
    for (const [name, , , because] of SEEN) expect(shown.find((one) => one.name === name)?.because).toContain(because)
    expect(aws.writes()).toEqual([])
  })

  for (const [operation, seed, because] of UNREAD) {
    it(`says unknown where ${operation} is denied`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders', mode: 'Active', ...seed }], faults: [denied(operation)] })
      const { status, stdout, json } = await run(['show', 'orders', '--json'], { aws })
      expect(status, stdout).toBe(0)
      const shown = row(json<ReportJson>(), 'orders')
      expect(shown.verdict, shown.because).toBe('unknown')
      expect(shown.because).toContain(because)
    })
  }

  it('says of a function that is there which version or alias is not', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    for (const [word, what] of [
      ['orders:live', 'orders is there, but has no alias live.'],
      ['orders:99', 'orders is there, but has no version 99.'],
    ] as const) {
      const refusal = await inBothModes(['show', word], { aws })
      expect(refusal).toMatchObject({ code: 'FUNCTION_NOT_FOUND', message: what })
      expect(refusal.suggestions).toEqual(['xtrace show orders tells which versions and aliases there are.'])
    }
  })

  it('gives all the evidence, for people and for scripts', async ({ open }) => {
    const aws = await open({
      functions: [
        {
          name: 'orders',
          mode: 'Active',
          memorySize: 2048,
          versions: [{ mode: 'PassThrough' }, { mode: 'Active' }, { mode: 'Active' }],
          aliases: [
            { name: 'live', version: '2', weights: { '3': 0.25 } },
            { name: 'old', version: '1' },
          ],
          layers: ['arn:aws:lambda:us-east-1:464622532012:layer:Datadog-Extension:86'],
          environment: { AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' },
          tags: {
            'aws:cloudformation:stack-name': 'shop',
            'aws:cloudformation:logical-id': 'Orders',
            'lambda:createdBy': 'SAM',
          },
        },
      ],
    })
    const [human, script] = await Promise.all([
      run(['show', 'orders'], { aws }),
      run(['show', 'orders', '--json'], { aws }),
    ])
    expect([human.status, script.status]).toEqual([0, 0])
    expect(row(script.json<ReportJson>(), 'orders')).toMatchObject({
      arn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
      account: '123456789012',
      region: 'us-east-1',
      mode: 'Active',
      verdict: 'stale',
      permission: { answer: 'yes' },
      role: 'arn:aws:iam::123456789012:role/writing-role',
      versions: [
        { version: '$LATEST', mode: 'Active' },
        { version: '1', mode: 'PassThrough' },
        { version: '2', mode: 'Active' },
        { version: '3', mode: 'Active' },
      ],
      aliases: [
        { name: 'live', version: '2', weights: { '3': 0.25 }, mode: 'Active' },
        { name: 'old', version: '1', weights: {}, mode: 'PassThrough' },
      ],
      owner: { stack: 'shop', logicalId: 'Orders', by: 'SAM' },
      otherTracers: ['Datadog', 'OpenTelemetry'],
      memory: 2048,
      daemonMemory: 61,
      runtime: 'nodejs22.x',
      state: 'Active',
      updateStatus: 'Successful',
      asked: null,
    })
    for (const piece of [
      /^verdict +stale$/m,
      /^live +2, 3 at 25 % +Active$/m,
      /^old +1 +PassThrough$/m,
      /^owner +stack shop \(SAM\), Orders$/m,
      /^note +also carries Datadog, OpenTelemetry/m,
      /^memory +2048 MB, of which the X-Ray daemon may use 61 MB$/m,
    ])
      expect(human.stdout).toMatch(piece)
  })

  it('resolves a qualifier to its version and the mode that is locked in it', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active', ...versioned('PassThrough') }] })
    const [alias, version] = await Promise.all(
      ['orders:live', 'arn:aws:lambda:us-east-1:123456789012:function:orders:1'].map((name) =>
        run(['show', name, '--json'], { aws }),
      ),
    )
    for (const [shown, qualifier] of [
      [alias, 'live'],
      [version, '1'],
    ] as const) {
      expect(shown?.status).toBe(0)
      expect(shown?.json<ReportJson>().data.functions[0]?.asked).toEqual({
        qualifier,
        version: '1',
        mode: 'PassThrough',
      })
    }
  })

  it('refuses a qualifier that does not exist, and a function that does not', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    const [qualifier, missing] = await Promise.all([
      inBothModes(['show', 'orders:nightly'], { aws }),
      inBothModes(['show', 'nobody'], { aws }),
    ])
    expect(qualifier).toMatchObject({ code: 'FUNCTION_NOT_FOUND', exit: 5 })
    expect(qualifier.message).toBe('orders is there, but has no alias nightly.')
    expect(missing).toMatchObject({ code: 'FUNCTION_NOT_FOUND', exit: 5 })
  })

  it('shows what it can and ends with 6 where one of two is missing', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    const words = ['show', 'orders', 'nobody']
    const [human, script] = await Promise.all([run(words, { aws }), run([...words, '--json'], { aws })])
    expect([human.status, script.status]).toEqual([6, 6])
    expect(row(script.json<ReportJson>(), 'nobody')).toMatchObject({
      verdict: 'unknown',
      error: { code: 'FUNCTION_NOT_FOUND', exit: 5 },
    })
    expect(human.stdout).toMatch(/^orders\n/m)
    expect(human.stdout).toMatch(/^nobody\n/m)
    expect(human.stdout).toContain('Function not found')
  })

  it('is refused where the function may not be read', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }], faults: [denied('GetFunctionConfiguration')] })
    expect(await inBothModes(['show', 'orders'], { aws })).toMatchObject({ code: 'ACCESS_DENIED', exit: 5 })
  })

  it('notes tags and versions that could not be read, without a change of the verdict', async ({ open }) => {
    const aws = await open({
      functions: [{ name: 'orders', mode: 'Active' }],
      faults: [denied('ListTags'), denied('ListVersionsByFunction')],
    })
    const { status, json } = await run(['show', 'orders', '--json'], { aws })
    expect(status).toBe(0)
    const shown = row(json<ReportJson>(), 'orders')
    expect(shown.verdict).toBe('traced')
    expect(shown.owner).toBeNull()
    expect(shown.notes.join('\n')).toMatch(/versions could not be read: .*lambda:ListVersionsByFunction/)
    expect(shown.notes.join('\n')).toMatch(/tags could not be read: .*lambda:ListTags/)
    expect(shown).not.toHaveProperty('versions')
  })

  it('tells a function on managed instances by what it runs', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active', managedInstances: true }] })
    const { json } = await run(['show', 'orders', '--json'], { aws })
    const shown = row(json<ReportJson>(), 'orders')
    expect(shown.aliases).toMatchObject([{ name: '$LATEST.PUBLISHED', version: '$LATEST.PUBLISHED', mode: 'Active' }])
    expect(shown.notes.join()).toContain('Managed Instances')
    expect(shown.verdict).toBe('traced')
  })

  it('shows a container image without a runtime, and pages through a long history', async ({ open }) => {
    const versions = Array.from({ length: 60 }, () => ({ mode: 'Active' as const }))
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active', packageType: 'Image', versions }] })
    const [human, script] = await Promise.all([
      run(['show', 'orders'], { aws }),
      run(['show', 'orders', '--json'], { aws }),
    ])
    const shown = row(script.json<ReportJson>(), 'orders')
    expect(shown).toMatchObject({ runtime: null, packageType: 'Image' })
    expect(shown.versions).toHaveLength(61)
    expect(human.stdout).toMatch(/^runtime +container image$/m)
    expect(human.stdout).toContain('and 50 older')
  })
})
