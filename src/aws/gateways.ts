/** What xtrace asks of AWS, in its own words; the files beside this one answer through the SDK. */
import type { Alias, EventSource, LambdaFunction, TracingMode } from '../core/lambda-function.js'
import type { Role } from '../core/policy/role.js'
import type { TagFilter } from '../core/selection.js'
import type { MetricsGateway, XrayGateway } from './telemetry-gateways.js'

/**
 * Every method throws XtraceError with a code of errors.ts and nothing else. Reads are retried on throttling,
 * server errors and lost connections; writes that are not safe to repeat on throttling only. An answer that lacks what was
 * asked for, or holds something else in its place, is SERVER_ERROR at once: nothing is concluded from it.
 */
export interface LambdaGateway {
  /** GetFunctionConfiguration. */
  getFunction(name: string, qualifier?: string): Promise<LambdaFunction>
  /** GetFunction, for its own quota of 100/s; GetFunctionConfiguration where that is denied. */
  pollFunction(name: string): Promise<LambdaFunction>
  /** Pages of all functions, $LATEST only. */
  listFunctions(): AsyncIterable<LambdaFunction[]>
  /** Pages of every version of every function, $LATEST included. */
  listAllVersions(): AsyncIterable<LambdaFunction[]>
  /** Pages of one function's versions, $LATEST first. */
  listVersions(name: string): AsyncIterable<LambdaFunction[]>
  listAliases(name: string): Promise<Alias[]>
  /** Of one function, or of the whole region. */
  listEventSources(name?: string): Promise<EventSource[]>
  listTags(functionArn: string): Promise<Record<string, string>>
  /** UpdateFunctionConfiguration with TracingConfig and RevisionId and nothing else. */
  setMode(name: string, mode: TracingMode, revisionId?: string): Promise<LambdaFunction>
  createFunction(spec: NewFunction): Promise<LambdaFunction>
  /** PublishVersion of $LATEST while its code is this one; without a change it answers the newest version again. */
  publishVersion(name: string, of: PublishSource): Promise<LambdaFunction>
  /** UpdateAlias: the alias serves this version, and those with weights beside it. */
  moveAlias(name: string, alias: Alias): Promise<void>
}

export interface PublishSource {
  codeSha256: string
  revisionId?: string
  /** Renew `$LATEST.PUBLISHED` instead of making a numbered version. */
  latestPublished: boolean
}

/** IAM is global: one gateway serves all regions of a partition. */
export interface IamGateway {
  /** GetRole, its policies and its boundary; what cannot be read is marked in the result, not thrown. */
  readRole(roleArn: string): Promise<Role>
  /** GetAccountAuthorizationDetails to its last page: ARN → role. */
  readAllRoles(): Promise<Map<string, Role>>
  attachPolicy(roleName: string, policyArn: string): Promise<void>
  putInlinePolicy(roleName: string, policyName: string, document: object): Promise<void>
  /** What is not attached any more counts as detached. */
  detachPolicy(roleName: string, policyArn: string): Promise<void>
  deleteInlinePolicy(roleName: string, policyName: string): Promise<void>
}

export interface Caller {
  account: string
  arn: string
}

export interface IdentityGateway {
  whoAmI(): Promise<Caller>
}

export interface TaggingGateway {
  /** ARNs of the region's functions that carry these tags. */
  taggedFunctions(tags: readonly TagFilter[]): Promise<Set<string>>
  /**
   * ARN → the named tags of the functions of the region.
   * @param having a function without any of these may be left out
   * @param keys of the tags that are wanted; those of `having` if not said
   */
  tagsOfFunctions(having: readonly string[], keys?: readonly string[]): Promise<Map<string, Record<string, string>>>
}

/** An account of the organization. */
export interface MemberAccount {
  id: string
  name: string
  /** ACTIVE, SUSPENDED, PENDING_CLOSURE …; what AWS may add as well. */
  state: string
}

export interface OrganizationsGateway {
  /** Pages of all accounts; AWS may send an empty page in the middle. */
  listAccounts(): AsyncIterable<MemberAccount[]>
}

/** A function as AWS Config recorded it; versions, aliases, variables and event sources it does not record. */
export interface RecordedFunction {
  /** Without fields for what Config does not know; managed instances and SnapStart count as not in use. */
  fn: LambdaFunction
  tags: Record<string, string>
  /** ISO 8601: when Config took it down, which it does when something changes. */
  recordedAt?: string
}

/** A place that an aggregator collects from; an organization that cannot be followed stands here by its own id. */
export interface AggregatedPlace {
  account: string
  /** `*` where AWS names none. */
  region: string
  status: 'current' | 'failed' | 'outdated'
  /** AWS's words, where it failed. */
  reason?: string
}

/** AWS Config's advanced queries, of one region or of an aggregator that lives there. */
export interface ConfigGateway {
  /** Pages of the functions that Config has recorded; with an aggregator, those of all its accounts and regions. */
  recordedFunctions(aggregator?: string): AsyncIterable<RecordedFunction[]>
  /** What the aggregator collects from, as far as it says. */
  aggregatedPlaces(aggregator: string): Promise<AggregatedPlace[]>
}

/** Regions that the account has enabled, asked of two services: not every partition has the first. */
export interface RegionsGateway {
  fromAccount(): Promise<string[]>
  fromEc2(): Promise<string[]>
}

/** How other accounts are entered: the same in each. */
export interface WayIn {
  /** Name of the role there, or its whole path and name. */
  role: string
  externalId?: string
}

/** How to enter another account. */
export interface Entrance extends WayIn {
  account: string
}

/** One set of credentials; gateways are made at first use, and their SDK clients loaded then. */
export interface AwsAccess {
  /** From the SDK's own chain: AWS_REGION, then the profile. */
  defaultRegion(): Promise<string | undefined>
  lambda(region: string): Promise<LambdaGateway>
  iam(partition: string): Promise<IamGateway>
  identity(region: string): Promise<IdentityGateway>
  tagging(region: string): Promise<TaggingGateway>
  regions(region: string): Promise<RegionsGateway>
  /** Organizations is global: the caller must be in the management account, or a delegated administrator. */
  organizations(partition: string): Promise<OrganizationsGateway>
  config(region: string): Promise<ConfigGateway>
  xray(region: string): Promise<XrayGateway>
  metrics(region: string): Promise<MetricsGateway>
  /**
   * The same for another account, through a role there. The session is opened at the first call, renewed before it ends, and
   * shared by all gateways of the result; a role that cannot be assumed is ACCESS_DENIED of each call. Credential codes come
   * from the caller's own credentials only: a session that is refused concerns its account, and is ACCESS_DENIED too.
   * @param home region whose STS is asked
   */
  enter(entrance: Entrance, home: string): AwsAccess
  /** The same credentials with a way into other accounts; which account is their own is asked at the first need. */
  through(way: WayIn): AwsAccess
  /** Name of the role by which it enters other accounts; absent: it has no way there. */
  readonly memberRole?: string
  /**
   * The access for an account: this one for its own, and without a way into others for any; whose answers those are has to be
   * checked then. For one account it is always the same one, so that all its calls keep one pace.
   */
  inAccount(account: string, partition: string): Promise<AwsAccess>
}

/** Where the code of a new function comes from. */
export type FunctionCode =
  | { zip: Uint8Array }
  | { s3Bucket: string; s3Key: string; s3ObjectVersion?: string }
  | { imageUri: string }

/** CreateFunction's settings that xtrace offers; tracing is Active always. */
export interface NewFunction {
  name: string
  /** ARN */
  role: string
  code: FunctionCode
  runtime?: string
  handler?: string
  /** MB */
  memory?: number
  /** seconds */
  timeout?: number
  environment?: Record<string, string>
  layers?: string[]
  architecture?: 'x86_64' | 'arm64'
  description?: string
  tags?: Record<string, string>
  publish: boolean
}

/** A token bucket per account, region and quota; every call takes one token, a 429 slows all of them. */
export interface Pace {
  take(): Promise<void>
  backOff(ms: number): void
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Rejects with INTERRUPTED when the run is being stopped. */
  sleep(ms: number): Promise<void>
}
