/** Builds markup in which every value is text, unless it is markup itself. */
import { clean, cleanLines } from '../clean.js'

/** Markup that `html` made: the only thing that it lets through as it is. */
export class Markup {
  constructor(readonly source: string) {}
}

type Value = string | number | Markup | readonly Markup[]

export const NOTHING = new Markup('')

/** Attributes stand in double quotes in the template; a value never is a name of a tag or of an attribute. */
export function html(literals: TemplateStringsArray, ...values: Value[]): Markup {
  let source = literals[0] ?? ''
  for (const [index, value] of values.entries()) source += sourceOf(value) + literals[index + 1]
  return new Markup(source)
}

/** Text of several lines, for `pre`. */
export function htmlLines(text: string): Markup {
  return new Markup(cleanLines(text).map(escapeClean).join('\n'))
}

function sourceOf(value: Value): string {
  if (value instanceof Markup) return value.source
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? escapeClean(clean(value)) : value.map(({ source }) => source).join('')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeClean(text: string): string {
  return text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? '')
}
