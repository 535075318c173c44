/** Plain values as XML elements. */

export type XmlValue =
  | string
  | number
  | boolean
  | undefined
  | XmlMap
  | readonly XmlValue[]
  | { readonly [key: string]: XmlValue }

/** A map on the wire: a row of `entry` elements. */
export class XmlMap {
  constructor(readonly values: Readonly<Record<string, number>>) {}
}

/** What the elements of a list are called: `member` by IAM and STS, `item` by EC2. */
export type ListItem = 'member' | 'item'

/** Nothing for an undefined value. */
export function element(name: string, value: XmlValue, item: ListItem = 'member'): string {
  if (value === undefined) return ''
  return `<${name}>${content(value, item)}</${name}>`
}

function content(value: XmlValue, item: ListItem): string {
  if (Array.isArray(value)) return value.map((inner: XmlValue) => element(item, inner, item)).join('')
  if (value instanceof XmlMap) {
    return Object.entries(value.values)
      .map(([key, inner]) => element('entry', { key, value: inner }, item))
      .join('')
  }
  if (typeof value === 'object') {
    return Object.entries(value)
      .map(([key, inner]) => element(key, inner, item))
      .join('')
  }
  return escapeXml(String(value))
}

function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
