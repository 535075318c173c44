/** CSV: read back by the letter of RFC 4180, and harmless to a spreadsheet. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Cell, report, type Section } from '../../src/core/report.js'
import { clean } from '../../src/render/clean.js'
import { renderCsv } from '../../src/render/csv.js'
import { audit } from './audit-report.js'
import { hostileReport } from './hostile-report.js'
import { hostileText } from './hostile-text.js'

/** RFC 4180 with its line breaks only; anything else in the wrong place is an error. */
function readCsv(text: string): string[][] {
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y
  const records: string[][] = []
  let record: string[] = []
  while (field.lastIndex < text.length) {
    const found = field.exec(text)
    if (!found) throw new Error(`not CSV: ${JSON.stringify(text)}`)
    record.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
    if (found[3] !== '\r\n') continue
    records.push(record)
    record = []
  }
  return records
}

const csvOf = (...table: Section[]) => renderCsv(report('audit', {}, { table }))
const column = (...cells: Cell[]) => csvOf({ columns: ['A'], rows: cells.map((cell) => [cell]) })

test('the main section, with the columns that a terminal leaves out', () => {
  expect(renderCsv(audit)).toBe(
    [
      'FUNCTION,REGION,VERDICT,BECAUSE,ARN',
      'orders,us-east-1,blind,"Active, but role ""orders"" cannot write",arn:aws:lambda:us-east-1:111122223333:function:orders',
      'web,us-east-1,traced,Active,arn:aws:lambda:us-east-1:111122223333:function:web',
      "legacy_jobs,eu-central-1,blind,'=cmd|/C calc,arn:aws:lambda:eu-central-1:111122223333:function:legacy_jobs",
      '',
    ].join('\r\n'),
  )
})

test('without a main section: the first one that has columns, else all label–value pairs', () => {
  const facts: Section = { title: 'orders', rows: [['verdict', 'blind']] }
  const versions: Section = { columns: ['VERSION'], rows: [['1']] }
  expect(csvOf(facts, versions, { columns: ['ALIAS'], rows: [] })).toBe('VERSION\r\n1\r\n')
  expect(csvOf(facts, { rows: [['arn', { text: 'arn:aws', tone: 'dim' }]] })).toBe(
    'label,value\r\nverdict,blind\r\narn,arn:aws\r\n',
  )
  expect(csvOf()).toBe('label,value\r\n')
})

test('an empty list still has its heading, and every record has as many fields', () => {
  expect(csvOf({ main: true, columns: ['A', 'B'], rows: [] })).toBe('A,B\r\n')
  expect(csvOf({ columns: ['A', 'B'], rows: [['1'], [], ['1', '2', '3']] })).toBe('A,B,\r\n1,,\r\n,,\r\n1,2,3\r\n')
  expect(column('', 'x')).toBe('A\r\n""\r\nx\r\n')
})

test.each([
  ['=1+1', "'=1+1"],
  ['+1', "'+1"],
  ['-1', "'-1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\tx', "' x"],
  ['\rx', "' x"],
  ['\n\r\n=1', "' =1"],
  ['  =1', "'  =1"],
  ['\u00a0\u3000=1', "'\u00a0\u3000=1"],
  ['\u200b=1', "'\u200b=1"],
  ['\ufeff=1', "'\ufeff=1"],
  ['"=1"', '\'"=1"'],
  ["'=1", "''=1"],
  ['" \' =1', "'\" ' =1"],
  ['“=1', "'“=1"],
  ['＝1', "'＝1"],
  ['＋1', "'＋1"],
  ['－1', "'－1"],
  ['＠x', "'＠x"],
  ['\u0000=1', "'=1"],
  ['\u202e=1', "'=1"],
  ['\u001b[31m=1', '[31m=1'],
  ['a=1', 'a=1'],
  ['5-1', '5-1'],
  ['', ''],
  ['us-east-1', 'us-east-1'],
  ['two\nlines', 'two lines'],
  ['half \ud800', 'half \ufffd'],
])('%j is written as %j', (text, written) => {
  expect(readCsv(column(text, { text, tone: 'bad' }))).toEqual([['A'], [written], [written]])
})

test.each([
  ['a comma', 'a,b', '"a,b"'],
  ['a quote', 'a"b', '"a""b"'],
  ['blanks at the ends, which some readers take away', ' a', '" a"'],
  ['nothing of the kind', "a;b'c", "a;b'c"],
])('quoted where it must be: %s', (_, text, written) => {
  expect(column(text)).toBe(`A\r\n${written}\r\n`)
})

test('headings are guarded too', () => {
  expect(csvOf({ columns: [{ text: '=A', wide: true }], rows: [] })).toBe("'=A\r\n")
})

/** Said anew, without a pattern: the first character that is no blank and no quote. */
function isFormula(text: string): boolean {
  const first = [...text].find((char) => char.trim() !== '' && !'"\'‘’“”\u200b\u200c\u200d\u2060'.includes(char))
  return first !== undefined && '=+-@＝＋－＠'.includes(first)
}

test('whatever the cells hold: they read back cleaned, formulas with an apostrophe and nothing else', () => {
  const rows = fc.array(fc.tuple(hostileText, hostileText, hostileText), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(rows, (cells) => {
      const text = csvOf({ main: true, columns: ['A', 'B', 'C'], rows: cells })
      expect(text).not.toMatch(/[^\r]\n|\r[^\n]/)
      const read = readCsv(text).slice(1)
      const wanted = cells.map((row) =>
        row.map((given) => (isFormula(clean(given)) || /^[\t\r\n]/.test(given) ? `'${clean(given)}` : clean(given))),
      )
      expect(read).toEqual(wanted)
    }),
    { numRuns: 250 },
  )
})

test('whatever the report: all records are of one length, and no field is a formula', () => {
  fc.assert(
    fc.property(hostileReport, (what) => {
      const records = readCsv(renderCsv(what))
      expect(new Set(records.map((record) => record.length)).size).toBe(1)
      expect(records.flat().filter((field) => isFormula(field) && !field.startsWith("'"))).toEqual([])
    }),
  )
})
