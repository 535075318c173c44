/** Reads a page as a browser's tokenizer does, as far as it tells markup from text. */

export interface Tag {
  name: string
  /** Of an end tag: empty. */
  attributes: Record<string, string>
}

/** In these a browser sees no tag but their own end. */
const RAW = new Set(['script', 'style', 'title', 'textarea'])

/** Every start tag, end tag (`/p`), comment (`!--`) and doctype (`!doctype`) in order. */
export function tagsOf(page: string): Tag[] {
  const tags: Tag[] = []
  let at = 0
  for (;;) {
    const open = page.slice(at).search(/<[a-z/!?]/i)
    if (open < 0) return tags
    at += open
    const { tag, end } = readTag(page, at)
    tags.push(tag)
    at = RAW.has(tag.name) ? endOfRaw(page, end, tag.name) : end
  }
}

/** Names of tags and attributes, and the values of attributes that could do harm. */
export function skeletonOf(page: string): string[] {
  return tagsOf(page).map(({ name, attributes }) =>
    [
      name,
      ...Object.entries(attributes).map(([key, value]) => (/^(class|id|href)$/.test(key) ? `${key}=${value}` : key)),
    ].join(' '),
  )
}

export function textOf(page: string, element: 'style' | 'script' | 'title'): string {
  return new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? ''
}

function readTag(page: string, start: number): { tag: Tag; end: number } {
  const [, name = ''] = /^<([/!?]?[^\s/>]*)/.exec(page.slice(start, start + 200)) ?? []
  const attributes: Record<string, string> = {}
  let at = start + 1 + name.length
  for (;;) {
    const rest = page.slice(at, at + 100_000)
    const [blanks = ''] = /^[\s/]*/.exec(rest) ?? []
    const [whole = '', key = '', , double, single, bare] =
      /^([^\s/>=]+)(\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s>]*)))?/.exec(rest.slice(blanks.length)) ?? []
    at += blanks.length + whole.length
    if (whole === '') return { tag: { name: name.toLowerCase(), attributes }, end: at + 1 }
    attributes[key] = double ?? single ?? bare ?? ''
  }
}

function endOfRaw(page: string, from: number, name: string): number {
  const end = page.slice(from).search(new RegExp(`</${name}[\\s/>]`, 'i'))
  return end < 0 ? page.length : from + end
}
