/** Markdown: a page that GitHub shows as it was meant, whatever the names in it. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Report, report, type Section } from '../../src/core/report.js'
import { clean } from '../../src/render/clean.js'
import { renderMarkdown } from '../../src/render/markdown.js'
import { escapeMarkdown, fenced } from '../../src/render/markdown-text.js'
import { audit } from './audit-report.js'
import { hostileReport } from './hostile-report.js'
import { hostileText } from './hostile-text.js'

const page = (more: Partial<Report>) => renderMarkdown(report('audit', {}, more))
const tables = (...table: Section[]) => page({ table }).split('\n\n').slice(2).join('\n\n')

test('an audit', async () => {
  await expect(renderMarkdown(audit)).toMatchFileSnapshot('golden/audit.md')
})

test('nothing but an outcome', () => {
  expect(page({})).toBe('# xtrace audit\n\nOutcome: **ok**\n')
})

test('an error is the outcome, with what to try', () => {
  const error = { code: 'FAULT' as const, message: 'It *broke*.', suggestions: ['Try <again>.', '1. Wait.'], exit: 1 }
  expect(page({ outcome: 'refused', error })).toBe(
    '# xtrace audit\n\nOutcome: **error**\n\nFAULT: It \\*broke\\*.\n\n- Try \\<again\\>.\n- 1\\. Wait.\n',
  )
})

test('a document is a block of code', () => {
  expect(page({ text: '{\n  "Version": 1\n}', table: [{ rows: [['not', 'shown']] }] })).toBe(
    '# xtrace audit\n\nOutcome: **ok**\n\n```\n{\n  "Version": 1\n}\n```\n',
  )
})

test('all places read', () => {
  const coverage = [{ account: '1', region: 'us-east-1', status: 'read' as const }]
  expect(page({ coverage })).toBe('# xtrace audit\n\nOutcome: **ok**\n\n## Coverage\n\nRead: 1 of 1.\n')
})

test('label–value pairs have an empty heading; a section without rows is left out', () => {
  const facts = { title: 'orders', rows: [['verdict', 'blind'], ['mode']] }
  expect(tables(facts, { title: 'none', columns: ['A'], rows: [] })).toBe(
    '## orders\n\n|  |  |\n| --- | --- |\n| verdict | blind |\n| mode |  |\n',
  )
})

test.each([
  ['a pipe', 'a|b', 'a\\|b'],
  ['a backslash before a pipe', 'a\\|b', 'a\\\\\\|b'],
  ['a backslash at the end', 'a\\', 'a\\\\'],
  ['code', '`a`', '\\`a\\`'],
  ['emphasis', '**a** _b_ ~~c~~', '\\*\\*a\\*\\* \\_b\\_ \\~\\~c\\~\\~'],
  ['a link', '[a](https://evil.example)', '\\[a\\](https:&#8203;//evil.example)'],
  ['an image', '![a](b)', '!\\[a\\](b)'],
  ['a bare address', 'http://evil.example', 'http:&#8203;//evil.example'],
  ['an address without a scheme', '_WWW.evil.example', '\\_WWW&#8203;.evil.example'],
  ['a mail address', 'a@evil.example', 'a@&#8203;evil.example'],
  ['a mention', '@team', '@&#8203;team'],
  ['an issue', '#12', '\\#&#8203;12'],
  ['HTML', '<img src=x onerror=alert(1)>', '\\<img src=x onerror=alert(1)\\>'],
  ['a comment that would swallow the rest', '<!--', '\\<!--'],
  ['an entity', '&lt;', '\\&lt;'],
  ['mathematics', '$LATEST and $x', '\\$LATEST and \\$x'],
  ['a heading', '# a', '\\# a'],
  ['a quotation', '> a', '\\> a'],
  ['a list', '- a', '\\- a'],
  ['another list', '+ a', '\\+ a'],
  ['a numbered list', '12) a', '12\\) a'],
  ['a rule', '---', '\\---'],
  ['an underline', '===', '\\==='],
  ['a line break', 'a\n# b', 'a \\# b'],
  ['blanks at the ends', '    a ', 'a'],
  ['control characters', '\u001b[31ma\u202e', '\\[31ma'],
  ['a name', 'my-fn.v1:4', 'my-fn.v1:4'],
  ['numbers', '3 at 10 %, 1.5 s', '3 at 10 %, 1.5 s'],
])('%s', (_, text, written) => {
  expect(escapeMarkdown(text)).toBe(written)
  expect(tables({ columns: ['A'], rows: [[text]] })).toBe(`| A |\n| --- |\n| ${written} |\n`)
})

test('a fence is longer than any in the text, and the lines stay lines', () => {
  expect(fenced('a')).toBe('```\na\n```')
  expect(fenced('a\n```\n`````\r\n  b\u001b')).toBe('``````\na\n```\n`````\n  b\n``````')
})

/** The cells of a row: GFM splits at every pipe that no backslash stands before. */
const cellsIn = (row: string) => row.replace(/\\./g, '').split('|').length - 2

test('whatever the report: every row of a table has as many cells as its heading', () => {
  fc.assert(
    fc.property(hostileReport, (what) => {
      const lines = renderMarkdown({ ...what, findings: [] }).split('\n')
      for (const [at, row] of lines.entries())
        if (at > 0 && row.startsWith('|') && lines[at - 1]?.startsWith('|'))
          expect(cellsIn(row), row).toBe(cellsIn(lines[at - 1] ?? ''))
    }),
    { numRuns: 300 },
  )
})

test('whatever the text: nothing that means something is left bare, and it says what it said', () => {
  fc.assert(
    fc.property(hostileText, (text) => {
      const written = escapeMarkdown(text)
      const shown = written.replaceAll('&#8203;', '')
      const bare = written.replaceAll('&#8203;', '\u200b').replace(/\\[!-/:-@[-`{-~]/g, 'x')
      expect(bare).not.toMatch(/[\\`*_[\]<>&|~$#]|@(?!\u200b)|:\/\/|www\.|^[-+=]|^\d+[.)]/i)
      expect(shown.replace(/\\([!-/:-@[-`{-~])/g, '$1')).toBe(clean(text).trim())
    }),
    { numRuns: 400 },
  )
})

test('whatever the finding: its repair stands in the fence as it is, and the fence closes', () => {
  fc.assert(
    fc.property(hostileText, (repair) => {
      const [open = '', body, close] = fenced(repair.replace(/[\r\n\u2028\u2029]/g, '')).split('\n')
      expect(open).toMatch(/^`{3,}$/)
      expect(close).toBe(open)
      expect(body).toBe(clean(repair.replace(/[\r\n\u2028\u2029]/g, '')))
      expect(body).not.toContain(open)
    }),
  )
})
