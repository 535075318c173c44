/** Writes new parts of a template, in lines with indentation or in brackets. */

export type NewNode =
  | { text: string }
  /** Text with `${…}` in it, for `Fn::Sub`. */
  | { substitute: string }
  | { entries: ReadonlyArray<readonly [key: string, value: NewNode]> }
  | { items: readonly NewNode[] }

export interface BlockStyle {
  /** Indentation of a mapping inside a mapping. */
  step: string
  /** Indentation of a dash below the key of its list. */
  dash: string
  /** Whether keys and texts stand in double quotes. */
  quoted: boolean
}

/** White inside brackets that stand on one line. */
export interface Padding {
  /** `{…}` */
  braces: string
  /** `[…]` */
  brackets: string
}

export interface FlowStyle {
  /** Between key and value, the colon included. */
  colon: string
  /** Between items on one line. */
  comma: string
  padding: Padding
  /** Whether keys and texts stand in double quotes. */
  quoted: boolean
  /** Whether the file is JSON, which has no tags. */
  json: boolean
  /** Where brackets are spread over lines. */
  spread?: { newline: string; step: string }
}

/** The lines of an entry, each with its indentation. */
export function blockLines(key: string, value: NewNode, indent: string, style: BlockStyle): string[] {
  const name = `${indent}${word(key, style.quoted)}:`
  if ('entries' in value)
    return [name, ...value.entries.flatMap(([one, its]) => blockLines(one, its, indent + style.step, style))]
  if ('items' in value) return [name, ...value.items.flatMap((item) => blockItem(item, indent + style.dash, style))]
  return [`${name} ${blockText(value, style)}`]
}

/** The lines of an item that is text. */
export function blockItem(value: NewNode, indent: string, style: BlockStyle): string[] {
  return 'text' in value || 'substitute' in value ? [`${indent}- ${blockText(value, style)}`] : []
}

function blockText(value: { text: string } | { substitute: string }, style: BlockStyle): string {
  return 'text' in value ? word(value.text, style.quoted) : `!Sub ${JSON.stringify(value.substitute)}`
}

export function flowEntry(key: string, value: NewNode, style: FlowStyle, indent: string): string {
  return `${word(key, style.quoted)}${style.colon}${flowText(value, style, indent)}`
}

/** @param indent of the line on which it begins */
export function flowText(node: NewNode, style: FlowStyle, indent: string): string {
  if ('text' in node) return word(node.text, style.quoted)
  if ('substitute' in node) {
    if (!style.json) return `!Sub ${JSON.stringify(node.substitute)}`
    return flowText({ entries: [['Fn::Sub', { text: node.substitute }]] }, style, indent)
  }
  const inner = style.spread ? indent + style.spread.step : indent
  if ('items' in node) {
    const items = node.items.map((item) => flowText(item, style, inner))
    return `[${between(items, style.padding.brackets, style, indent)}]`
  }
  const entries = node.entries.map(([key, value]) => flowEntry(key, value, style, inner))
  return `{${between(entries, style.padding.braces, style, indent)}}`
}

function between(parts: readonly string[], padding: string, { spread, comma }: FlowStyle, indent: string): string {
  if (spread === undefined) return `${padding}${parts.join(comma)}${padding}`
  const before = `${spread.newline}${indent}${spread.step}`
  return `${before}${parts.join(`,${before}`)}${spread.newline}${indent}`
}

function word(text: string, quoted: boolean): string {
  return quoted ? JSON.stringify(text) : text
}
