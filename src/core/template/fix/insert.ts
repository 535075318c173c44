/** Puts new entries and items into a template without touching what is there. */
import type { Splice } from '../edit.js'
import type { Entry, List, Mapping, Node } from '../read/node.js'
import { blockStyle, bracesStyle, flowStyle, prefersBraces, separatorIn } from './file-style.js'
import { insertLines, linesBefore } from './insert-lines.js'
import { indentationAt, leadingWhite, lineBreak } from './lines.js'
import { blockItem, blockLines, type FlowStyle, flowEntry, flowText, type NewNode } from './new-node.js'
import { Obstacle } from './obstacle.js'
import type { Page } from './page.js'

export function insertEntry(page: Page, map: Mapping, key: string, value: NewNode): Splice | Obstacle {
  const { text } = page
  if (map.flow) {
    const style = flowStyle(page, map, map)
    const last = map.entries.at(-1)
    const indent = indentOfLine(text, last?.key.start ?? map.start, style)
    return behindLast(map, last?.value, separatorIn(text, map, style) + flowEntry(key, value, style, indent))
  }
  const indent = indentationAt(text, map.start)
  if (indent === undefined) return unusual(map.start)
  const values = map.entries.map((entry) => entry.value)
  return insertLines(text, values, map.start, entryLines(page, map, key, value, indent))
}

/** @param near the mapping that has the list */
export function appendItem(page: Page, near: Mapping, list: List, value: NewNode): Splice | Obstacle {
  const { text } = page
  if (list.flow) {
    const style = flowStyle(page, near, list)
    const last = list.items.at(-1)
    const indent = indentOfLine(text, last?.start ?? list.start, style)
    return behindLast(list, last, separatorIn(text, list, style) + flowText(value, style, indent))
  }
  const indent = indentationAt(text, list.start)
  if (indent === undefined) return unusual(list.start)
  const dash = /- */y
  dash.lastIndex = list.start
  const [spaced = '- '] = dash.exec(text) ?? []
  const [line = ''] = blockItem(value, '', blockStyle(page, near))
  return insertLines(text, list.items, list.start, [`${indent}${spaced}${line.slice(2)}`])
}

/** Puts an entry of the top level before another one, and before the comments that belong to that. */
export function insertBefore(page: Page, next: Entry, key: string, value: NewNode): Splice | Obstacle {
  const { text, root } = page
  const { start } = next.key
  if (!root.flow) {
    const indent = indentationAt(text, start)
    return indent === undefined ? unusual(start) : linesBefore(text, start, entryLines(page, root, key, value, indent))
  }
  const previous = root.entries[root.entries.indexOf(next) - 1]
  const gap = text.slice(previous?.value.end ?? root.start + 1, start)
  const style = flowStyle(page, root, root)
  const entry = flowEntry(key, value, style, indentOfLine(text, start, style))
  return { start, end: start, text: entry + separatorAfter(gap, previous !== undefined, text, start, style) }
}

/** @param gap before the entry that comes next, with its comma where there is one before it */
function separatorAfter(gap: string, hasComma: boolean, text: string, next: number, style: FlowStyle): string {
  if (/^[\s,]*$/.test(gap) && (hasComma || gap !== '')) return hasComma ? gap : `,${gap}`
  return gap.includes('\n') ? `,${lineBreak(text)}${leadingWhite(text, next)}` : style.comma
}

function entryLines(page: Page, map: Mapping, key: string, value: NewNode, indent: string): string[] {
  if ('entries' in value && prefersBraces(page.text, map))
    return [`${indent}${flowEntry(key, value, bracesStyle(page, map), indent)}`]
  return blockLines(key, value, indent, blockStyle(page, map))
}

/** A key without a value has no end that something could be put behind. */
function behindLast(collection: Mapping | List, last: Node | undefined, addition: string): Splice | Obstacle {
  if (last !== undefined && last.start === last.end) return unusual(last.start)
  const at = last?.end ?? collection.start + 1
  return { start: at, end: at, text: addition }
}

/** Where all is on one line, that may be very long. */
function indentOfLine(text: string, offset: number, style: FlowStyle): string {
  return style.spread ? leadingWhite(text, offset) : ''
}

function unusual(at: number): Obstacle {
  return new Obstacle(at, 'it is laid out in a way that xtrace does not edit')
}
