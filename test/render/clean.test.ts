/** Text from AWS on its way to a terminal. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clean } from '../../src/render/clean.js'

test.each([
  ['plain text stays', 'orders → payments, 10 %', 'orders → payments, 10 %'],
  ['wide and accented letters stay', 'naïve 東京 😀', 'naïve 東京 😀'],
  ['an escape sequence is disarmed', '\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['a window title is disarmed', '\u001b]0;title\u0007text', ']0;titletext'],
  ['the one-character CSI', '\u009b2Jgone', '2Jgone'],
  ['NUL, backspace, DEL', 'a\u0000b\u0008c\u007fd', 'abcd'],
  ['a line break is a space', 'one\ntwo', 'one two'],
  ['so are many, with the space around them', 'one  \r\n\r\n   two', 'one two'],
  ['a carriage return overwrites nothing', 'safe\rEVIL', 'safe EVIL'],
  ['a tab is a space', 'one\ttwo', 'one two'],
  ['marks that turn the reading direction', 'a\u202eb\u202cc\u2066d\u2069e\u200ef\u200fg\u061ch', 'abcdefgh'],
  ['separators of lines and paragraphs are spaces', 'one\u2028two\u2029three', 'one two three'],
])('%s', (_, text, cleaned) => {
  expect(clean(text)).toBe(cleaned)
})

test('no text gets a control character or a line break through, and cleaning twice is cleaning once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom('\n', '\r', '\t', ' ', '\u001b', 'x') }),
      (a, b) => {
        const cleaned = clean(a + b)
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
        expect(clean(cleaned)).toBe(cleaned)
      },
    ),
    { numRuns: 1000 },
  )
})

test('every single code unit', () => {
  for (let unit = 0; unit < 0x10000; unit++) {
    const char = String.fromCharCode(unit)
    const wanted = /[\t\n\r\u2028\u2029]/.test(char) ? ' ' : /[\p{Cc}\p{Bidi_Control}]/u.test(char) ? '' : char
    if (clean(`a${char}b`) !== `a${wanted}b`) expect.fail(`U+${unit.toString(16)}`)
  }
})
