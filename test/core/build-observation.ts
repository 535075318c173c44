/** Builds functions, aliases and observations for the tests of core, rollout and render. */
import type { LambdaFunction } from '../../src/core/lambda-function.js'
import type { Permission } from '../../src/core/policy/permission.js'
import type { Observation, ServedAlias } from '../../src/core/verdict.js'

export const ACCOUNT = '111122223333'
export const ROLE = `arn:aws:iam::${ACCOUNT}:role/service/orders`

export function functionArn(name: string, region = 'us-east-1'): string {
  return `arn:aws:lambda:${region}:${ACCOUNT}:function:${name}`
}

/** A function with tracing off; its ARN follows from its name and region. */
export function fn(name: string, more: Partial<LambdaFunction> = {}): LambdaFunction {
  const region = more.region ?? 'us-east-1'
  return {
    arn: functionArn(name, region),
    name,
    account: ACCOUNT,
    region,
    partition: 'aws',
    version: '$LATEST',
    mode: 'PassThrough',
    role: ROLE,
    revisionId: `${name}-r1`,
    runtime: 'nodejs22.x',
    packageType: 'Zip',
    memory: 128,
    otherTracers: [],
    managedInstances: false,
    snapStart: false,
    ...more,
  }
}

export const YES: Permission = { answer: 'yes', because: 'AWSXRayDaemonWriteAccess allows both' }
export const NO: Permission = { answer: 'no', because: 'no policy allows xray:PutTraceSegments' }
export const UNSURE: Permission = { answer: 'unknown', because: 'policy team-base could not be read: AccessDenied' }

/** Everything was read, and nothing stands in the way. */
export function observation(subject: LambdaFunction, more: Partial<Observation> = {}): Observation {
  return { fn: subject, aliases: { value: [] }, eventSources: { value: [] }, permission: YES, ...more }
}

/** `alias('live', '3', { 3: 'Active' })`; weights name further versions and their share of the calls. */
export function alias(
  name: string,
  version: string,
  modes: ServedAlias['modes'],
  weights: Record<string, number> = {},
): ServedAlias {
  return { name, version, weights, modes }
}
