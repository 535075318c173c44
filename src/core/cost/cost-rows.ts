/** What tracing of each function costs, as it is now and with tracing on: the most expensive first. */
import { compare } from '../compare.js'
import type { LambdaFunction, TracingMode } from '../lambda-function.js'
import type { Permission } from '../policy/permission.js'
import { billing, type Charge, monthOf, type Price } from './price.js'
import { addBounds, type Bounds, mapBounds, NONE } from './sampling.js'

/** A function with what was read of it. */
export interface CountedFunction {
  fn: LambdaFunction
  /** Absent where tracing is off: then nobody asked. */
  permission?: Permission
  /** Why X-Ray cannot trace it. */
  unsupported?: string
  /** Of the days that were read; absent where CloudWatch did not tell. */
  counted?: { invocations: number; traces: Bounds }
}

/** In the words of the public JSON contract. */
export interface CostRow {
  arn: string
  name: string
  account: string
  region: string
  mode: TracingMode
  /** Null where tracing is off: then it was not asked. */
  permission: Permission | null
  /** Why X-Ray cannot trace it, where it cannot. */
  unsupported?: string
  /** Of the days that were read; null where they are not known, and then nothing else is. */
  invocations: number | null
  now: Charge | null
  after: Charge | null
}

export interface CostTotal {
  /** Of the days that were read, like that of each function. */
  invocations: number
  now: Charge
  after: Charge
  /** Of what is expected. */
  difference: { traces: number; dollars: number }
}

export interface Costs {
  rows: CostRow[]
  /** Of those that are known. */
  total: CostTotal
}

/** A trace is charged to the account once, whichever function recorded it: who pays how much is worked out of all together. */
export function costsOf(functions: readonly CountedFunction[], days: number, price: Price): Costs {
  const known = functions.flatMap((one) => (one.counted ? [recordedBy(one, one.counted, days)] : []))
  const allNow = known.map((one) => one.now).reduce(addBounds, NONE)
  const allAfter = known.map((one) => one.after).reduce(addBounds, NONE)
  const [billNow, billAfter] = [billing(allNow, price), billing(allAfter, price)]
  const rows = known.map(({ one, invocations, now, after }) => ({
    ...whatItIs(one),
    invocations,
    now: tidied(billNow(now)),
    after: tidied(billAfter(after)),
  }))
  const unknown = functions.filter((one) => !one.counted)
  return {
    rows: [
      ...rows.sort(byCost),
      ...unknown.map((one) => ({ ...whatItIs(one), invocations: null, now: null, after: null })).sort(byPlace),
    ],
    total: totalOf(
      known.reduce((sum, one) => sum + one.invocations, 0),
      billNow(allNow),
      billAfter(allAfter),
    ),
  }
}

interface Recorded {
  one: CountedFunction
  invocations: number
  /** Traces of a month. */
  now: Bounds
  after: Bounds
}

function recordedBy(one: CountedFunction, counted: { invocations: number; traces: Bounds }, days: number): Recorded {
  const traces = monthOf(counted.traces, days)
  const { invocations } = counted
  return { one, invocations, now: now(one, traces), after: one.unsupported === undefined ? traces : NONE }
}

/** Without permission traces are lost before they are counted; what a role may do that cannot be read may be nothing. */
function now({ fn, permission, unsupported }: CountedFunction, traces: Bounds): Bounds {
  if (fn.mode !== 'Active' || unsupported !== undefined || permission?.answer === 'no') return NONE
  return permission?.answer === 'yes' ? traces : { ...NONE, most: traces.most }
}

function whatItIs({ fn, permission, unsupported }: CountedFunction) {
  const { arn, name, account, region, mode } = fn
  const known = { arn, name, account, region, mode, permission: permission ?? null }
  return unsupported === undefined ? known : { ...known, unsupported }
}

function totalOf(invocations: number, now: Charge, after: Charge): CostTotal {
  const difference = {
    traces: tidyTraces(after.traces.expected - now.traces.expected),
    dollars: tidyDollars(after.dollars.expected - now.dollars.expected),
  }
  return { invocations, now: tidied(now), after: tidied(after), difference }
}

/** Each pays in proportion to its traces; where nothing is recorded there may still be calls. */
function byCost(a: KnownCost, b: KnownCost): number {
  return b.after.traces.expected - a.after.traces.expected || b.invocations - a.invocations || byPlace(a, b)
}

type KnownCost = CostRow & { invocations: number; now: Charge; after: Charge }

function byPlace(a: CostRow, b: CostRow): number {
  return compare(a.account, b.account) || compare(a.region, b.region) || compare(a.name, b.name)
}

/** Further digits are nothing but the noise of floating point; the parts still make up the whole to the cent. */
function tidied({ traces, dollars }: Charge): Charge {
  return { traces: mapBounds(traces, tidyTraces), dollars: mapBounds(dollars, tidyDollars) }
}

function tidyTraces(count: number): number {
  return Math.round(count * 1e2) / 1e2
}

function tidyDollars(dollars: number): number {
  return Math.round(dollars * 1e8) / 1e8
}
