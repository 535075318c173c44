/** Values in templates: text is escaped, markup is not, and nothing else is markup. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { html, htmlLines, Markup } from '../../../src/render/html/escape.js'

test.each([
  ['the five characters', `<b a="1" b='2'>&`, '&lt;b a=&quot;1&quot; b=&#39;2&#39;&gt;&amp;'],
  ['what looks escaped is text too', '&lt;', '&amp;lt;'],
  ['control characters and marks of direction go', 'a\u0000\u001b\u009b\u202eb', 'ab'],
  ['a line break is a space', 'one\n two', 'one two'],
  ['other scripts stay', 'naïve 東京 😀', 'naïve 東京 😀'],
])('%s', (_, text, escaped) => {
  expect(html`<p title="${text}">${text}</p>`.source).toBe(`<p title="${escaped}">${escaped}</p>`)
})

test('numbers, markup and lists of markup stand as they are', () => {
  const items = ['a', '<'].map((text) => html`<li>${text}`)
  expect(html`<ol start="${3}">${items}</ol>${new Markup('<hr>')}${[]}`.source).toBe(
    '<ol start="3"><li>a<li>&lt;</ol><hr>',
  )
})

test('lines keep their breaks and their indent, whichever way they end', () => {
  expect(htmlLines('Tracing:\r\n  Mode: <Active>\r\tx\n').source).toBe('Tracing:\n  Mode: &lt;Active&gt;\n x\n')
})

test('no text leaves its place, in an element or in an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'<>"\'&;\n\u0000\u202ea東') }), (text) => {
      expect(html`${text}`.source).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
      expect(htmlLines(text).source).not.toMatch(/[<>"']|&(?!(amp|lt|gt|quot|#39);)/)
    }),
  )
})
