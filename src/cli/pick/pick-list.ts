/** A list to pick functions from, as data: what filtering, moving and toggling make of it. */
import type { LambdaFunction } from '../../core/lambda-function.js'
import { clean } from '../../render/clean.js'

export interface PickRow {
  arn: string
  name: string
  region: string
  mode: string
  /** Name, region and mode in lower case, for the filter. */
  haystack: string
}

export interface PickList {
  rows: readonly PickRow[]
  /** As typed: words joined by `+`, which no name and no region contains. */
  filter: string
  /** The rows that the filter lets through, in the order of `rows`. */
  shown: readonly PickRow[]
  /** Index in `shown`; 0 where nothing is shown. */
  cursor: number
  /** ARNs, whether shown or not. */
  picked: ReadonlySet<string>
  /** What was picked before the last toggle of all, which the next one brings back. */
  before?: ReadonlySet<string> | undefined
  /** Characters of the longest name and region, so that columns stay where they are. */
  widths: { name: number; region: number }
}

export function pickList(functions: readonly LambdaFunction[]): PickList {
  const rows = functions.map(rowOf).sort((a, b) => order(a.name, b.name) || order(a.region, b.region))
  const widest = (field: 'name' | 'region') => rows.reduce((most, row) => Math.max(most, row[field].length), 0)
  const widths = { name: widest('name'), region: widest('region') }
  return { rows, filter: '', shown: rows, cursor: 0, picked: new Set(), widths }
}

function rowOf({ arn, ...fn }: LambdaFunction): PickRow {
  const [name, region, mode] = [clean(fn.name), clean(fn.region), clean(fn.mode)]
  return { arn, name, region, mode, haystack: `${name}\n${region}\n${mode}`.toLowerCase() }
}

function order(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Every word must occur in the name, the region or the mode. */
export function filtered(list: PickList, filter: string): PickList {
  if (filter === list.filter) return list
  const words = filter
    .toLowerCase()
    .split('+')
    .filter((word) => word !== '')
  const shown = list.rows.filter(({ haystack }) => words.every((word) => haystack.includes(word)))
  return { ...list, filter, shown, cursor: 0, before: undefined }
}

/** Stops at both ends. */
export function moved(list: PickList, by: number): PickList {
  const cursor = Math.max(0, Math.min(list.shown.length - 1, list.cursor + by))
  return { ...list, cursor }
}

export function toggled(list: PickList): PickList {
  const arn = list.shown[list.cursor]?.arn
  if (arn === undefined) return list
  const picked = new Set(list.picked)
  if (!picked.delete(arn)) picked.add(arn)
  return { ...list, picked, before: undefined }
}

/** Picks all that is shown, or nothing of it where all was picked; done again at once, it takes itself back. */
export function allToggled(list: PickList): PickList {
  if (list.before) return { ...list, picked: list.before, before: undefined }
  const picked = new Set(list.picked)
  const all = list.shown.every(({ arn }) => picked.has(arn))
  for (const { arn } of list.shown) {
    if (all) picked.delete(arn)
    else picked.add(arn)
  }
  return { ...list, picked, before: list.picked }
}

/**
 * What a key makes of the list.
 * @param line what is typed so far, the key included; white space is no part of the filter
 * @param page rows that are seen at a time
 */
export function afterKey(
  list: PickList,
  { name, ctrl }: { name: string; ctrl: boolean },
  line: string,
  page: number,
): PickList {
  if (ctrl && name === 'a') return allToggled(list)
  switch (name) {
    case 'up':
      return moved(list, -1)
    case 'down':
      return moved(list, 1)
    case 'pageup':
      return moved(list, -page)
    case 'pagedown':
      return moved(list, page)
    case 'space':
      return toggled(list)
    default:
      return filtered(list, line.replace(/\s/g, ''))
  }
}
