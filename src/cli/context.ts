/** The composition root: joins the AWS gateways, the clock and the terminal for one run of a command. */
import { runStore } from '../rollout/journal/run-store.js'
import type { StepEvent } from '../rollout/step-outcome.js'
import { refuseOtherAccount } from '../usecases/read/expected-account.js'
import type { RolloutTools } from '../usecases/runs/carry-out.js'
import { stepRow } from '../usecases/runs/step-row.js'
import { chosenRegions, homeRegion } from './chosen/chosen-regions.js'
import { type AccountFlagValues, wayInto } from './flags/account-flags.js'
import { interruption } from './interruption.js'
import { openAws } from './open-aws.js'
import { terminalProgress } from './output/progress.js'
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
  /** Gets the lines of the result as they are known, where that was asked for; resolves when it is ready for more. */
  handOut?(rows: readonly object[]): Promise<void>
  /** What the report has to say besides: where the list of regions is a guess. */
  notes: string[]
  /** Leaves the terminal to a question. */
  pause(): void
  /** Ends the progress line; to be called before anything is printed. */
  close(): void
}

export interface ContextOptions {
  version: string
  /** Whether progress is wanted on stderr. */
  progress: boolean
  /** Gets what is found and done as it happens, in the words of the JSON contract; resolves when it is ready for more. */
  handOut?(rows: readonly object[]): Promise<void>
}

export async function openContext(flags: PlaceFlags, options: ContextOptions): Promise<Context> {
  // The SDK's own warning about Node 20; the engines field of the package says what is needed.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true'
  const stoppable = interruption()
  const { clock } = stoppable
  const own = openAws({ ...flags, version: options.version }, stoppable)
  const expected = flags['expect-account']
  if (expected !== undefined) await refuseOtherAccount(expected, await homeRegion(flags.region, own), own)
  const way = wayInto(flags)
  const aws = way ? own.through(way) : own
  const progress = terminalProgress(options.progress)
  const notes: string[] = []
  const regions = () =>
    chosenRegions(flags['all-regions'] ? 'all' : flags.region, aws, (text) => {
      progress.note(text)
      notes.push(text)
    })
  const runs = runStore(stateFolder(process.env), { clock, random: Math.random })
  const home = () => homeRegion(flags.region, aws)
  const { handOut } = options
  // A rollout is not held up by who reads of it: its events are few.
  const events = handOut && { handOut, onStep: (event: StepEvent) => void handOut([stepRow(event)]) }
  const { pause, close } = progress
  return { aws, clock, progress, runs, regions, home, notes, pause, close, ...events }
}
