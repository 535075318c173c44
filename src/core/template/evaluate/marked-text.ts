/** Text in which some parts are only known by the name of what fills them at deployment. */

/** No template holds this non-character. */
const MARK = '\uFFFF'
const MARKED = /\uFFFF([^\uFFFF]*)\uFFFF/g
const ALONE = /^\uFFFF([^\uFFFF]*)\uFFFF$/

/** Text that stands for the value of a reference, such as `Stage`, `Role.Arn` or `AWS::Partition`. */
export function marked(name: string): string {
  return `${MARK}${name}${MARK}`
}

export function isKnown(text: string): boolean {
  return !text.includes(MARK)
}

/** The name, where the text is one reference and nothing else. */
export function loneReference(text: string): string | undefined {
  return ALONE.exec(text)?.[1]
}

/** With every reference replaced by the same text. */
export function withReferencesAs(text: string, replacement: string): string {
  return text.replace(MARKED, () => replacement)
}

/** For people. */
export function shownText(text: string): string {
  return text.replace(MARKED, (_, name: string) => (/^(Fn::|\{\{)/.test(name) ? name : `\${${name}}`))
}
