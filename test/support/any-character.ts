/** Any character of Unicode, to build texts of; for its own one fast-check first makes a table of them all, for a second. */
import fc from 'fast-check'

const isSurrogate = (code: number) => code >= 0xd800 && code <= 0xdfff

export const anyCharacter = fc
  .nat({ max: 0x10ffff })
  .filter((code) => !isSurrogate(code))
  .map((code) => String.fromCodePoint(code), codeOf)

function codeOf(text: unknown): number {
  if (typeof text !== 'string' || [...text].length !== 1) throw new Error('not one character')
  return text.codePointAt(0) ?? 0
}
