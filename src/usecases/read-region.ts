/** Reads all functions of one region in pages: no call per function, but one for those that have versions. */
import type { LambdaGateway } from '../aws/gateways.js'
import type { EventSource, LambdaFunction, TracingMode } from '../core/lambda-function.js'
import type { Coverage } from '../core/report.js'
import type { Reading, ServedAlias } from '../core/verdict.js'
import type { XtraceError } from '../errors.js'
import { inParallel } from '../rollout/in-parallel.js'
import { readableFailure, reading } from './reading.js'
import { regionOff } from './region-off.js'
import { served, withManagedInstances } from './served.js'
import type { Tools } from './tools.js'

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

/** version → mode, of one function */
type Modes = Map<string, TracingMode>

const AT_ONCE = 8

export async function readRegion(region: string, tools: Tools): Promise<RegionReading> {
  const lambda = await tools.aws.lambda(region)
  const listing = await listFunctions(lambda, region, tools)
  if (listing.latest.length === 0)
    return { region, functions: [], ...(listing.failure && { failure: listing.failure }) }
  const sources = await sourcesByFunction(lambda)
  const functions = await inParallel(listing.latest, AT_ONCE, async (fn): Promise<FunctionReading> => {
    const aliases = await aliasesOf(lambda, fn, listing.modes.get(fn.arn) ?? new Map())
    return { fn, aliases, eventSources: sourcesOf(fn, sources) }
  })
  return { region, functions, ...(listing.failure && { failure: listing.failure }) }
}

interface Listing {
  latest: LambdaFunction[]
  /** function ARN → version → mode */
  modes: Map<string, Modes>
  failure?: XtraceError
}

/** Of versions only the mode is kept: there may be a hundred for each function. */
async function listFunctions(lambda: LambdaGateway, region: string, tools: Tools): Promise<Listing> {
  const listing: Listing = { latest: [], modes: new Map() }
  try {
    for await (const page of lambda.listAllVersions()) {
      for (const fn of page) {
        if (fn.version === '$LATEST') listing.latest.push(fn)
        const modes = listing.modes.get(fn.arn) ?? new Map<string, TracingMode>()
        listing.modes.set(fn.arn, modes.set(fn.version, fn.mode))
      }
      tools.progress.say(`reading ${region}`, listing.latest.length)
    }
    return listing
  } catch (thrown) {
    return { ...listing, failure: readableFailure(await regionOff(thrown, region, tools.aws)) }
  }
}

/** A function without published versions can have aliases to $LATEST only: those follow its mode. */
async function aliasesOf(lambda: LambdaGateway, fn: LambdaFunction, modes: Modes): Promise<Reading<ServedAlias[]>> {
  if (modes.size < 2) return { value: served(withManagedInstances(fn, []), modes) }
  return reading(async () => served(withManagedInstances(fn, await lambda.listAliases(fn.name)), modes))
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

export function coverageOf(reading: RegionReading, account: string): Coverage {
  const place = { account, region: reading.region }
  if (!reading.failure) return { ...place, status: 'read' }
  return { ...place, status: statusOf(reading.failure), reason: reading.failure.message }
}

function statusOf(failure: XtraceError): Coverage['status'] {
  if (failure.code === 'ACCESS_DENIED') return failure.aws?.denial === 'scp' ? 'denied-scp' : 'denied-iam'
  if (failure.code === 'REGION_NOT_ENABLED') return 'not-enabled'
  return failure.code === 'THROTTLED' ? 'throttled' : 'failed'
}
