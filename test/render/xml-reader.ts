/** Reads XML 1.0 as strictly as the standard says, as far as a report needs it: elements, attributes, text, references. */

export interface XmlElement {
  name: string
  attributes: Record<string, string>
  children: XmlElement[]
  /** Of the element itself, without its children's. */
  text: string
}

/** XML 1.0, production 2: the characters that may stand in a document. */
const DOCUMENT = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u
const DECLARATION = '<?xml version="1.0" encoding="UTF-8"?>\n'
const TOKEN = /<(?<close>\/)?(?<name>[A-Za-z][\w-]*)(?<attributes>(?: [a-z]+="[^"<]*")*)(?<empty>\/)?>|(?<text>[^<]+)/y
const REFERENCE = /&(?:#(?<code>\d+)|(?<name>amp|lt|gt|quot|apos));/y
const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

/** @throws where the document is not well-formed */
export function readXml(document: string): XmlElement {
  if (!DOCUMENT.test(document)) throw new Error('a character that XML forbids')
  if (!document.startsWith(DECLARATION)) throw new Error('no declaration')
  const top: XmlElement = { name: '', attributes: {}, children: [], text: '' }
  const open = [top]
  for (const { close, name = '', attributes = '', empty, text } of tokensOf(document)) {
    const inner = open.at(-1) ?? top
    if (text !== undefined) inner.text += unescaped(text)
    else if (close) {
      if (inner.name !== name) throw new Error(`</${name}> closes <${inner.name}>`)
      open.pop()
    } else {
      const element: XmlElement = { name, attributes: readAttributes(attributes), children: [], text: '' }
      inner.children.push(element)
      if (!empty) open.push(element)
    }
  }
  const [root, ...more] = top.children
  if (open.length !== 1 || !root || more.length > 0 || top.text.trim() !== '') throw new Error('not one whole element')
  return root
}

function* tokensOf(document: string): Generator<Record<string, string | undefined>> {
  TOKEN.lastIndex = DECLARATION.length
  while (TOKEN.lastIndex < document.length) {
    const at = TOKEN.lastIndex
    const token = TOKEN.exec(document)?.groups
    if (!token) throw new Error(`broken at ${document.slice(at, at + 40)}`)
    yield token
  }
}

function readAttributes(text: string): Record<string, string> {
  const values: Record<string, string> = {}
  for (const [, name = '', value = ''] of text.matchAll(/ ([a-z]+)="([^"]*)"/g)) {
    if (name in values) throw new Error(`attribute ${name} twice`)
    values[name] = unescaped(value)
  }
  return values
}

function unescaped(text: string): string {
  if (text.includes(']]>')) throw new Error(']]> in text')
  let read = ''
  for (let at = 0; at < text.length; ) {
    const next = text.indexOf('&', at)
    if (next < 0) return read + text.slice(at)
    REFERENCE.lastIndex = next
    const { code, name = '' } = REFERENCE.exec(text)?.groups ?? {}
    const char = code === undefined ? NAMED[name] : String.fromCodePoint(Number(code))
    if (char === undefined || !DOCUMENT.test(char)) throw new Error(`no reference: ${text.slice(next, next + 20)}`)
    read += text.slice(at, next) + char
    at = REFERENCE.lastIndex
  }
  return read
}
