/** How a template is written, so that what is added looks like the rest. */
import type { List, Mapping } from '../read/node.js'
import { indentationAt, leadingWhite, lineBreak } from './lines.js'
import type { BlockStyle, FlowStyle, Padding } from './new-node.js'
import { bracketsIn, childrenOf, hasQuotedKeys, isOneLine, type Page, paddingInside } from './page.js'

const DEFAULT_STEP = '  '

/** For new entries of a mapping in block style. */
export function blockStyle({ text, root, dash }: Page, map: Mapping): BlockStyle {
  const step = stepIn(text, map) ?? stepBelow(text, root) ?? DEFAULT_STEP
  return { step, dash: dash ?? step, quoted: hasQuotedKeys(map) }
}

/** Whether the mappings in it, if there are any, are all written in braces on their line. */
export function prefersBraces(text: string, map: Mapping): boolean {
  const inside = bracketsIn(childrenOf(map), 'map')
  return inside.length > 0 && inside.every((one) => one.flow && isOneLine(text, one))
}

/** For new braces on one line, in a mapping in block style. */
export function bracesStyle(page: Page, map: Mapping): FlowStyle {
  return { colon: ': ', comma: ', ', padding: paddingNear(page, map), quoted: hasQuotedKeys(map), json: false }
}

/** For new entries or items of a collection in brackets, which stands in the mapping `near` if it is none itself. */
export function flowStyle(page: Page, near: Mapping, collection: Mapping | List): FlowStyle {
  const { text, json } = page
  const colon = colonIn(text, near) ?? ': '
  const comma = /\s$/.test(colon) ? ', ' : ','
  const style = { colon, comma, padding: paddingNear(page, near), quoted: json || hasQuotedKeys(near), json }
  return isSpreadInside(text, collection, json) ? { ...style, spread: spreadOf(text, collection) } : style
}

/**
 * White and comma before one more child, as before its last one.
 * @returns empty for an empty collection
 */
export function separatorIn(text: string, collection: Mapping | List, style: FlowStyle): string {
  const starts =
    collection.kind === 'map'
      ? collection.entries.map(({ key }) => key.start)
      : collection.items.map(({ start }) => start)
  const last = starts.at(-1)
  if (last === undefined) return ''
  const previous = childrenOf(collection).at(-2)
  const gap = text.slice(previous?.end ?? collection.start + 1, last)
  const [plain = ''] = (previous ? /^\s*,\s*/ : /^\s*/).exec(gap) ?? []
  if (gap.charAt(plain.length) !== '#' && (previous || plain.includes('\n'))) return previous ? plain : `,${plain}`
  return gap.includes('\n') ? `,${lineBreak(text)}${leadingWhite(text, last)}` : style.comma
}

/** Whether what is put into it is spread over lines: as the brackets in it are, else as JSON usually is. */
function isSpreadInside(text: string, collection: Mapping | List, json: boolean): boolean {
  const children = childrenOf(collection)
  if (isOneLine(text, collection)) return false
  const inside = bracketsIn(children)
  return inside.length > 0 ? inside.some((one) => !isOneLine(text, one)) : json
}

function spreadOf(text: string, collection: Mapping | List): { newline: string; step: string } {
  const last = childrenOf(collection).at(-1)
  const outer = leadingWhite(text, collection.start)
  const inner = last === undefined ? outer : leadingWhite(text, last.start)
  const step = inner.startsWith(outer) && inner !== outer ? inner.slice(outer.length) : DEFAULT_STEP
  return { newline: lineBreak(text), step }
}

function colonIn(text: string, map: Mapping): string | undefined {
  const key = map.entries.at(-1)?.key
  return key && /^[ \t]*:[ \t]*/.exec(text.slice(key.end, key.end + 20))?.[0]
}

/** Of what stands beside, else as elsewhere in the file. */
function paddingNear({ text, padding }: Page, map: Mapping): Padding {
  const beside = [...childrenOf(map), map]
  return {
    braces: paddingInside(text, bracketsIn(beside, 'map')) ?? padding.braces,
    brackets: paddingInside(text, bracketsIn(beside, 'list')) ?? padding.brackets,
  }
}

function stepIn(text: string, map: Mapping): string | undefined {
  const outer = indentationAt(text, map.start)
  for (const { value } of map.entries) {
    const inner = value.kind === 'map' && !value.flow ? indentationAt(text, value.start) : undefined
    if (outer !== undefined && inner !== undefined && inner.length > outer.length) return inner.slice(outer.length)
  }
  return undefined
}

function stepBelow(text: string, map: Mapping): string | undefined {
  return map.flow ? undefined : stepIn(text, map)
}
