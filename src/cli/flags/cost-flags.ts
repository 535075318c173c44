/** The flags of a cost report: how many days are read, and what a trace costs. */
import * as Flags from '@oclif/core/flags'
import { LIST_PRICE } from '../../core/cost/price.js'
import { XtraceError } from '../../errors.js'

export const costFlags = {
  days: Flags.integer({
    default: 30,
    min: 1,
    max: 365,
    helpValue: 'N',
    helpGroup: 'COST',
    description: 'How many days of invocations are read; the figures are for a month all the same.',
  }),
  'price-per-million': Flags.string({
    default: String(LIST_PRICE.perMillion),
    helpValue: 'DOLLARS',
    helpGroup: 'COST',
    description: 'Price of a million recorded traces, for other regions or agreements.',
  }),
  'free-traces': Flags.integer({
    default: LIST_PRICE.freeTraces,
    min: 0,
    helpValue: 'N',
    helpGroup: 'COST',
    description: 'Recorded traces of a month that are free; 0 where something else uses them up.',
  }),
}

/** @throws XtraceError USAGE */
export function priceOf(flags: { 'price-per-million': string; 'free-traces': number }) {
  const text = flags['price-per-million']
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) {
    throw new XtraceError('USAGE', `--price-per-million takes dollars, such as 5 or 4.75, not "${text}".`)
  }
  return { perMillion: Number(text), freeTraces: flags['free-traces'] }
}
