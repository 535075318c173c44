/** Text from AWS on its way to a terminal. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { clean, cleanLines } from '../../src/render/clean.js'
import { anyCharacter } from '../support/any-character.js'

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
  ['blanks without a line break stay', 'one   two\u00a0 ', 'one   two\u00a0 '],
  ['half a character, which no encoding has', 'a\ud83d \ude00b\ud83d\ude00', 'a\ufffd \ufffdb😀'],
])('%s', (_, text, cleaned) => {
  expect(clean(text)).toBe(cleaned)
})

test('no text gets a control character or a line break through, and cleaning twice is cleaning once', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: anyCharacter }),
      fc.string({ unit: fc.constantFrom('\n', '\r', '\t', ' ', '\u001b', 'x') }),
      (a, b) => {
        const cleaned = clean(a + b)
        expect(cleaned).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\p{Cs}]/u)
        expect(clean(cleaned)).toBe(cleaned)
      },
    ),
    { numRuns: 400 },
  )
})

test('every single code unit', () => {
  for (let unit = 0; unit < 0x10000; unit++) {
    const char = String.fromCharCode(unit)
    if (clean(`a${char}b`) !== `a${wantedFor(char)}b`) expect.fail(`U+${unit.toString(16)}`)
  }
})

function wantedFor(char: string): string {
  if (/[\t\n\r\u2028\u2029]/.test(char)) return ' '
  if (/\p{Cs}/u.test(char)) return '\ufffd'
  return /[\p{Cc}\p{Bidi_Control}]/u.test(char) ? '' : char
}

test('the lines of a text stay lines, with the blanks that they begin with', () => {
  expect(cleanLines('a:\n  b: 1\r\n\tc\u001b\rd\u2028e\n')).toEqual(['a:', '  b: 1', ' c', 'd', 'e', ''])
})

test.each([' ', '\t', '\n', ' \n', '\u00a0', '\ud800'])('a megabyte of %j takes no longer than a megabyte', (char) => {
  const text = char.repeat(2 ** 20 / char.length)
  const before = process.cpuUsage()
  clean(`${text}x${text}`)
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000)
})
