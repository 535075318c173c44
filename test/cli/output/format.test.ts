/** Which form a result has, and which file names are refused because they promise another. */
import { describe, expect, test } from 'vitest'
import { REPORT_FORMATS } from '../../../src/cli/flags/output-flags.js'
import { type FormatFlags, formatOf, refuseFileName } from '../../../src/cli/output/format.js'

const FIGURES = REPORT_FORMATS.filter((format) => !['sarif', 'junit'].includes(format))
const into = (output: string, more: Partial<FormatFlags> = {}): FormatFlags => ({ json: false, output, ...more })

describe('the form', () => {
  test.each([
    ['a.txt', 'table'],
    ['a.json', 'json'],
    ['a.ndjson', 'ndjson'],
    ['a.jsonl', 'ndjson'],
    ['a.csv', 'csv'],
    ['a.md', 'markdown'],
    ['a.sarif', 'sarif'],
    ['a.xml', 'junit'],
    ['a.html', 'html'],
    ['dir.d/A.HTM', 'html'],
    ['a.b.json', 'json'],
    ['report', 'table'],
    ['dir.json/report', 'table'],
    ['.json', 'table'],
    ['/dev/null', 'table'],
  ])('of %s is %s', (output, form) => {
    expect(() => refuseFileName(into(output), REPORT_FORMATS)).not.toThrow()
    expect(formatOf(into(output))).toBe(form)
  })

  test('that is named wins over the name of the file', () => {
    for (const output of ['a.csv', 'a.pdf', 'a.constructor']) {
      expect(() => refuseFileName(into(output, { format: 'html' }), REPORT_FORMATS)).not.toThrow()
      expect(formatOf(into(output, { format: 'html' }))).toBe('html')
      expect(() => refuseFileName(into(output, { json: true }), REPORT_FORMATS)).not.toThrow()
      expect(formatOf(into(output, { json: true, format: 'html' }))).toBe('json')
    }
    expect(formatOf({ json: false })).toBe('table')
  })
})

describe('a name that promises a form', () => {
  test.each(['a.pdf', 'a.xlsx', 'a.PDF', 'a.json.gz', 'a.constructor', 'a.table'])(
    '%s: which there is none of',
    (output) => {
      expect(() => refuseFileName(into(output), REPORT_FORMATS)).toThrow(
        expect.objectContaining({
          code: 'USAGE',
          message: `${output}: no form of this result has the ending ${output.slice(output.lastIndexOf('.')).toLowerCase()}.`,
          suggestions: [
            'Endings that say a form: .txt .json .ndjson .jsonl .csv .md .sarif .xml .html .htm',
            'Any name is right where the form is said besides: --format table|json|ndjson|csv|markdown|sarif|junit|html',
          ],
        }),
      )
    },
  )

  test.each(['a.sarif', 'a.xml'])('%s: which this command has not', (output) => {
    expect(() => refuseFileName(into(output), FIGURES)).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        suggestions: [
          'Endings that say a form: .txt .json .ndjson .jsonl .csv .md .html .htm',
          'Any name is right where the form is said besides: --format table|json|ndjson|csv|markdown|html',
        ],
      }),
    )
  })
})
