/** What each form of Lambda's answers becomes. */
import type { EventSourceMappingConfiguration, FunctionConfiguration } from '@aws-sdk/client-lambda'
import { describe, expect, test } from 'vitest'
import { eventSourceOf, functionOf } from '../../src/aws/lambda-records.js'
import type { EventSource, LambdaFunction } from '../../src/core/lambda-function.js'
import { ACCOUNT, FUNCTION_ARN, ROLE_ARN } from './support/answers.js'

describe('a function', () => {
  const forms: Array<[what: string, answer: FunctionConfiguration, fields: Partial<LambdaFunction>]> = [
    ['no TracingConfig', {}, { mode: 'PassThrough' }],
    ['Active', { TracingConfig: { Mode: 'Active' } }, { mode: 'Active' }],
    ['PassThrough', { TracingConfig: { Mode: 'PassThrough' } }, { mode: 'PassThrough' }],
    ['$LATEST as lists name it', { FunctionArn: `${FUNCTION_ARN}:$LATEST` }, { arn: FUNCTION_ARN, version: '$LATEST' }],
    [
      'a version',
      { FunctionArn: `${FUNCTION_ARN}:7`, Version: '7' },
      { arn: FUNCTION_ARN, name: 'orders', version: '7' },
    ],
    ['by an alias', { FunctionArn: `${FUNCTION_ARN}:live`, Version: '7' }, { arn: FUNCTION_ARN, version: '7' }],
    [
      'another partition',
      { FunctionArn: `arn:aws-us-gov:lambda:us-gov-west-1:${ACCOUNT}:function:orders` },
      { partition: 'aws-us-gov', region: 'us-gov-west-1', account: ACCOUNT },
    ],
    ['an image', { PackageType: 'Image' }, { packageType: 'Image' }],
    ['no memory size', {}, { memory: 128 }],
    ['no layers', {}, { otherTracers: [] }],
    ['SnapStart', { SnapStart: { ApplyOn: 'PublishedVersions' } }, { snapStart: true }],
    ['SnapStart off', { SnapStart: { ApplyOn: 'None' } }, { snapStart: false }],
    [
      'managed instances',
      { CapacityProviderConfig: { LambdaManagedInstancesCapacityProviderConfig: { CapacityProviderArn: 'arn:x' } } },
      { managedInstances: true },
    ],
    ['a replica at the edge', { MasterArn: `${FUNCTION_ARN}:3` }, { edgeReplicaOf: `${FUNCTION_ARN}:3` }],
    [
      'one that failed',
      { State: 'Failed', StateReason: 'KMS key gone', LastUpdateStatus: 'Failed', LastUpdateStatusReason: 'no ENI' },
      { state: 'Failed', stateReason: 'KMS key gone', updateStatus: 'Failed', updateReason: 'no ENI' },
    ],
  ]
  test.each(forms)('%s', (_, answer, fields) => {
    expect(functionOf({ FunctionArn: FUNCTION_ARN, ...answer })).toMatchObject(fields)
  })

  test('as lists give it: what they omit is absent', () => {
    const listed = functionOf({ FunctionArn: FUNCTION_ARN, FunctionName: 'orders', PackageType: 'Image' })
    for (const field of ['state', 'stateReason', 'updateStatus', 'updateReason', 'runtime', 'edgeReplicaOf']) {
      expect(listed).not.toHaveProperty(field)
    }
  })
})

describe('the hash of all other settings', () => {
  const base: FunctionConfiguration = {
    FunctionArn: FUNCTION_ARN,
    Role: ROLE_ARN,
    Timeout: 3,
    MemorySize: 512,
    Environment: { Variables: { A: '1', B: '2' } },
    VpcConfig: { SubnetIds: ['s-1'], SecurityGroupIds: ['g-1'] },
    EphemeralStorage: { Size: 512 },
  }
  const settings = (more: FunctionConfiguration = {}) => functionOf({ ...base, ...more }).settings

  const alike: Array<[what: string, more: FunctionConfiguration]> = [
    ['tracing', { TracingConfig: { Mode: 'Active' } }],
    ['code', { CodeSha256: 'x', CodeSize: 2, RevisionId: 'r', LastModified: 'l' }],
    ['version', { FunctionArn: `${FUNCTION_ARN}:7`, Version: '7' }],
    ['order of the variables', { Environment: { Variables: { B: '2', A: '1' } } }],
    ['state', { State: 'Active', LastUpdateStatus: 'Successful' }],
  ]
  test.each(alike)('does not see a change of %s', (_, more) => expect(settings(more)).toBe(settings()))

  const different: Array<[what: string, more: FunctionConfiguration]> = [
    ['a variable', { Environment: { Variables: { A: '1', B: '3' } } }],
    ['no variables', { Environment: undefined }],
    ['role', { Role: `${ROLE_ARN}-2` }],
    ['timeout', { Timeout: 4 }],
    ['memory', { MemorySize: 1024 }],
    ['runtime', { Runtime: 'nodejs22.x' }],
    ['handler', { Handler: 'other.handler' }],
    ['layers', { Layers: [{ Arn: 'arn:aws:lambda:us-east-1:1:layer:l:1' }] }],
    ['subnets', { VpcConfig: { SubnetIds: ['s-2'], SecurityGroupIds: ['g-1'] } }],
    ['architecture', { Architectures: ['arm64'] }],
    ['storage', { EphemeralStorage: { Size: 1024 } }],
  ]
  test.each(different)('sees a change of %s', (_, more) => expect(settings(more)).not.toBe(settings()))
})

describe('an event source', () => {
  const kinds: Array<[kind: EventSource['kind'], answer: EventSourceMappingConfiguration]> = [
    ['msk', { EventSourceArn: `arn:aws:kafka:us-east-1:${ACCOUNT}:cluster/c/1` }],
    ['msk', { AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'g' } }],
    ['kafka', { SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['k:9092'] } } }],
    ['kafka', { SelfManagedKafkaEventSourceConfig: { ConsumerGroupId: 'g' } }],
    ['mq', { EventSourceArn: `arn:aws:mq:us-east-1:${ACCOUNT}:broker:b:b-1` }],
    ['documentdb', { EventSourceArn: `arn:aws:rds:us-east-1:${ACCOUNT}:cluster:docdb` }],
    ['documentdb', { DocumentDBEventSourceConfig: { DatabaseName: 'd' } }],
    ['other', { EventSourceArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:queue` }],
    ['other', { EventSourceArn: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/kafka` }],
    ['other', {}],
  ]
  test.each(kinds)('%s: %j', (kind, answer) => {
    expect(eventSourceOf({ ...answer, FunctionArn: `${FUNCTION_ARN}:live` })).toEqual({ function: FUNCTION_ARN, kind })
  })
})
