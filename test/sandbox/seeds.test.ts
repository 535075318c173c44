/** BEHAVIOUR S1 to S6 and S8: worlds, snapshots, the demo account and the fleet. */
import { SelectAggregateResourceConfigCommand } from '@aws-sdk/client-config-service'
import { AttachRolePolicyCommand, GetAccountAuthorizationDetailsCommand } from '@aws-sdk/client-iam'
import {
  GetFunctionConfigurationCommand,
  ListFunctionsCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import { ListAccountsCommand } from '@aws-sdk/client-organizations'
import { AssumeRoleCommand } from '@aws-sdk/client-sts'
import { afterEach, describe, expect, it } from 'vitest'
import { DEMO_TRAFFIC } from '../../src/sandbox/demo/traffic.js'
import { seedDemo } from '../../src/sandbox/seed-demo.js'
import { seedFleet } from '../../src/sandbox/seed-fleet.js'
import type { SandboxOptions } from '../../src/sandbox/server.js'
import { World } from '../../src/sandbox/world.js'
import { type Clients, refusal, sandboxClients } from './sandbox-clients.js'

function demoWorld(): World {
  const world = new World()
  seedDemo(world)
  return world
}

describe('S: seeds', () => {
  const opened: Clients[] = []
  const open = async (options?: SandboxOptions): Promise<Clients> => {
    const clients = await sandboxClients(options)
    opened.push(clients)
    return clients
  }

  afterEach(async () => {
    for (const clients of opened.splice(0)) await clients.close()
  })

  it('S1 shows what is built while it runs at once, role delay included', async () => {
    const { sandbox, lambda } = await open()
    const account = sandbox.world.account()
    const { arn } = account.addRole({ name: 'worker', managed: ['AWSXRayDaemonWriteAccess'] })
    account.region('us-east-1').addFunction({ name: 'fn', role: arn })
    const TracingConfig = { Mode: 'Active' as const }
    const updated = await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', TracingConfig }))
    expect(updated.TracingConfig).toEqual(TracingConfig)
  })

  it('S2 settles what was seeded as updating or Pending, counted from the first look', async () => {
    const { clock, sandbox, lambda } = await open()
    const region = sandbox.world.account().region('us-east-1')
    region.addFunction({ name: 'updating', role: 'arn:aws:iam::123456789012:role/r', updating: true })
    region.addFunction({ name: 'pending', role: 'arn:aws:iam::123456789012:role/r', state: 'Pending' })
    region.addFunction({ name: 'failed', role: 'arn:aws:iam::123456789012:role/r', state: 'Failed' })
    const read = (FunctionName: string) => lambda().send(new GetFunctionConfigurationCommand({ FunctionName }))
    clock.advance(60_000)
    expect(await read('updating')).toMatchObject({ State: 'Active', LastUpdateStatus: 'InProgress' })
    expect(await read('pending')).toMatchObject({ State: 'Pending' })
    clock.advance(2000)
    expect(await read('updating')).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' })
    expect(await read('pending')).toMatchObject({ State: 'Active', LastUpdateStatus: 'Successful' })
    expect(await read('failed')).toMatchObject({ State: 'Failed' })
  })

  it('S3 snapshots what matters, and nothing that differs between equal runs', async () => {
    const { clock, sandbox, lambda, iam } = await open()
    const account = sandbox.world.account()
    const { arn } = account.addRole({ name: 'worker', managed: ['AdministratorAccess'] })
    account.region('us-east-1').addFunction({ name: 'fn', role: arn })
    const set = async (Mode: 'Active' | 'PassThrough') => {
      await lambda().send(new UpdateFunctionConfigurationCommand({ FunctionName: 'fn', TracingConfig: { Mode } }))
      clock.advance(2000)
    }
    const before = sandbox.world.snapshot()
    await set('Active')
    expect(sandbox.world.snapshot()).not.toEqual(before)
    await set('PassThrough')
    expect(sandbox.world.snapshot()).toEqual(before)
    const PolicyArn = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
    await iam().send(new AttachRolePolicyCommand({ RoleName: 'worker', PolicyArn }))
    expect(sandbox.world.snapshot()).not.toEqual(before)
    expect(JSON.stringify(before)).not.toMatch(/revision|lastModified|createdAt/i)
  })

  it('S3 leaves out accounts and regions that were only asked for', () => {
    const world = new World()
    world.account('111111111111').region('us-east-1')
    expect(world.snapshot()).toEqual({})
  })

  it('S4 seeds the same demo each time', () => {
    expect(demoWorld().snapshot()).toEqual(demoWorld().snapshot())
  })

  it('S4 seeds a believable demo account', () => {
    const account = demoWorld().account()
    const east = account.region('us-east-1')
    const functions = [...east.functions.values(), ...account.region('eu-west-1').functions.values()]
    expect([functions.length, account.roles.size]).toEqual([40, 12])
    const checkout = east.function('checkout-api')
    expect([checkout.mode, checkout.versions.size, checkout.aliases.size]).toEqual(['PassThrough', 2, 0])
    const { managed, inline } = account.role('checkout-api-role')
    expect([managed, inline.size]).toEqual([['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole'], 0])
    const payments = east.function('payments-worker')
    const served = payments.versions.get(payments.aliases.get('live')?.version ?? '')
    expect([payments.mode, served?.configuration.TracingConfig?.Mode]).toEqual(['Active', 'PassThrough'])
    const withoutRole = functions.filter((found) => !account.roles.has(found.role.split('/').at(-1) ?? ''))
    expect(withoutRole.map((found) => found.name)).toEqual(['legacy-importer'])
    expect(functions.filter((found) => found.lastUpdateStatus === 'InProgress')).toHaveLength(1)
    expect(functions.filter((found) => found.imageUri !== undefined)).toHaveLength(1)
    expect(
      functions.flatMap((found) => [...found.aliases.values()]).filter((alias) => '2' in alias.weights),
    ).toHaveLength(1)
  })

  it('S4 seeds a demo whose roles a reader can list', async () => {
    const { iam } = await open({ world: demoWorld() })
    const details = await iam().send(new GetAccountAuthorizationDetailsCommand({}))
    expect(details.RoleDetailList).toHaveLength(12)
    expect(details.IsTruncated).toBe(false)
  })

  it('S6 seeds an organization around the demo account', async () => {
    const { organizations, sts, lambda, config } = await open({ world: demoWorld() })
    const { Accounts } = await organizations().send(new ListAccountsCommand({}))
    expect(Accounts?.map(({ Id, Name, State }) => `${Id} ${Name} ${State}`)).toEqual([
      '123456789012 acme-platform ACTIVE',
      '210987654321 acme-payments-prod ACTIVE',
      '345678901234 acme-data ACTIVE',
      '456789012345 acme-parcels ACTIVE',
    ])
    const enter = async (account: string) => {
      const RoleArn = `arn:aws:iam::${account}:role/OrganizationAccountAccessRole`
      const { Credentials } = await sts().send(new AssumeRoleCommand({ RoleArn, RoleSessionName: 's' }))
      const { AccessKeyId = '', SecretAccessKey = '', SessionToken = '' } = Credentials ?? {}
      return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken }
    }
    const names = async (account: string, region: string) => {
      const { Functions } = await lambda(region, await enter(account)).send(new ListFunctionsCommand({}))
      return Functions?.map((found) => found.FunctionName)
    }
    expect(await names('210987654321', 'us-east-1')).toEqual(['card-tokenizer', 'ledger-api', 'ledger-writer'])
    expect(await names('345678901234', 'us-east-1')).toEqual(['lake-compaction', 'lake-ingest', 'topic-mirror'])
    expect((await refusal(names('345678901234', 'eu-central-1'))).message).toContain('service control policy')
    expect(await refusal(enter('456789012345'))).toMatchObject({ name: 'AccessDenied' })
    const Expression = "SELECT accountId, resourceName WHERE resourceType = 'AWS::Lambda::Function'"
    const { Results } = await config().send(
      new SelectAggregateResourceConfigCommand({
        ConfigurationAggregatorName: 'org-aggregator',
        Expression,
        Limit: 100,
      }),
    )
    expect(Results).toHaveLength(40 + 5 + 4 + 2)
    expect(Results).toContain('{"accountId":"345678901234","resourceName":"lake-ingest-eu"}')
  })

  it('S4 seeds a fleet of the size asked for, the same for the same seed', () => {
    const fleet = (randomSeed: number) => {
      const world = new World()
      const regions = ['us-east-1', 'eu-west-1', 'ap-southeast-2']
      seedFleet(world, { functions: 1000, roles: 25, regions, versionsEvery: 10, randomSeed })
      return world
    }
    const world = fleet(1)
    const regions = [...world.account().regions.values()]
    expect(regions.map((region) => region.functions.size)).toEqual([334, 333, 333])
    const functions = regions.flatMap((region) => [...region.functions.values()])
    expect(new Set(functions.map((found) => found.role)).size).toBe(25)
    expect(functions.filter((found) => found.aliases.has('live'))).toHaveLength(100)
    expect(fleet(1).snapshot()).toEqual(world.snapshot())
    expect(fleet(2).snapshot()).not.toEqual(world.snapshot())
  })

  const fleetOf = (size: { environmentBytes?: number; layers?: number }) => {
    const world = new World()
    seedFleet(world, { functions: 20, roles: 2, regions: ['us-east-1'], randomSeed: 1, ...size })
    return world
  }
  const configurations = (world: World) =>
    [...world.account().region('us-east-1').functions.values()].map((found) => found.configuration)

  it.each([500, 2048, 3900])(
    'S5 gives every function %i bytes of environment values of its own',
    (environmentBytes) => {
      const environments = configurations(fleetOf({ environmentBytes })).map(
        ({ Environment }) => Environment?.Variables,
      )
      const sizes = environments.map((variables) => Buffer.byteLength(Object.values(variables ?? {}).join('')))
      expect(sizes).toEqual(Array.from({ length: 20 }, () => environmentBytes))
      expect(new Set(environments.map((variables) => variables?.SETTING_1)).size).toBe(20)
      expect(environments[3]).toMatchObject({ STAGE: 'prod', API_TOKEN: 'fleet-token-3' })
    },
  )

  it('S5 gives layers, and changes nothing else of the fleet', () => {
    const plain = configurations(fleetOf({}))
    const large = configurations(fleetOf({ environmentBytes: 2048, layers: 2 }))
    expect(large[0]?.Layers?.map((layer) => layer.Arn)).toEqual([
      'arn:aws:lambda:us-east-1:123456789012:layer:fleet-layer-1:1',
      'arn:aws:lambda:us-east-1:123456789012:layer:fleet-layer-2:2',
    ])
    const rest = large.map(({ Layers: _layers, Environment: _environment, ...same }) => same)
    expect(rest).toEqual(plain.map(({ Environment: _environment, ...same }) => same))
    expect(plain[0]?.Environment?.Variables).toEqual({ STAGE: 'prod', API_TOKEN: 'fleet-token-0' })
    expect(fleetOf({ environmentBytes: 2048 }).snapshot()).toEqual(fleetOf({ environmentBytes: 2048 }).snapshot())
  })

  it('S8 invokes the demo functions, a few of them very often, and lets some stand idle', () => {
    const account = demoWorld().account()
    const functions = ['us-east-1', 'eu-west-1'].flatMap((name) => [...account.region(name).functions.values()])
    const month = (found: (typeof functions)[number]) =>
      found.traffic === undefined ? 0 : found.traffic.perMinute * 60 * 24 * 30
    const months = functions.map(month)
    expect(Math.max(...months)).toBeGreaterThan(200e6)
    expect(months.filter((invocations) => invocations === 0).length).toBeGreaterThan(2)
    const forms = functions.map((found) => found.traffic?.form ?? 'phases')
    expect(new Set(forms)).toEqual(new Set(['phases', 'annotations']))
    const orderApi = account.region('us-east-1').function('order-api')
    expect([orderApi.configuration.SnapStart.ApplyOn, orderApi.traffic?.qualifier]).toEqual([
      'PublishedVersions',
      'live',
    ])
    const qualified = functions.filter((found) => found.traffic?.qualifier !== undefined)
    expect(qualified.every((found) => found.aliases.has(found.traffic?.qualifier ?? ''))).toBe(true)
    const seeded = [...DEMO_TRAFFIC.keys()]
    const everywhere = [...demoWorld().accounts.values()].flatMap((one) =>
      [...one.regions.values()].flatMap((region) => [...region.functions.keys()]),
    )
    expect(seeded.filter((name) => !everywhere.includes(name))).toEqual([])
  })

  it('S8 gives a fleet traffic where that is asked for, and changes nothing else of it', () => {
    const fleet = (medianPerMinute?: number) => {
      const world = new World()
      const size = { functions: 200, roles: 2, regions: ['us-east-1'], randomSeed: 1 }
      seedFleet(world, medianPerMinute === undefined ? size : { ...size, medianPerMinute })
      return world
    }
    const rates = (world: World) =>
      [...world.account().region('us-east-1').functions.values()].map((found) => found.traffic?.perMinute ?? 0)
    expect(fleet(10).snapshot()).toEqual(fleet().snapshot())
    expect(rates(fleet())).toEqual(Array.from({ length: 200 }, () => 0))
    const sorted = rates(fleet(10)).sort((a, b) => a - b)
    expect(sorted[100]).toBeGreaterThan(6)
    expect(sorted[100]).toBeLessThan(16)
    expect(sorted.at(-1)).toBeGreaterThan(100)
    expect(rates(fleet(10))).toEqual(rates(fleet(10)))
  })

  it('S5 refuses environments that Lambda would refuse', () => {
    expect(() => fleetOf({ environmentBytes: 4097 })).toThrow('is more than Lambda allows (4096)')
  })
})
