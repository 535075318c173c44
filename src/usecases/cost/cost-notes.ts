/** What the reader of a cost report should know besides: how the figures came about, and what is not in them. */
import type { CostRow } from '../../core/cost/cost-rows.js'
import { readingDollars } from '../../core/cost/metric-reading.js'
import { LIST_PRICE } from '../../core/cost/price.js'
import { countText, moneyText } from '../../core/cost/text.js'
import type { Chosen } from '../read/choose.js'
import type { Cost, UnreadCost } from './request.js'

export function costNotes(
  cost: Cost,
  rows: readonly CostRow[],
  unread: readonly UnreadCost[],
  chosen: readonly Chosen[],
): string[] {
  return [...missing(rows, unread), ...(rows.length === 0 ? [] : [...doubts(rows, chosen), ...method(cost, rows)])]
}

function missing(rows: readonly CostRow[], unread: readonly UnreadCost[]): string[] {
  const uncounted = rows.filter((row) => row.invocations === null).length
  return [
    ...unread.map(({ name, region, error }) => `${name} (${region}) was not read: ${error.message}`),
    ...(uncounted > 0 ? [`not counted, so that the true totals are higher: ${functions(uncounted)}`] : []),
  ]
}

function doubts(rows: readonly CostRow[], chosen: readonly Chosen[]): string[] {
  const unsure = rows.filter(({ permission }) => permission?.answer === 'unknown').length
  const unsupported = rows.filter((row) => row.unsupported !== undefined).length
  const dark = chosen.find(({ eventSources }) => 'unreadable' in eventSources)?.eventSources
  return [
    ...(unsure > 0
      ? [`Active, but what the role may do is not known: now they count in the upper bound only: ${functions(unsure)}`]
      : []),
    ...(unsupported > 0 ? [`counted as nothing, for X-Ray cannot trace them: ${functions(unsupported)}`] : []),
    ...(dark && 'unreadable' in dark
      ? [`functions that X-Ray cannot trace may be counted: event sources could not be read: ${dark.unreadable}`]
      : []),
    ...(rows.some((row) => row.mode === 'Active')
      ? ['now is what the mode of $LATEST says: an alias that serves an older version may record more or less']
      : []),
  ]
}

function method({ periodSeconds, price }: Cost, rows: readonly CostRow[]): string[] {
  const { perMillion, freeTraces } = price
  return [
    `Lambda records the first call of each second and 5 % of the others: at least if those of ${PERIOD[periodSeconds] ?? `${periodSeconds} seconds`} come all in one second, at most if they are spread out, as expected if at random`,
    'a trace is charged once, however many functions it runs through: for functions that call one another the figures are upper ones',
    ...(freeTraces > 0
      ? [
          `the first ${countText(freeTraces)} traces of a month are free, and shared out here: --free-traces 0 if accounts that pay together use them up`,
        ]
      : []),
    `${perMillion === LIST_PRICE.perMillion ? 'the list price of most regions is' : 'the price is'} $${perMillion} for a million recorded traces${perMillion === LIST_PRICE.perMillion ? ': --price-per-million says another one' : ''}; traces that are looked at are charged besides`,
    `asking CloudWatch for these figures cost ${moneyText(readingDollars(rows.length))}, at $0.01 for 1,000 metrics`,
  ]
}

const PERIOD: Readonly<Record<number, string>> = { 60: 'a minute', 300: 'five minutes', 3600: 'an hour' }

function functions(count: number): string {
  return count === 1 ? '1 function' : `${countText(count)} functions`
}
