/** One run's access: which credentials and region it takes, and that nothing is made or asked for twice. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test, vi } from 'vitest'
import type { Access } from './support/access.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, configuration, json, ROLE_ARN, xml } from './support/answers.js'
import { KEYS, ownEnvironment, setEnvironment, withoutKeys } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { fakeAws } from './support/fake-aws.js'

const folder = ownEnvironment()
const aws = fakeAws()

const writeConfig = (text: string) => writeFile(join(folder(), 'config'), text)
const writeCredentials = (text: string) => writeFile(join(folder(), 'credentials'), text)
const identity = () => xml('GetCallerIdentity', `<Arn>arn:x</Arn><Account>${ACCOUNT}</Account>`, 'sts')
const keysUsed = () => aws().signed.map(({ accessKey }) => accessKey)

async function whoAmI(access: Access): Promise<void> {
  aws().answers(identity())
  await (await access.identity()).whoAmI()
}

describe('the default region', () => {
  const config = '[default]\nregion = eu-west-1\n[profile other]\nregion = eu-north-1\n[profile bare]\noutput = json\n'
  const cases: Array<[what: string, env: Record<string, string>, profile: string | undefined, region?: string]> = [
    ['from the default profile', {}, undefined, 'eu-west-1'],
    ['from AWS_REGION first', { AWS_REGION: 'ap-south-1' }, undefined, 'ap-south-1'],
    ['from AWS_REGION, whatever the profile', { AWS_REGION: 'ap-south-1' }, 'other', 'ap-south-1'],
    ['from the profile named', {}, 'other', 'eu-north-1'],
    ['from AWS_PROFILE', { AWS_PROFILE: 'other' }, undefined, 'eu-north-1'],
    ['from the profile named, not from AWS_PROFILE', { AWS_PROFILE: 'bare' }, 'other', 'eu-north-1'],
    ['none where the profile has none', {}, 'bare', undefined],
    ['none where the profile does not exist', {}, 'nowhere', undefined],
  ]
  test.each(cases)('%s', async (_, env, profile, region) => {
    await writeConfig(config)
    setEnvironment(env)
    const { aws: access } = openAccess(profile === undefined ? {} : { profile })
    expect(await access.defaultRegion()).toBe(region)
  })

  test('none without any file', async () => {
    expect(await openAccess().aws.defaultRegion()).toBeUndefined()
  })
})

describe('credentials', () => {
  const profiles = '[default]\naws_access_key_id = AKIADEFAULT\naws_secret_access_key = s\n'
  const named = '[named]\naws_access_key_id = AKIANAMED\naws_secret_access_key = s\n'

  test('from the environment first', async () => {
    await writeCredentials(profiles)
    await whoAmI(openAccess())
    expect(keysUsed()).toEqual([KEYS.AWS_ACCESS_KEY_ID])
  })

  test('from the default profile without keys in the environment', async () => {
    withoutKeys()
    await writeCredentials(profiles + named)
    await whoAmI(openAccess())
    expect(keysUsed()).toEqual(['AKIADEFAULT'])
  })

  test('of the profile named win over keys in the environment, without a word', async () => {
    const warn = vi.spyOn(console, 'warn').mockReturnValue()
    try {
      await writeCredentials(profiles + named)
      await whoAmI(openAccess({ profile: 'named' }))
      expect(keysUsed()).toEqual(['AKIANAMED'])
      expect(warn).not.toHaveBeenCalled()
    } finally {
      warn.mockRestore()
    }
  })

  const missing: Array<[by: string, env: Record<string, string>, options: { profile?: string }]> = [
    ['--profile', {}, { profile: 'nowhere' }],
    ['AWS_PROFILE', { AWS_PROFILE: 'nowhere' }, {}],
  ]
  test.each(missing)('of a profile by %s that is in no file: nothing is sent with others', async (_, env, options) => {
    await writeCredentials(profiles)
    const token = join(folder(), 'token')
    await writeFile(token, 'the token of the machine')
    // What a machine in EKS has; the chain would go on to it.
    setEnvironment({ ...env, AWS_WEB_IDENTITY_TOKEN_FILE: token, AWS_ROLE_ARN: ROLE_ARN })
    const failure = await failureOf((await openAccess(options).identity()).whoAmI())
    expect(failure.code).toBe('NO_CREDENTIALS')
    expect(failure.message).toBe('Profile nowhere is neither in the AWS config file nor in the credentials file.')
    expect(aws().sent).toEqual([])
  })

  test('of the default profile by name, where there is no file: none', async () => {
    const failure = await failureOf((await openAccess({ profile: 'default' }).identity()).whoAmI())
    expect(failure.message).toBe('No AWS credentials: Could not load credentials from any providers')
  })
})

describe('a credential process', () => {
  async function processProfile(): Promise<() => Promise<number>> {
    const [runs, script] = [join(folder(), 'runs'), join(folder(), 'process.mjs')]
    await writeFile(runs, '')
    await writeFile(
      script,
      `import { appendFileSync } from 'node:fs'
       appendFileSync(${JSON.stringify(runs)}, 'x')
       console.log(JSON.stringify({ Version: 1, AccessKeyId: 'AKIAPROCESS', SecretAccessKey: 's' }))`,
    )
    await writeConfig(`[profile process]\ncredential_process = "${process.execPath}" "${script}"\n`)
    return async () => (await readFile(runs, 'utf8')).length
  }

  async function useEveryClient({ lambda, iam, identity: sts }: Access): Promise<void> {
    for (const action of ['AttachRolePolicy', 'PutRolePolicy']) aws().on(action, xml(action))
    aws().on('GetCallerIdentity', identity())
    aws().answers(json(configuration()), json(configuration()), json(configuration()))
    const calls = [
      (await lambda('us-east-1')).getFunction('a'),
      (await lambda('eu-west-1')).getFunction('a'),
      (await lambda('eu-west-2')).getFunction('a'),
      (await iam()).attachPolicy('orders-role', ROLE_ARN),
      (await sts()).whoAmI(),
    ]
    await Promise.all(calls)
  }

  test('runs once for all clients, though they ask at the same time', async () => {
    const runs = await processProfile()
    const access = openAccess({ profile: 'process' })
    await useEveryClient(access)
    await whoAmI(access)
    expect(new Set(keysUsed())).toEqual(new Set(['AKIAPROCESS']))
    expect(keysUsed()).toHaveLength(6)
    expect(await runs()).toBe(1)
  })

  test('is not run before a call needs it', async () => {
    const runs = await processProfile()
    const access = openAccess({ profile: 'process' })
    await access.lambda()
    await access.aws.defaultRegion()
    expect(await runs()).toBe(0)
  })
})

describe('gateways', () => {
  test('are kept: one for a region, one for a partition, also when asked for at once', async () => {
    const { aws: access } = openAccess()
    const [first, again, elsewhere] = await Promise.all([
      access.lambda('us-east-1'),
      access.lambda('us-east-1'),
      access.lambda('eu-west-1'),
    ])
    expect(again).toBe(first)
    expect(elsewhere).not.toBe(first)
    expect(await access.iam('aws')).toBe(await access.iam('aws'))
    expect(await access.iam('aws-cn')).not.toBe(await access.iam('aws'))
  })

  test('of two regions have paces of their own', async () => {
    const access = openAccess()
    await access.lambda('us-east-1')
    await access.lambda('us-east-1')
    await access.lambda('eu-west-1')
    expect(access.paces.map(({ quota }) => quota)).toEqual(['getFunction', 'others', 'getFunction', 'others'])
  })

  test('send each request once: retrying is not left to the SDK', async () => {
    aws().answers({ status: 400, body: { message: 'no' } })
    await failureOf((await openAccess().lambda()).getFunction('orders'))
    expect(aws().sent).toHaveLength(1)
  })
})
