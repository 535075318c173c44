/** Formats that cannot draw say the same in figures: a timeline changes nothing in them. */
import { expect, test } from 'vitest'
import { type Report, report } from '../../src/core/report.js'
import { renderCsv } from '../../src/render/csv.js'
import { renderMarkdown } from '../../src/render/markdown.js'
import { waterfall } from './waterfall-report.js'

const { timeline: _, ...bare } = waterfall

test.each<[string, (what: Report) => string]>([
  ['Markdown', renderMarkdown],
  ['CSV', renderCsv],
])('%s', (_, render) => {
  const text = render(report('verify', {}, { table: [waterfall] }))
  expect(text).toBe(render(report('verify', {}, { table: [bare] })))
  expect(text).toContain('1,200 ms')
})
