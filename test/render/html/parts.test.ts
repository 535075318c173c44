/** What a page shows, and in which order. */
import { describe, expect, test } from 'vitest'
import { type Coverage, type Finding, type Report, report, type Section } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { tagsOf } from './page-tags.js'
import { OPTIONS } from './sample.js'

const pageOf = (more: Partial<Report>) => renderHtml(report('audit', {}, more), OPTIONS)

/** Anchors of the parts in the order of the page, without the outcome. */
function partsOf(more: Partial<Report>): string[] {
  const sections = tagsOf(pageOf(more)).filter(({ name }) => name === 'section')
  return sections.map(({ attributes }) => attributes.id ?? '').slice(1)
}

const totals: Section = {
  rows: [
    ['functions', '2'],
    ['off', '2'],
    ['accounts', '7'],
  ],
}
const regions: Section = {
  title: 'Regions',
  counts: { labels: 1 },
  columns: ['REGION', 'off'],
  rows: [['us-east-1', '2']],
}
const list: Section = {
  main: true,
  columns: ['FUNCTION', 'VERDICT'],
  rows: [
    ['orders', { text: 'off', tone: 'warn' }],
    ['off', { text: 'blind', tone: 'bad' }],
  ],
}
const read: Coverage = { account: '111122223333', region: 'us-east-1', status: 'read' }
const gap: Coverage = { account: '111122223333', region: 'sa-east-1', status: 'throttled', reason: '429' }
const finding: Finding = {
  id: 'XT001',
  severity: 'medium',
  subject: 'orders',
  message: 'off',
  evidence: [],
  repair: 'xtrace enable orders',
}
const whole = { table: [totals, regions, list], findings: [finding], notes: ['a note'] }

describe('order', () => {
  test('verdicts, their places, coverage, findings, the list, the rest', () => {
    const other: Section = { title: 'Roles', columns: ['ROLE'], rows: [['orders-role']] }
    expect(partsOf({ ...whole, table: [other, ...whole.table], coverage: [read] })).toEqual([
      'verdicts',
      'counts-1',
      'coverage',
      'findings',
      'list',
      'more-1',
      'notes',
    ])
  })

  test('what was not read comes first', () => {
    expect(partsOf({ ...whole, coverage: [read, gap] })[0]).toBe('coverage')
    expect(partsOf({ ...whole, coverage: [read, { ...gap, accepted: true }] })[0]).toBe('verdicts')
  })

  test('what there is nothing of has no part', () => {
    expect(partsOf({})).toEqual([])
    expect(
      partsOf({
        table: [
          { ...list, rows: [] },
          { ...regions, rows: [] },
          { title: 'Empty', rows: [] },
        ],
      }),
    ).toEqual([])
  })

  test('a document of its own stands in its lines', () => {
    expect(pageOf({ text: '{\n  "Version": 1\n}' })).toContain('<pre>{\n  &quot;Version&quot;: 1\n}</pre>')
  })
})

describe('verdicts', () => {
  const keyOf = (more: Partial<Report>) =>
    [...pageOf(more).matchAll(/data-verdict="(\w+)">\w+<\/a> <b>([\d,]+)<\/b> <span class="share">(.*?)<\/span>/g)].map(
      ([, ...entry]) => entry.join(' '),
    )

  test('come from the counts of the report, which are not shown twice', () => {
    const page = pageOf({
      table: [
        {
          rows: [
            ['functions', '9999'],
            ['blind', '1'],
            ['traced', '9998'],
            ['accounts', '7'],
          ],
        },
      ],
    })
    expect(page).toContain('<h2>Verdicts <small>9,999 functions</small></h2>')
    expect(page).toContain('<p class="fact">accounts <b>7</b></p>')
    expect(page).not.toContain('class="pairs"')
  })

  test('stand in one order, each with its share', () => {
    expect(
      keyOf({
        table: [
          {
            rows: [
              ['blind', '1'],
              ['traced', '9999'],
              ['stale', '0'],
            ],
          },
        ],
      }),
    ).toEqual(['traced 9,999 &gt;99 %', 'blind 1 &lt;1 %'])
  })

  test('are counted in the list where the report does not count them: by its column, not by what names say', () => {
    expect(keyOf({ table: [list] })).toEqual(['off 1 50 %', 'blind 1 50 %'])
  })

  test('facts about one function are not counts', () => {
    expect(
      partsOf({
        table: [
          {
            title: 'orders',
            rows: [
              ['verdict', 'off'],
              ['off', 'since May'],
            ],
          },
        ],
      }),
    ).toEqual(['more-1'])
  })
})

test('what a terminal alone needs is left out', () => {
  const gaps: Section = {
    title: 'Not read',
    terminal: true,
    columns: ['REGION', 'STATUS'],
    rows: [['sa-east-1', 'throttled']],
  }
  expect(partsOf({ table: [gaps], coverage: [gap] })).toEqual(['coverage'])
  const { terminal: _, ...told } = gaps
  expect(partsOf({ table: [told], coverage: [gap] })).toEqual(['coverage', 'more-1'])
})

test('colours are of verdicts: a function may be called like one', () => {
  expect(pageOf({ table: [list] })).toContain('<tr><td>off<td class="v blind">blind</tr>')
})

test('a second list is shown too, as a plain table', () => {
  expect(partsOf({ table: [list, { ...list, title: 'Again' }] })).toEqual(['verdicts', 'list', 'more-1'])
})

test('long tables and notes are folded, and the fold says how much is in it', () => {
  const rows = Array.from({ length: 51 }, (_, n) => [`role-${n}`])
  const notes = Array.from({ length: 22 }, (_, n) => `note ${n}`)
  const page = pageOf({ table: [{ title: 'Roles', columns: ['ROLE'], rows }], notes })
  expect(page).toContain('<h2>Roles <small>51</small></h2>\n<details><summary>51 rows</summary>')
  expect(page).toContain('<li>note 19</li>\n</ul>\n<details><summary>2 more notes</summary>')
})
