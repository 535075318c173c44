/** Reads all functions of one region in pages: no call per function, but one for those that have versions. */
import type { LambdaGateway } from '../../aws/gateways.js'
import type { Alias, EventSource, LambdaFunction } from '../../core/lambda-function.js'
import type { Coverage } from '../../core/report.js'
import type { Reading, ServedAlias } from '../../core/verdict.js'
import type { XtraceError } from '../../errors.js'
import type { Tools } from '../tools.js'
import { AliasReader } from './alias-reader.js'
import { readableFailure, reading } from './reading.js'
import { regionOff } from './region-off.js'
import { served, type VersionFacts, withManagedInstances } from './served.js'

export interface RegionReading {
  region: string
  functions: FunctionReading[]
  /** Why the region, or the rest of it, could not be read. */
  failure?: XtraceError
}

export interface FunctionReading {
  fn: LambdaFunction
  aliases: Reading<ServedAlias[]>
  eventSources: Reading<EventSource[]>
}

/** Of one function, by version. */
type Versions = Map<string, VersionFacts>

export interface RegionWishes {
  /** Of the others nothing more is read than their line in the list. */
  wanted?(fn: LambdaFunction): boolean
  /** False: nobody asks for them. */
  eventSources?: boolean
  /** Neither versions nor aliases are read: a function counts as having none. */
  latestOnly?: boolean
  /** Whose aliases are read although there is no version that they could hide. */
  aliasesAnyway?(fn: LambdaFunction): boolean
  /** Gets the functions as soon as they are listed, before their aliases are read. */
  onListed?(functions: readonly LambdaFunction[]): void
}

export async function readRegion(region: string, tools: Tools, wishes: RegionWishes = {}): Promise<RegionReading> {
  const { eventSources = true, latestOnly = false, aliasesAnyway = () => false } = wishes
  const lambda = await tools.aws.lambda(region)
  const aliases = new AliasReader(lambda)
  const listing = await listFunctions(lambda, region, aliases, wishes, tools)
  wishes.onListed?.(listing.latest)
  const failure = listing.failure && { failure: listing.failure }
  if (listing.latest.length === 0) return { region, functions: [], ...failure }
  if (!latestOnly) for (const fn of listing.latest) if (aliasesAnyway(fn)) aliases.begin(fn)
  const sources = eventSources ? await sourcesByFunction(lambda) : { value: new Map<string, EventSource[]>() }
  const functions = listing.latest.map(async (fn): Promise<FunctionReading> => {
    const versions = listing.versions.get(fn.arn) ?? new Map()
    return {
      fn,
      aliases: servedBy(fn, await aliases.of(fn), versions, latestOnly),
      eventSources: sourcesOf(fn, sources),
    }
  })
  return { region, functions: await Promise.all(functions), ...failure }
}

interface Listing {
  latest: LambdaFunction[]
  /** By the function's ARN. */
  versions: Map<string, Versions>
  failure?: XtraceError
}

/** Of versions little is kept: there may be a hundred for each function. */
async function listFunctions(
  lambda: LambdaGateway,
  region: string,
  aliases: AliasReader,
  { wanted = () => true, latestOnly = false }: RegionWishes,
  tools: Tools,
): Promise<Listing> {
  const listing: Listing = { latest: [], versions: new Map() }
  try {
    for await (const page of latestOnly ? lambda.listFunctions() : lambda.listAllVersions()) {
      for (const fn of page) {
        if (!wanted(fn)) continue
        if (fn.version === '$LATEST') listing.latest.push(fn)
        else aliases.begin(fn)
        const versions = listing.versions.get(fn.arn) ?? new Map<string, VersionFacts>()
        const facts = { mode: fn.mode, codeSha256: fn.codeSha256, settings: fn.settings }
        listing.versions.set(fn.arn, versions.set(fn.version, facts))
      }
      tools.progress.say(`reading ${region}`, listing.latest.length)
    }
    return listing
  } catch (thrown) {
    return { ...listing, failure: readableFailure(await regionOff(thrown, region, tools.aws)) }
  }
}

/** A function without published versions can have aliases to $LATEST only: those follow its mode. */
function servedBy(
  fn: LambdaFunction,
  aliases: Reading<Alias[]>,
  versions: Versions,
  latestOnly: boolean,
): Reading<ServedAlias[]> {
  if ('unreadable' in aliases) return aliases
  return { value: latestOnly ? [] : served(withManagedInstances(fn, aliases.value), versions) }
}

async function sourcesByFunction(lambda: LambdaGateway): Promise<Reading<Map<string, EventSource[]>>> {
  return reading(async () => {
    const byFunction = new Map<string, EventSource[]>()
    for (const source of await lambda.listEventSources()) {
      byFunction.set(source.function, [...(byFunction.get(source.function) ?? []), source])
    }
    return byFunction
  })
}

function sourcesOf(fn: LambdaFunction, sources: Reading<Map<string, EventSource[]>>): Reading<EventSource[]> {
  return 'unreadable' in sources ? sources : { value: sources.value.get(fn.arn) ?? [] }
}

export function coverageOf(reading: Pick<RegionReading, 'region' | 'failure'>, account: string): Coverage {
  const place = { account, region: reading.region }
  return reading.failure ? failedCoverage(place, reading.failure) : { ...place, status: 'read' }
}

export function failedCoverage(place: Pick<Coverage, 'account' | 'region'>, failure: XtraceError): Coverage {
  return { ...place, status: statusOf(failure), reason: failure.message }
}

function statusOf(failure: XtraceError): Coverage['status'] {
  if (failure.code === 'ACCESS_DENIED') return failure.aws?.denial === 'scp' ? 'denied-scp' : 'denied-iam'
  if (failure.code === 'REGION_NOT_ENABLED') return 'not-enabled'
  return failure.code === 'THROTTLED' ? 'throttled' : 'failed'
}
