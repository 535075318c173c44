/** What the library asks without changing anything. */
import { LIST_PRICE } from '../core/cost/price.js'
import { readBaseline } from '../core/drift/baseline.js'
import { parseFunctionRef } from '../core/function-ref.js'
import { readRules } from '../core/rules/read-rules.js'
import { BUILT_IN_RULES } from '../core/rules/rules.js'
import { XtraceError } from '../errors.js'
import { auditTracing } from '../usecases/audit/audit-tracing.js'
import type { Audit, Where } from '../usecases/audit/request.js'
import { costTracing } from '../usecases/cost/cost-tracing.js'
import type { Cost } from '../usecases/cost/request.js'
import { showFunctions } from '../usecases/show/show.js'
import type { Shown } from '../usecases/show/shown-row.js'
import type { Verified } from '../usecases/verify/request.js'
import { verifyTracing } from '../usecases/verify/verify-tracing.js'
import { chosen, type Place, placesOf, wholeFunctions } from './choice.js'
import type { AuditOptions, CostOptions, Functions, VerifyOptions } from './options.js'
import { refuseOddFunctions, refuseOddNumber, refuseOddOptions } from './options-check.js'
import { type Result, resultOf } from './result.js'

const EVERYTHING = { all: true } as const
/** Milliseconds, all of them as at the command line. */
const MINUTE = 60_000
const DEFAULT_SINCE = 15 * MINUTE
const LONGEST_SINCE = 30 * 24 * 60 * MINUTE
const LONGEST_WAIT = 60 * MINUTE
const DEFAULT_DAYS = 30
const MOST_DAYS = 365

export async function show({ connection }: Place, functions: readonly string[]): Promise<Result<Shown>> {
  refuseOddFunctions('show', functions)
  if (!Array.isArray(functions)) throw new XtraceError('USAGE', 'show takes a list of names.')
  const refs = functions.map(parseFunctionRef)
  const regions = refs.every((ref) => ref.region) ? [] : await connection.regions()
  return resultOf(await showFunctions({ refs, regions }, connection))
}

export async function audit({ options, connection }: Place, wishes: AuditOptions = {}): Promise<Result<Audit>> {
  refuseOddOptions('audit', wishes)
  const { functions = EVERYTHING, rules, baseline, latestOnly = false } = wishes
  const where: Where = {
    accounts: options.accounts ?? 'own',
    entrance: connection.way,
    regions: options.regions === 'all' ? 'all' : await connection.regions(),
    home: await connection.home(),
  }
  const request = {
    where,
    choice: await chosen(functions, 'audit'),
    source: { kind: 'lambda' },
    rules: rules === undefined ? BUILT_IN_RULES : readRules(rules, 'rules'),
    today: today(connection.clock.now()),
    latestOnly,
    acceptedGaps: [],
    failOn: ['drift', 'incomplete'],
    ...(baseline !== undefined && { baseline: readBaseline(baseline, 'baseline') }),
  } as const
  return resultOf(await auditTracing(request, connection))
}

export async function verify(
  place: Place,
  functions: Functions,
  wishes: VerifyOptions = {},
): Promise<Result<Verified>> {
  refuseOddOptions('verify', wishes)
  const { since = DEFAULT_SINCE, wait = 0 } = wishes
  refuseOddNumber('since', since, MINUTE, LONGEST_SINCE)
  refuseOddNumber('wait', wait, 0, LONGEST_WAIT)
  const choice = await wholeFunctions(functions, 'verify')
  const places = await placesOf(choice, place)
  const request = { choice, ...places, since, wait, rules: BUILT_IN_RULES, today: today(place.connection.clock.now()) }
  return resultOf(await verifyTracing(request, place.connection))
}

export async function cost(place: Place, wishes: CostOptions = {}): Promise<Result<Cost>> {
  refuseOddOptions('cost', wishes)
  const { functions = EVERYTHING, days = DEFAULT_DAYS } = wishes
  const { pricePerMillion = LIST_PRICE.perMillion, freeTraces = LIST_PRICE.freeTraces } = wishes
  refuseOddNumber('days', days, 1, MOST_DAYS)
  refuseOddNumber('pricePerMillion', pricePerMillion, 0, Number.MAX_SAFE_INTEGER)
  refuseOddNumber('freeTraces', freeTraces, 0, Number.MAX_SAFE_INTEGER)
  const choice = await wholeFunctions(functions, 'cost')
  const request = {
    choice,
    ...(await placesOf(choice, place)),
    days,
    price: { perMillion: pricePerMillion, freeTraces },
  }
  return resultOf(await costTracing(request, place.connection))
}

function today(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}
