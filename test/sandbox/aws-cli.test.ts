/** The AWS CLI, a client that nobody here wrote, uses the sandbox. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Sandbox, startSandbox } from '../../src/sandbox/server.js'

const run = promisify(execFile)
const WRITE = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'

describe('the AWS CLI', () => {
  let sandbox: Sandbox
  let installed: boolean

  beforeAll(async () => {
    sandbox = await startSandbox({ settings: { iamDelayMs: 0, settleMs: 0 } })
    const account = sandbox.world.account()
    const role = account.addRole({ name: 'worker', managed: ['AWSLambdaBasicExecutionRole'] }).arn
    account.region('us-east-1').addFunction({ name: 'fn', role, versions: [{}], tags: { team: 'orders' } })
    const writer = account.addRole({ name: 'writer', managed: ['AWSXRayDaemonWriteAccess'] }).arn
    const traffic = { perMinute: 60 }
    account.region('us-east-1').addFunction({ name: 'traced', role: writer, mode: 'Active', traffic })
    const folders = (process.env.PATH ?? '').split(delimiter)
    installed = folders.some((folder) => existsSync(join(folder, 'aws')))
  })
  afterAll(() => sandbox.close())

  const aws = async (command: string): Promise<unknown> => {
    const { AWS_CA_BUNDLE: _unused, AWS_PROFILE: _other, AWS_SESSION_TOKEN: _old, ...environment } = process.env
    const { stdout } = await run('aws', [...command.split(' '), '--output', 'json'], {
      env: {
        ...environment,
        AWS_ENDPOINT_URL: sandbox.url,
        AWS_ACCESS_KEY_ID: 'AKIA123456789012TEST',
        AWS_SECRET_ACCESS_KEY: 'secret',
        AWS_DEFAULT_REGION: 'us-east-1',
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_MAX_ATTEMPTS: '1',
      },
    })
    return stdout === '' ? undefined : JSON.parse(stdout)
  }
  const error = (command: string): Promise<string> =>
    aws(command).then(
      () => '',
      (failure: { stderr?: string }) => failure.stderr ?? '',
    )

  it('reads and changes roles and functions', async () => {
    if (!installed) {
      process.stderr.write('the AWS CLI is not on PATH: only that was asserted\n')
      await expect(run('aws', ['--version'])).rejects.toThrow()
      return
    }
    const update = 'lambda update-function-configuration --tracing-config Mode=Active --function-name'
    const ended = Math.floor(Date.now() / 3_600_000) * 3600
    const hour = `--start-time ${ended - 3600} --end-time ${ended}`
    const Dimensions = [{ Name: 'FunctionName', Value: 'traced' }]
    const Metric = { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions }
    const invocations = { Id: 'm0', MetricStat: { Metric, Period: 3600, Stat: 'Sum' } }
    const byTag = 'resourcegroupstaggingapi get-resources --resource-type-filters lambda:function --tag-filters'
    expect(await aws(`iam attach-role-policy --role-name worker --policy-arn ${WRITE}`)).toBeUndefined()
    const [listed, qualified, updated, tagged, traces, metrics, details] = await Promise.all([
      aws('lambda list-functions'),
      error(`${update} fn:1`),
      aws(`${update} fn`),
      aws(`${byTag} Key=team,Values=orders,payments`),
      aws(`xray get-trace-summaries --max-items 3 --filter-expression service("traced") ${hour}`),
      aws(`cloudwatch get-metric-data ${hour} --metric-data-queries ${JSON.stringify([invocations])}`),
      aws('iam get-account-authorization-details --filter Role'),
    ])
    expect(listed).toMatchObject({ Functions: [{ FunctionName: 'fn' }, { FunctionName: 'traced' }] })
    expect(qualified).toContain('(InvalidParameterValueException)')
    expect(qualified).toContain('Current operation does not support versions other than $LATEST.')
    expect(updated).toMatchObject({ TracingConfig: { Mode: 'Active' }, LastUpdateStatus: 'InProgress' })
    expect(tagged).toEqual({
      ResourceTagMappingList: [
        {
          ResourceARN: 'arn:aws:lambda:us-east-1:123456789012:function:fn',
          Tags: [{ Key: 'team', Value: 'orders' }],
        },
      ],
    })
    expect(traces).toMatchObject({ TraceSummaries: [{ EntryPoint: { Name: 'traced' } }, {}, {}] })
    expect(metrics).toMatchObject({ MetricDataResults: [{ Id: 'm0', Values: [expect.any(Number)] }] })
    expect(details).toMatchObject({
      RoleDetailList: [
        { RoleName: 'worker', AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow' }] } },
        { RoleName: 'writer' },
      ],
    })
  })
})
