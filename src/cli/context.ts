/** The composition root: joins the AWS gateways, the clock and the terminal for one run of a command. */
import { awsAccess } from '../aws/clients.js'
import type { AwsAccess } from '../aws/gateways.js'
import { XtraceError } from '../errors.js'
import { TokenBucket } from '../rollout/limiter.js'
import { runStore } from '../rollout/run-store.js'
import type { StepEvent } from '../rollout/step-outcome.js'
import { allRegions } from '../usecases/all-regions.js'
import type { RolloutTools } from '../usecases/carry-out.js'
import { stepRow } from '../usecases/step-row.js'
import { type AccountFlagValues, wayInto } from './account-flags.js'
import { interruption } from './interruption.js'
import { terminalProgress } from './progress.js'
import { stateFolder } from './state-folder.js'

export interface PlaceFlags extends AccountFlagValues {
  region?: string[] | undefined
  profile?: string | undefined
  'expect-account'?: string | undefined
  'all-regions'?: boolean
  rate?: number
}

export interface Context extends RolloutTools {
  /** The regions that the flags name, else the default one. Throws NO_REGION when there is none. */
  regions(): Promise<string[]>
  /** Where services that are not regional are asked: the first region that is named, or the default one. */
  home(): Promise<string>
  /** Gets each line of the result as it is known, where that was asked for. */
  onEvent?(row: object): void
  /** What the report has to say besides: where the list of regions is a guess. */
  notes: string[]
  /** Leaves the terminal to a question. */
  pause(): void
  /** Ends the progress line; to be called before anything is printed. */
  close(): void
}

/** AWS allows 15 control-plane requests/s for an account and region; 12 leaves room for other deployments. */
const RATE = 12
/** Of the 100/s that GetFunction has for itself. */
const GET_FUNCTION_RATE = 80

export interface ContextOptions {
  version: string
  /** Whether progress is wanted on stderr. */
  progress: boolean
  /** Gets every event of a rollout as it happens, in the words of the JSON contract. */
  onEvent?(row: object): void
}

export async function openContext(flags: PlaceFlags, options: ContextOptions): Promise<Context> {
  // The SDK's own warning about Node 20; the engines field of the package says what is needed.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const { clock, checkpoint } = interruption()
  const own = awsAccess({
    clock,
    checkpoint,
    random: Math.random,
    version: options.version,
    pace: (quota) => new TokenBucket(quota === 'getFunction' ? GET_FUNCTION_RATE : (flags.rate ?? RATE), clock),
    ...(flags.profile !== undefined && { profile: flags.profile }),
  })
  await refuseOtherAccount(flags, own)
  const way = wayInto(flags)
  const aws = way ? own.through(way) : own
  const progress = terminalProgress(options.progress)
  const notes: string[] = []
  const regions = () =>
    regionsOf(flags, aws, (text) => {
      progress.note(text)
      notes.push(text)
    })
  const runs = runStore(stateFolder(process.env), { clock, random: Math.random })
  const home = async () => flags.region?.[0] ?? (await defaultRegion(aws)) ?? 'us-east-1'
  const { onEvent } = options
  const events = onEvent && { onEvent, onStep: (event: StepEvent) => onEvent(stepRow(event)) }
  const { pause, close } = progress
  return { aws, clock, progress, runs, regions, home, notes, pause, close, ...events }
}

/** AWS_DEFAULT_REGION is the AWS CLI's word; the SDK does not know it. */
async function defaultRegion(aws: AwsAccess): Promise<string | undefined> {
  return (await aws.defaultRegion()) ?? process.env.AWS_DEFAULT_REGION
}

async function regionsOf(flags: PlaceFlags, aws: AwsAccess, note: (text: string) => void): Promise<string[]> {
  if (flags.region?.length) return [...new Set(flags.region)]
  const region = await defaultRegion(aws)
  if (flags['all-regions']) {
    const everywhere = await allRegions(region ?? 'us-east-1', aws)
    if (everywhere.note !== undefined) note(everywhere.note)
    return everywhere.regions
  }
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
