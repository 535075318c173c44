/** What the library asks without changing anything. */
import { LIST_PRICE } from '../core/cost/price.js'
import { readBaseline } from '../core/drift/baseline.js'
import { parseFunctionRef } from '../core/function-ref.js'
import { readRules } from '../core/rules/read-rules.js'
import { BUILT_IN_RULES } from '../core/rules/rules.js'
import { auditTracing } from '../usecases/audit/audit-tracing.js'
import type { Audit, Where } from '../usecases/audit/request.js'
import { costTracing } from '../usecases/cost/cost-tracing.js'
import type { Cost } from '../usecases/cost/request.js'
import { showFunctions } from '../usecases/show.js'
import type { Shown } from '../usecases/shown-row.js'
import type { Verified } from '../usecases/verify/request.js'
import { verifyTracing } from '../usecases/verify/verify-tracing.js'
import { chosen, type Place, placesOf, wholeFunctions } from './choice.js'
import type { AuditOptions, CostOptions, Functions, VerifyOptions } from './options.js'
import { type Result, resultOf } from './result.js'

const EVERYTHING = { all: true } as const
/** Milliseconds, as at the command line. */
const DEFAULT_SINCE = 15 * 60_000
const DEFAULT_DAYS = 30

export async function show({ connection }: Place, functions: readonly string[]): Promise<Result<Shown>> {
  const refs = functions.map(parseFunctionRef)
  const regions = refs.every((ref) => ref.region) ? [] : await connection.regions()
  return resultOf(await showFunctions({ refs, regions }, connection))
}

export async function audit(
  { options, connection }: Place,
  { functions = EVERYTHING, rules, baseline, latestOnly = false }: AuditOptions = {},
): Promise<Result<Audit>> {
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
  { since = DEFAULT_SINCE, wait = 0 }: VerifyOptions = {},
): Promise<Result<Verified>> {
  const choice = await wholeFunctions(functions, 'verify')
  const places = await placesOf(choice, place)
  const request = { choice, ...places, since, wait, rules: BUILT_IN_RULES, today: today(place.connection.clock.now()) }
  return resultOf(await verifyTracing(request, place.connection))
}

export async function cost(
  place: Place,
  { functions = EVERYTHING, days = DEFAULT_DAYS }: CostOptions = {},
): Promise<Result<Cost>> {
  const choice = await wholeFunctions(functions, 'cost')
  const request = { choice, ...(await placesOf(choice, place)), days, price: LIST_PRICE }
  return resultOf(await costTracing(request, place.connection))
}

function today(now: number): string {
  return new Date(now).toISOString().slice(0, 10)
}
