/** Prints a template in the many ways in which people lay them out. */

export type Value = string | number | readonly Value[] | { readonly [key: string]: Value | undefined }

export interface Layout {
  format: 'block' | 'json' | 'braces'
  /** Spaces a level; 0 puts JSON and braces on one line. */
  step: number
  /** Whether dashes stand further in than the key of their list. */
  indentDashes: boolean
  /** In block style: mappings from this level on are written in braces. */
  bracesFrom: number
  shortTags: boolean
  quotes: '' | "'" | '"'
  quotedKeys: boolean
  /** White inside braces on one line. */
  padding: string
  comments: boolean
  blankLines: boolean
  newline: string
  byteOrderMark: boolean
  finalNewline: boolean
}

export function printTemplate(template: Value, layout: Layout): string {
  const text =
    layout.format === 'block'
      ? new Printer(layout).block(template, 0).join('\n')
      : new Printer(layout).brackets(template, '', layout.step)
  const whole = `${layout.byteOrderMark ? '\uFEFF' : ''}${text}${layout.finalNewline ? '\n' : ''}`
  return whole.replaceAll('\n', layout.newline)
}

class Printer {
  private readonly layout: Layout

  constructor(layout: Layout) {
    this.layout = layout
  }

  /** Lines of a mapping or list that is not empty. */
  block(value: Value, level: number): string[] {
    if (Array.isArray(value)) return value.flatMap((item: Value) => this.item(item, level))
    const lines = entriesOf(value).flatMap(([key, one]) => [...this.before(key, level), ...this.entry(key, one, level)])
    return lines
  }

  private before(key: string, level: number): string[] {
    const { comments, blankLines } = this.layout
    return [
      ...(blankLines && level < 2 ? [''] : []),
      ...(comments && key.length % 3 === 0 ? [`# about ${key}: it's "so"`] : []),
    ]
  }

  private entry(key: string, value: Value, level: number): string[] {
    const name = `${this.key(key)}:`
    const remark = this.layout.comments && key.length % 4 === 0 ? '  # remark' : ''
    if (typeof value === 'string' && value.includes('\n'))
      return [
        `${name} |`,
        ...value
          .trimEnd()
          .split('\n')
          .map((line) => this.indented(line)),
      ]
    const [short, argument] = this.tag(value)
    const { indentDashes } = this.layout
    if (this.isInline(argument, level)) return [`${name} ${short}${this.inline(argument)}${remark}`]
    const lines = this.block(argument, level + 1)
    const flat = Array.isArray(argument) && !indentDashes && short === ''
    return [
      `${name}${short === '' ? '' : ` ${short.trim()}`}${remark}`,
      ...lines.map((line) => (flat ? line : this.indented(line))),
    ]
  }

  private item(value: Value, level: number): string[] {
    const [short, argument] = this.tag(value)
    if (this.isInline(argument, level)) return [`- ${short}${this.inline(argument)}`]
    const lines = this.block(argument, level + 2).filter((line) => line !== '' && !line.startsWith('#'))
    if (short !== '') return [`- ${short.trim()}`, ...lines.map((line) => this.indented(line))]
    return lines.map((line, index) => `${index === 0 ? '- ' : '  '}${line}`)
  }

  private isInline(value: Value, level: number): boolean {
    if (typeof value !== 'object') return true
    const size = Array.isArray(value) ? value.length : entriesOf(value).length
    return size === 0 || level >= this.layout.bracesFrom
  }

  private inline(value: Value): string {
    return typeof value === 'object' ? this.brackets(value, '', 0) : this.scalar(value)
  }

  /** In brackets, spread over lines when the step is not 0. */
  brackets(value: Value, indent: string, step: number): string {
    const [short, argument] = this.tag(value)
    if (typeof argument !== 'object') return short + this.scalar(argument)
    const inner = indent + ' '.repeat(step)
    const parts = Array.isArray(argument)
      ? argument.map((item: Value) => this.brackets(item, inner, step))
      : entriesOf(argument).map(
          ([key, one]) => `${this.key(key)}:${this.colonSpace(step)}${this.brackets(one, inner, step)}`,
        )
    const [open, close] = Array.isArray(argument) ? ['[', ']'] : ['{', '}']
    if (parts.length === 0) return `${short}${open}${close}`
    if (step === 0)
      return `${short}${open}${this.layout.padding}${parts.join(this.isTight() ? ',' : ', ')}${this.layout.padding}${close}`
    return `${short}${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`
  }

  private colonSpace(step: number): string {
    return this.isTight() && step === 0 ? '' : ' '
  }

  /** JSON on one line, without spaces. */
  private isTight(): boolean {
    return this.layout.format === 'json' && this.layout.step === 0
  }

  /** `!Name ` and its argument, for a call that has a short form. */
  private tag(value: Value): [tag: string, argument: Value] {
    if (this.layout.format === 'json' || !this.layout.shortTags || typeof value !== 'object') return ['', value]
    const entries = entriesOf(value)
    const [name, argument] = entries[0] ?? []
    if (Array.isArray(value) || entries.length !== 1 || name === undefined || argument === undefined) return ['', value]
    if (name !== 'Ref' && name !== 'Condition' && !name.startsWith('Fn::')) return ['', value]
    const nested = typeof argument === 'object' && this.tag(argument)[0] !== ''
    if (nested) return ['', value]
    if (name === 'Fn::GetAtt' && Array.isArray(argument)) return ['!GetAtt ', argument.join('.')]
    return [`!${name.replace('Fn::', '')} `, argument]
  }

  private key(text: string): string {
    return this.layout.format === 'json' || this.layout.quotedKeys ? JSON.stringify(text) : text
  }

  private scalar(value: string | number): string {
    const { format, quotes } = this.layout
    if (format === 'json') return JSON.stringify(value)
    const text = String(value)
    if (quotes === '"' || /['\n]/.test(text)) return JSON.stringify(text)
    return quotes === "'" || !/^[\w./+-][\w./:+-]*$/.test(text) || text.endsWith(':') ? `'${text}'` : text
  }

  private indented(line: string): string {
    return line === '' || line.startsWith('#') ? line : ' '.repeat(this.layout.step) + line
  }
}

function entriesOf(value: Value): Array<[string, Value]> {
  if (typeof value !== 'object' || Array.isArray(value)) return []
  return Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : [[key, one] as [string, Value]]))
}
