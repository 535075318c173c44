/** Takes out of text that came from AWS what no terminal, file or page should be given. */

/** C0, DEL and C1 (escape sequences begin there), and the marks that turn the reading direction. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** Looks at each run of blanks once: a megabyte of them costs no more than a megabyte of letters. */
const BLANKS_WITH_BREAK = /(?<!\s)\s*[\r\n\u2028\u2029]\s*/g

/** Half of a pair: no encoding has bytes for it. */
const LONE_SURROGATE = /[\ud800-\udfff]/gu

/** One line of text that is what it looks like. */
export function clean(text: string): string {
  return text.replace(BLANKS_WITH_BREAK, ' ').replace(/\t/g, ' ').replace(CONTROL, '').replace(LONE_SURROGATE, '\ufffd')
}

/** Text whose line breaks mean something: a piece of a template. */
export function cleanLines(text: string): string[] {
  return text.split(/\r\n|[\r\n\u2028\u2029]/).map(clean)
}
