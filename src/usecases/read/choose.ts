/** Finds the functions that a change is about in one account: named one by one, or selected from whole regions. */
import type { FunctionRef } from '../../core/function-ref.js'
import type { EventSource, LambdaFunction } from '../../core/lambda-function.js'
import type { Coverage } from '../../core/report.js'
import { type Selection, selects } from '../../core/selection.js'
import type { Reading, ServedAlias } from '../../core/verdict.js'
import { XtraceError } from '../../errors.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { Tools } from '../tools.js'
import { coverageOf, type RegionReading, type RegionWishes, readRegion } from './read-region.js'
import { readableFailure, reading } from './reading.js'
import { regionOff } from './region-off.js'
import { readServed } from './served.js'
import { type Purpose, readTargets, type Target, targetsOf } from './targets.js'

export type Choice = { refs: FunctionRef[] } | { selection: Selection }

/** A function as far as Lambda alone tells; the role comes later. */
export interface Chosen {
  fn: LambdaFunction
  aliases: Reading<ServedAlias[]>
  eventSources: Reading<EventSource[]>
}

export interface Choosing {
  chosen: Chosen[]
  /** Named functions that could not be read, with the reason. */
  unread: Target[]
  coverage: Coverage[]
  /** What the reader should know of where was looked. */
  notes: string[]
}

const AT_ONCE = 10
const REGIONS_AT_ONCE = 32

/** @param regions for names that say none themselves, and where a selection looks */
export function choose(choice: Choice, regions: readonly string[], purpose: Purpose, tools: Tools): Promise<Choosing> {
  return 'refs' in choice
    ? chooseTargets(targetsOf(choice.refs, regions), purpose, tools)
    : chooseSelected(choice.selection, regions, purpose, tools)
}

/** @param wanted those that have an error already are not looked for */
export async function chooseTargets(wanted: readonly Target[], purpose: Purpose, tools: Tools): Promise<Choosing> {
  const targets = await readTargets(wanted, purpose, tools)
  const found = targets.flatMap((target) => target.fn ?? [])
  const unique = [...new Map(found.map((fn) => [fn.arn, fn])).values()]
  const chosen = await inParallel(unique, AT_ONCE, async (fn): Promise<Chosen> => {
    const lambda = await (await accessTo(fn.arn, tools.aws)).lambda(fn.region)
    const sources = (): Promise<Reading<EventSource[]>> => reading(() => lambda.listEventSources(fn.name))
    const wishes = wishesFor(purpose)
    const [aliases, eventSources] = await Promise.all([
      wishes.latestOnly ? { value: [] } : readServed(lambda, fn),
      wishes.eventSources ? sources() : { value: [] },
    ])
    return { fn, aliases, eventSources }
  })
  return { chosen, unread: targets.filter((target) => !target.fn), coverage: [], notes: [] }
}

/** @throws XtraceError the first reason, where no region at all could be read */
async function chooseSelected(
  selection: Selection,
  regions: readonly string[],
  purpose: Purpose,
  tools: Tools,
): Promise<Choosing> {
  const wishes = wishesFor(purpose)
  const readings = await inParallel(regions, REGIONS_AT_ONCE, (region) => selectIn(region, selection, wishes, tools))
  const chosen = readings.flatMap((one) => one.functions)
  const [first] = readings
  if (first?.failure && chosen.length === 0 && readings.every((one) => one.failure)) throw first.failure
  const account = chosen[0]?.fn.account ?? 'unknown'
  return {
    chosen,
    unread: [],
    coverage: readings.map((one) => coverageOf(one, account)),
    notes: [],
  }
}

/** Turning tracing off asks nothing of the event sources, and what it costs is asked of whole functions. */
export function wishesFor(purpose: Purpose): { eventSources: boolean; latestOnly: boolean } {
  return { eventSources: purpose !== 'disable', latestOnly: purpose === 'cost' }
}

/** Tags are read first, and what cannot be read is thrown, unless the region is off: a tag that is unknown selects nothing. */
async function selectIn(
  region: string,
  selection: Selection,
  wishes: Omit<RegionWishes, 'wanted'>,
  tools: Tools,
): Promise<RegionReading> {
  if (selection.tags.length === 0)
    return readRegion(region, tools, { ...wishes, wanted: selects(selection, undefined) })
  const tagging = await tools.aws.tagging(region)
  try {
    const tagged = await tagging.taggedFunctions(selection.tags)
    if (tagged.size === 0) return { region, functions: [] }
    return await readRegion(region, tools, { ...wishes, wanted: selects(selection, tagged) })
  } catch (thrown) {
    const error = await regionOff(thrown, region, tools.aws)
    if (!(error instanceof XtraceError) || error.code !== 'REGION_NOT_ENABLED') throw error
    return { region, functions: [], failure: error }
  }
}

/** Among many places one that cannot be read, or whose tags cannot, is a gap like any other. */
export async function selectOrGap(
  region: string,
  selection: Selection,
  wishes: Omit<RegionWishes, 'wanted'>,
  tools: Tools,
): Promise<RegionReading> {
  try {
    return await selectIn(region, selection, wishes, tools)
  } catch (error) {
    return { region, functions: [], failure: readableFailure(error) }
  }
}
