/** The table of a cost report: the totals, the most expensive functions for a terminal, and all of them for files. */
import type { CostRow } from '../../core/cost/cost-rows.js'
import { billing, DAYS_OF_MONTH, type Price } from '../../core/cost/price.js'
import { addBounds, type Bounds, mapBounds, NONE } from '../../core/cost/sampling.js'
import { countText, moneyText } from '../../core/cost/text.js'
import type { Cell, Coverage, Section } from '../../core/report.js'
import { coverageSections } from '../coverage-section.js'
import { unreadSections } from '../unread-section.js'
import type { Cost, UnreadCost } from './request.js'

/** Rows that a terminal shows: what comes behind them costs little. */
const SHOWN = 50

export function costSections(
  cost: Cost,
  rows: readonly CostRow[],
  unread: readonly UnreadCost[],
  coverage: readonly Coverage[],
): Section[] {
  const several = cost.accounts.length > 1
  return [
    ...(rows.length > 0 ? [sums(cost, rows), totals(cost, rows)] : []),
    ...coverageSections(coverage),
    ...unreadSections(unread),
    ...(rows.length > 0 ? [mostExpensive(rows, several), restOf(rows), allFunctions(rows)] : []),
  ]
}

function sums({ total, days }: Cost, rows: readonly CostRow[]): Section {
  return {
    rows: [
      [{ text: 'functions', tone: 'strong' }, countText(rows.length)],
      ['invocations', `${countText(total.invocations)} in ${days} days`],
    ],
  }
}

function totals(cost: Cost, rows: readonly CostRow[]): Section {
  const { now, after, difference } = cost.total
  const row = (name: string, traces: number, dollars: Bounds): Cell[] => [
    name,
    countText(traces),
    { text: moneyText(dollars.expected), tone: 'strong' },
    moneyText(dollars.least),
    moneyText(dollars.most),
  ]
  return {
    title: `In a month of ${DAYS_OF_MONTH} days`,
    columns: ['TRACING', 'TRACES', 'DOLLARS', 'AT LEAST', 'AT MOST'],
    rows: [
      row('as it is now', now.traces.expected, now.dollars),
      row('on for all of them', after.traces.expected, after.dollars),
      row('difference', difference.traces, differenceOf(cost, rows)),
    ],
  }
}

/**
 * What is on now is on afterwards too, with as many calls: the least goes with the least, and the most with the most. Those
 * whose role may or may not write make the smallest difference where they record already, and the greatest where they do not.
 */
function differenceOf({ total: { now, after }, price }: Cost, rows: readonly CostRow[]): Bounds {
  const unsure = rows
    .flatMap((row) => (row.after && row.permission?.answer === 'unknown' ? [row.after.traces] : []))
    .reduce(addBounds, NONE)
  const { least, expected, most } = now.traces
  const before = { least: least + unsure.least, expected, most: most - unsure.most }
  const paid = dollarsFor(before, price)
  return mapBounds(dollarsFor(after.traces, price), (dollars, of) => Math.max(0, dollars - paid[of]))
}

function dollarsFor(traces: Bounds, price: Price): Bounds {
  return billing(traces, price)(traces).dollars
}

function mostExpensive(rows: readonly CostRow[], several: boolean): Section {
  return {
    terminal: true,
    columns: [
      'FUNCTION',
      ...(several ? ['ACCOUNT'] : []),
      'REGION',
      'MODE',
      ...['INVOCATIONS', 'TRACES', 'NOW', 'AFTER', 'DIFFERENCE'],
    ],
    counts: { labels: several ? 4 : 3 },
    rows: rows
      .slice(0, SHOWN)
      .map((row) => [
        { text: row.name, tone: 'strong' },
        ...(several ? [row.account] : []),
        row.region,
        modeCell(row),
        ...figures(row),
      ]),
  }
}

/** With what keeps it from costing what one would think. */
function modeCell({ mode, permission, unsupported }: CostRow): Cell {
  if (unsupported !== undefined) return { text: `${mode}, unsupported`, tone: 'dim' }
  if (permission?.answer === 'no') return { text: `${mode}, blind`, tone: 'bad' }
  return permission?.answer === 'unknown' ? { text: `${mode}, unknown`, tone: 'warn' } : mode
}

function figures({ invocations, now, after }: CostRow): Cell[] {
  if (invocations === null || !now || !after) return Array.from({ length: 5 }, () => ({ text: '?', tone: 'warn' }))
  return [
    countText(invocations),
    countText(after.traces.expected),
    moneyText(now.dollars.expected),
    moneyText(after.dollars.expected),
    moneyText(after.dollars.expected - now.dollars.expected),
  ]
}

function restOf(rows: readonly CostRow[]): Section {
  const more = rows.length - SHOWN
  const text = `and ${countText(more)} more, all of them with --format csv`
  return { terminal: true, rows: more > 0 ? [[{ text, tone: 'dim' }]] : [] }
}

/** Plain figures, which a spreadsheet can add up and a page can sort. */
function allFunctions(rows: readonly CostRow[]): Section {
  return {
    main: true,
    terminal: false,
    columns: [
      ...['FUNCTION', 'ACCOUNT', 'REGION', 'MODE', 'INVOCATIONS'],
      ...['TRACES NOW', 'TRACES AFTER', 'DOLLARS NOW', 'DOLLARS AFTER', 'DOLLARS MORE', 'AT LEAST', 'AT MOST'],
      ...['MAY WRITE', 'NOT SUPPORTED', 'ARN'],
    ],
    rows: rows.map((row) => [
      ...[row.name, row.account, row.region, row.mode],
      ...plainFigures(row),
      ...[row.permission?.answer ?? '', row.unsupported ?? '', row.arn],
    ]),
  }
}

/** All with the same number of decimals: a page compares them digit by digit. */
function plainFigures({ invocations, now, after }: CostRow): Cell[] {
  if (invocations === null || !now || !after) return Array.from({ length: 8 }, () => '')
  const dollars = (amount: number) => amount.toFixed(4)
  return [
    String(invocations),
    now.traces.expected.toFixed(0),
    after.traces.expected.toFixed(0),
    dollars(now.dollars.expected),
    dollars(after.dollars.expected),
    dollars(after.dollars.expected - now.dollars.expected),
    dollars(after.dollars.least),
    dollars(after.dollars.most),
  ]
}
