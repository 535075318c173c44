/** `xtrace enable --publish` and `--alias`: the change reaches live traffic, or is refused with the reason. */
import { expect } from 'vitest'
import type { FunctionConfiguration } from '../../src/sandbox/world/function-configuration.js'
import { type Aws, type AwsOptions, describe, it } from '../support/it.js'
import { type ReportJson, row } from '../support/report-json.js'
import { accepted, FAST, HURRY, SEVERAL } from '../support/rollout.js'
import type { SmallFunction } from '../support/world.js'
import { run } from '../support/xtrace.js'

const STALE: SmallFunction = {
  name: 'orders',
  mode: 'Active',
  versions: [{ mode: 'PassThrough' }],
  aliases: [{ name: 'live', version: '1' }],
}

const world = (...functions: SmallFunction[]): AwsOptions => ({ functions, regions: ['us-east-1'], settings: FAST })
const functionIn = ({ sandbox }: Aws, name = 'orders') => sandbox.world.account().region('us-east-1').function(name)
const aliasIn = (aws: Aws, alias = 'live') => functionIn(aws).aliases.get(alias)

/** Somebody deploys to $LATEST, and releases it to nobody. */
function deploy(aws: Aws, change: Partial<FunctionConfiguration>): void {
  const touched = functionIn(aws)
  touched.update({ ...touched.configuration, ...change }, Date.now() - 60_000)
}

const enable = (aws: Aws, state: string, ...words: string[]) =>
  run(['enable', ...words, ...HURRY, '--json'], { aws, state })

describe.concurrent('publish', SEVERAL, () => {
  for (const mode of ['Active', 'PassThrough'] as const)
    it(`publishes a version of a function that is ${mode}, and moves the alias to it`, async ({ open, state }) => {
      const aws = await open(world({ ...STALE, mode }))
      const shown = await run(['enable', 'orders', '--publish', '--dry-run'], { aws, state })
      expect(shown.stdout, 'what it would do is not advised besides').not.toContain('--publish')
      const { status, stderr, json } = await enable(aws, state, 'orders', '--publish')
      expect(status, stderr).toBe(0)
      expect(row(json<ReportJson>(), 'orders')).toMatchObject({
        result: 'changed',
        verdict: 'traced',
        aliases: [{ name: 'live', version: '2', mode: 'Active' }],
      })
      expect(aliasIn(aws)).toMatchObject({ version: '2', weights: {} })
      expect(functionIn(aws).versions.get('2')?.configuration.TracingConfig).toEqual({ Mode: 'Active' })
      expect(functionIn(aws).versions.get('1')?.configuration.TracingConfig).toEqual({ Mode: 'PassThrough' })
      const writes = accepted(aws.calls).map(({ operation }) => operation)
      const setting = mode === 'Active' ? [] : ['UpdateFunctionConfiguration']
      expect(writes).toEqual([...setting, 'PublishVersion', 'UpdateAlias'])
      expect(aws.calledFor('PublishVersion')[0]?.body).toMatchObject({ CodeSha256: expect.stringMatching(/.+/) })

      const again = await enable(aws, state, 'orders', '--publish')
      expect(again.status).toBe(0)
      expect(accepted(aws.calls)).toHaveLength(writes.length)
    })

  it('is undone: the alias serves its former version again', async ({ open, state }) => {
    const aws = await open(world({ ...STALE, mode: 'PassThrough' }))
    expect((await enable(aws, state, 'orders', '--publish')).status).toBe(0)
    const { status, json } = await run(['undo', 'last', '--json'], { aws, state })
    expect(status).toBe(0)
    expect(aliasIn(aws)).toMatchObject({ version: '1', weights: {} })
    expect(aws.mode('orders')).toBe('PassThrough')
    expect(json<ReportJson>().notes.join()).toContain('version 2')
  })

  it('moves the one alias that --alias names, and leaves the others', async ({ open, state }) => {
    const aliases = ['live', 'canary'].map((name) => ({ name, version: '1' }))
    const aws = await open(world({ ...STALE, aliases }))
    expect((await enable(aws, state, 'orders', '--alias', 'live')).status).toBe(0)
    expect([aliasIn(aws, 'live')?.version, aliasIn(aws, 'canary')?.version]).toEqual(['2', '1'])
  })

  it('publishes once for several aliases, and nothing where no alias is stale', async ({ open, state }) => {
    const aliases = ['live', 'canary'].map((name) => ({ name, version: '1' }))
    const aws = await open(
      world(
        { ...STALE, aliases },
        { name: 'fine', mode: 'Active', versions: [{ mode: 'Active' }], aliases: [{ name: 'live', version: '1' }] },
        { name: 'plain', mode: 'Active' },
      ),
    )
    expect((await enable(aws, state, '--all', '--publish', '--yes')).status).toBe(0)
    expect(accepted(aws.calls).map(({ operation, resource }) => `${operation} ${resource}`)).toEqual([
      'PublishVersion orders',
      'UpdateAlias orders',
      'UpdateAlias orders',
    ])
  })

  const OBSTACLES: ReadonlyArray<
    readonly [what: string, seed: Partial<SmallFunction>, change: Partial<FunctionConfiguration>, code: string]
  > = [
    ['another code', {}, { CodeSha256: 'b3RoZXIgY29kZQ==' }, 'ALIAS_DIFFERS'],
    ['another environment', {}, { Environment: { Variables: { DB_PASSWORD: 's3cr3t-other' } } }, 'ALIAS_DIFFERS'],
    ['another memory', {}, { MemorySize: 1024 }, 'ALIAS_DIFFERS'],
    [
      'an alias that splits its traffic',
      {
        versions: [{ mode: 'PassThrough' }, { mode: 'Active' }],
        aliases: [{ name: 'live', version: '1', weights: { '2': 0.1 } }],
      },
      {},
      'ALIAS_WEIGHTED',
    ],
  ]

  for (const [what, seed, change, code] of OBSTACLES)
    it(`is refused for ${what}: the alias stays`, async ({ open, state }) => {
      const aws = await open(world({ ...STALE, ...seed }))
      deploy(aws, change)
      const before = aws.sandbox.world.snapshot()
      const { status, json } = await enable(aws, state, 'orders', '--publish')
      expect(status).toBe(5)
      expect(json<ReportJson>().error).toMatchObject({ code, exit: 5 })
      expect(json<ReportJson>().error?.message).toContain('live')
      expect(aws.sandbox.world.snapshot()).toEqual(before)
      expect(aws.writes()).toEqual([])
    })

  it('still sets the mode where the alias has to stay: 6', async ({ open, state }) => {
    const aws = await open(world({ ...STALE, mode: 'PassThrough' }))
    deploy(aws, { MemorySize: 1024 })
    const { status, json } = await enable(aws, state, 'orders', '--publish')
    expect(status).toBe(6)
    expect(row(json<ReportJson>(), 'orders')).toMatchObject({
      mode: 'Active',
      verdict: 'stale',
      error: { code: 'ALIAS_DIFFERS' },
    })
    expect(aws.mode('orders')).toBe('Active')
    expect(aliasIn(aws)?.version).toBe('1')
  })

  it('moves a weighted alias with --force-weighted, and undo restores the weights', async ({ open, state }) => {
    const versions = [{ mode: 'PassThrough' as const }, { mode: 'Active' as const }]
    const aliases = [{ name: 'live', version: '1', weights: { '2': 0.25 } }]
    const aws = await open(world({ ...STALE, versions, aliases }))
    deploy(aws, {})
    expect((await enable(aws, state, 'orders', '--publish', '--force-weighted')).status).toBe(0)
    expect(aliasIn(aws)).toMatchObject({ version: '3', weights: {} })
    expect((await run(['undo', 'last'], { aws, state })).status).toBe(0)
    expect(aliasIn(aws)).toMatchObject({ version: '1', weights: { '2': 0.25 } })
  })

  it('leaves an alias alone that somebody moves in the meantime', async ({ open, state }) => {
    const aws = await open({
      ...world({ ...STALE, versions: [{ mode: 'PassThrough' }, { mode: 'PassThrough' }] }),
      faults: [{ match: { operation: 'PublishVersion' }, kind: 'delay', delayMs: 300 }],
    })
    deploy(aws, {})
    const push = Array.prototype.push
    const { calls } = aws.sandbox
    calls.push = (...more) => {
      if (more.some(({ operation }) => operation === 'PublishVersion'))
        functionIn(aws).setAlias({ name: 'live', version: '2', weights: {}, description: '' })
      return push.apply(calls, more)
    }
    const { status, json } = await enable(aws, state, 'orders', '--publish')
    expect(status).toBe(5)
    expect(row(json<ReportJson>(), 'orders')).toMatchObject({ result: 'failed', error: { code: 'PRECONDITION' } })
    expect(aliasIn(aws)?.version).toBe('2')
  })

  it('renews $LATEST.PUBLISHED of managed instances', async ({ open, state }) => {
    const aws = await open(world({ name: 'orders', mode: 'PassThrough', managedInstances: true }))
    const { status, stderr, json } = await enable(aws, state, 'orders', '--publish')
    expect(status, stderr).toBe(0)
    expect(row(json<ReportJson>(), 'orders')).toMatchObject({ result: 'changed', verdict: 'traced' })
    expect(functionIn(aws).latestPublished?.configuration.TracingConfig).toEqual({ Mode: 'Active' })
    expect(aws.calledFor('PublishVersion')).toMatchObject([{ body: { PublishTo: 'LATEST_PUBLISHED' } }])
    expect(functionIn(aws).versions.size).toBe(0)
  })

  it('refuses a named function without that alias, and passes over a selected one', async ({ open, state }) => {
    const aws = await open({ functions: [{ name: 'plain', role: 'writing-role', mode: 'Active' }] })
    const named = await run(['enable', 'plain', '--alias', 'lvie'], { aws, state })
    expect(named.status).toBe(5)
    expect(named.stderr).toContain('has no alias lvie')
    const selected = await run(['enable', '--all', '--alias', 'lvie', '--yes'], { aws, state })
    expect(selected.status, selected.stderr).toBe(0)
    expect(aws.writes()).toEqual([])
  })
})
