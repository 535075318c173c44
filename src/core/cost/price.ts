/** What recorded traces cost in a month, and which part of it is whose. */
import { type Bounds, mapBounds } from './sampling.js'

export interface Price {
  /** Dollars for a million recorded traces. */
  perMillion: number
  /** Recorded traces of a month that cost nothing: once for all accounts that pay together. */
  freeTraces: number
}

/** The list price of most regions, https://aws.amazon.com/xray/pricing/ */
export const LIST_PRICE: Price = { perMillion: 5, freeTraces: 100_000 }

export const DAYS_OF_MONTH = 30

/** Of a month. */
export interface Charge {
  traces: Bounds
  dollars: Bounds
}

/** @param traces of so many days */
export function monthOf(traces: Bounds, days: number): Bounds {
  return mapBounds(traces, (count) => (count * DAYS_OF_MONTH) / days)
}

/**
 * What is free is shared out: each pays its share of what all pay together, so that the parts make up the whole.
 * @param all what is recorded together
 * @returns what is to be paid for a part of it
 */
export function billing(all: Bounds, price: Price): (part: Bounds) => Charge {
  const dollarsATrace = mapBounds(all, (count) =>
    count > price.freeTraces ? (price.perMillion / 1e6) * (1 - price.freeTraces / count) : 0,
  )
  return (traces) => ({ traces, dollars: mapBounds(traces, (count, of) => count * dollarsATrace[of]) })
}
