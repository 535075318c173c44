/** Reads what AWS Config recorded of functions, and of which accounts and regions that is. */
import type { AggregatedPlace, ConfigGateway, RecordedFunction } from '../../aws/gateways.js'
import { compare } from '../../core/compare.js'
import type { Coverage } from '../../core/report.js'
import { carriesTags, selects } from '../../core/selection.js'
import { XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { allRegions } from '../read/all-regions.js'
import type { Choice } from '../read/choose.js'
import { failedCoverage } from '../read/read-region.js'
import { readableFailure, reading } from '../read/reading.js'
import { regionOff } from '../read/region-off.js'
import type { Tools } from '../tools.js'
import type { Where } from './request.js'

export interface ConfigRecords {
  functions: RecordedFunction[]
  coverage: Coverage[]
  notes: string[]
}

const REGIONS_AT_ONCE = 32

export async function readRecords(
  aggregator: string | undefined,
  where: Where,
  choice: Choice,
  tools: Tools,
): Promise<ConfigRecords> {
  const wanted = chosenBy(choice)
  const records =
    aggregator === undefined ? await readRegions(where, tools) : await readAggregator(aggregator, where, tools)
  const functions = records.functions.filter(wanted)
  const inOrder = functions.sort((a, b) => compare(a.fn.arn, b.fn.arn))
  return { ...records, functions: inOrder, notes: [...records.notes, ...ageNotes(inOrder)] }
}

/** Config records tags as well: nothing else has to be asked for them. */
function chosenBy(choice: Choice): (one: RecordedFunction) => boolean {
  if ('refs' in choice)
    throw new XtraceError('USAGE', '--source config takes everything, or chooses by --match, --tag and the like.')
  const { selection } = choice
  const tagged = (one: RecordedFunction) => carriesTags(one.tags, selection.tags)
  const rest = selects({ ...selection, tags: [] }, undefined)
  return (one) => rest(one.fn) && tagged(one)
}

/** The aggregator answers for all that it collects: no region is named to it. */
async function readAggregator(aggregator: string, { home, accounts }: Where, tools: Tools): Promise<ConfigRecords> {
  const config = await tools.aws.config(home)
  const named = Array.isArray(accounts) ? new Set(accounts) : undefined
  const isWanted = (account: string) => named?.has(account) ?? true
  const functions = (await collect(config, `aggregator ${aggregator}`, tools, aggregator)).filter(({ fn }) =>
    isWanted(fn.account),
  )
  const places = await reading(() => config.aggregatedPlaces(aggregator))
  const known = 'value' in places ? places.value.filter((place) => isWanted(place.account)) : []
  const notes =
    'value' in places
      ? []
      : [
          `what ${aggregator} collects from could not be read: accounts and regions without functions are not listed (${places.unreadable})`,
        ]
  return { functions, coverage: placesOf(functions, known), notes }
}

/** Places that the aggregator tells of, and those that functions stand in. */
function placesOf(functions: readonly RecordedFunction[], places: readonly AggregatedPlace[]): Coverage[] {
  const byPlace = new Map<string, Coverage>()
  for (const { fn } of functions) {
    byPlace.set(`${fn.account} ${fn.region}`, { account: fn.account, region: fn.region, status: 'read' })
  }
  for (const { account, region, status, reason } of places) {
    const place = { account, region }
    const gap = reason ?? `AWS Config calls what it collected there ${status}`
    byPlace.set(
      `${account} ${region}`,
      status === 'current' ? { ...place, status: 'read' } : { ...place, status: 'failed', reason: gap },
    )
  }
  return [...byPlace.values()].sort((a, b) => compare(a.account, b.account) || compare(a.region, b.region))
}

async function readRegions({ regions, home }: Where, tools: Tools): Promise<ConfigRecords> {
  const identity = await tools.aws.identity(home)
  const { account } = await identity.whoAmI()
  const named = regions === 'all' ? (await allRegions(home, tools.aws)).regions : regions
  const read = await inParallel(named, REGIONS_AT_ONCE, async (region) => {
    try {
      const functions = await collect(await tools.aws.config(region), region, tools)
      return { functions, coverage: regionCoverage(account, region, functions) }
    } catch (thrown) {
      const failure = readableFailure(await regionOff(thrown, region, tools.aws))
      return { functions: [], coverage: failedCoverage({ account, region }, failure) }
    }
  })
  return { functions: read.flatMap((one) => one.functions), coverage: read.map((one) => one.coverage), notes: [] }
}

/** Where Config has no function at all, nobody can tell whether there is none or whether it does not record them. */
function regionCoverage(account: string, region: string, functions: readonly RecordedFunction[]): Coverage {
  if (functions.length > 0) return { account, region, status: 'read' }
  const reason = 'AWS Config knows of no function there: it may not record them'
  return { account, region, status: 'failed', reason }
}

async function collect(
  config: ConfigGateway,
  what: string,
  { progress }: Tools,
  aggregator?: string,
): Promise<RecordedFunction[]> {
  const functions: RecordedFunction[] = []
  for await (const page of config.recordedFunctions(aggregator)) {
    functions.push(...page)
    progress.say(`reading ${what}`, functions.length)
  }
  return functions
}

/** A record is as old as the last change that Config saw of its function; the newest tells how far it has come. */
function ageNotes(functions: readonly RecordedFunction[]): string[] {
  const newest = functions
    .flatMap((one) => one.recordedAt ?? [])
    .sort(compare)
    .at(-1)
  const age =
    newest === undefined
      ? 'AWS Config does not say when it recorded these functions'
      : `AWS Config's newest record is of ${newest}`
  return [`${age}: what has changed and is not recorded yet is not in this report`]
}
