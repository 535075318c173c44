/** The composition root: joins the AWS gateways, the clock and the terminal for one run of a command. */
import { awsAccess } from '../aws/clients.js'
import type { AwsAccess } from '../aws/gateways.js'
import { XtraceError } from '../errors.js'
import { TokenBucket } from '../rollout/limiter.js'
import type { Tools } from '../usecases/tools.js'
import { interruption } from './interruption.js'
import { terminalProgress } from './progress.js'

export interface PlaceFlags {
  region?: string[] | undefined
  profile?: string | undefined
  'expect-account'?: string | undefined
}

export interface Context extends Tools {
  /** The regions that the flags name, else the default one. Throws NO_REGION when there is none. */
  regions(): Promise<string[]>
  /** Ends the progress line; to be called before anything is printed. */
  close(): void
}

/** AWS allows 15 control-plane requests/s for an account and region; 12 leaves room for other deployments. */
const RATE = { others: 12, getFunction: 80 }

export async function openContext(
  flags: PlaceFlags,
  options: { version: string; progress: boolean },
): Promise<Context> {
  // The SDK's own warning about Node 20; the engines field of the package says what is needed.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const { clock, checkpoint } = interruption()
  const aws = awsAccess({
    clock,
    checkpoint,
    random: Math.random,
    version: options.version,
    pace: (quota) => new TokenBucket(RATE[quota], clock),
    ...(flags.profile !== undefined && { profile: flags.profile }),
  })
  const regions = () => regionsOf(flags, aws)
  await refuseOtherAccount(flags, aws)
  const progress = terminalProgress(options.progress)
  return { aws, clock, progress, regions, close: progress.close }
}

async function regionsOf(flags: PlaceFlags, aws: AwsAccess): Promise<string[]> {
  if (flags.region?.length) return [...new Set(flags.region)]
  // AWS_DEFAULT_REGION is the AWS CLI's word; the SDK does not know it.
  const region = (await aws.defaultRegion()) ?? process.env.AWS_DEFAULT_REGION
  if (!region) throw new XtraceError('NO_REGION', 'No region was given, and none is configured.')
  return [region]
}

async function refuseOtherAccount(flags: PlaceFlags, aws: AwsAccess): Promise<void> {
  const expected = flags['expect-account']
  if (expected === undefined) return
  const region = flags.region?.[0] ?? (await aws.defaultRegion()) ?? 'us-east-1'
  const identity = await aws.identity(region)
  const { account, arn } = await identity.whoAmI()
  if (account === expected) return
  throw new XtraceError(
    'UNEXPECTED_ACCOUNT',
    `Expected account ${expected}, but these are credentials of ${account} (${arn}).`,
  )
}
