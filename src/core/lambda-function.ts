/** A Lambda function, its versions and aliases, as xtrace knows them: no secret ever has a field here. */

export type TracingMode = 'Active' | 'PassThrough'

/** One version of a function ($LATEST or published), copied field by field from AWS's answer. */
export interface LambdaFunction {
  /** Unqualified, whichever call it came from. */
  arn: string
  name: string
  account: string
  region: string
  partition: string
  /** `$LATEST`, `$LATEST.PUBLISHED` or a number as text. */
  version: string
  mode: TracingMode
  /** ARN of the execution role. */
  role: string
  /** Changes with every update, and once more when the update settles. */
  revisionId?: string
  /** Milliseconds since the epoch: when code or configuration was last changed. */
  modifiedAt?: number
  /** Pending, Active, Inactive, Failed …; lists do not have it. */
  state?: string
  stateReason?: string
  /** Successful, Failed, InProgress; absent in lists and before the first update. */
  updateStatus?: string
  updateReason?: string
  /** Absent for container images. */
  runtime?: string
  packageType: 'Zip' | 'Image'
  /** MB */
  memory: number
  codeSha256?: string
  /** Keyed hash of all other settings, to tell whether two versions differ; says nothing outside this process. */
  settings?: string
  /** Names of other tracers whose layer or wrapper the function carries. */
  otherTracers: string[]
  /** ARN of the Lambda@Edge function that this one is a replica of. */
  edgeReplicaOf?: string
  /** Runs `$LATEST.PUBLISHED` for unqualified calls (Lambda Managed Instances). */
  managedInstances: boolean
  snapStart: boolean
}

/** An alias as Lambda stores it. */
export interface Alias {
  name: string
  version: string
  /** Further versions and their share of the calls, 0 to 1; at most one. */
  weights: Record<string, number>
  revisionId?: string
}

/** Whether two aliases serve the same versions with the same shares. */
export function sameRoute(a: Pick<Alias, 'version' | 'weights'>, b: Pick<Alias, 'version' | 'weights'>): boolean {
  const weights = Object.entries(a.weights)
  if (a.version !== b.version || weights.length !== Object.keys(b.weights).length) return false
  return weights.every(([version, weight]) => b.weights[version] === weight)
}

/** What sends events to a function by polling, from its event source mappings. */
export interface EventSource {
  /** Unqualified ARN of the function. */
  function: string
  kind: 'msk' | 'kafka' | 'mq' | 'documentdb' | 'other'
}

/** `arn:P:lambda:R:A:function:NAME[:QUALIFIER]` in its parts. */
export function splitFunctionArn(arn: string): {
  arn: string
  partition: string
  region: string
  account: string
  name: string
} {
  const [, partition = '', , region = '', account = '', , name = ''] = arn.split(':')
  return { arn: arn.split(':').slice(0, 7).join(':'), partition, region, account, name }
}

/** IAM's calls take the role's name: the last segment of its ARN's path. */
export function roleNameOf(roleArn: string): string {
  return roleArn.slice(roleArn.lastIndexOf('/') + 1)
}

/** An update runs, or the function is still being made: Lambda answers 409 to changes until it ends. */
export function isSettling(fn: LambdaFunction): boolean {
  return fn.updateStatus === 'InProgress' || fn.state === 'Pending'
}
