/** A report in the form that was asked for; what only files need is loaded only then. */
import type { Report } from '../../core/report.js'
import { jsonPieces } from '../../render/json.js'
import { renderNdjson } from '../../render/ndjson.js'
import { pageTitle } from '../../render/page-title.js'
import { renderTable, type TableStyle } from '../../render/table.js'
import type { Format } from './format.js'

export interface Rendering {
  style: TableStyle
  /** Of xtrace, for forms that name their maker. */
  version: string
  /** ISO 8601. */
  now: string
}

export async function rendered(
  report: Report,
  format: Format,
  { style, version, now }: Rendering,
): Promise<string | Iterable<string>> {
  switch (format) {
    case 'table':
      return renderTable(report, style)
    case 'json':
      return jsonPieces(report)
    case 'ndjson':
      return renderNdjson(report)
    case 'csv':
      return (await import('../../render/csv.js')).renderCsv(report)
    case 'markdown':
      return (await import('../../render/markdown.js')).renderMarkdown(report)
    case 'sarif':
      return (await import('../../render/sarif.js')).renderSarif(report, { version })
    case 'junit':
      return (await import('../../render/junit.js')).renderJunit(report)
    case 'html':
      return (await import('../../render/html/page.js')).renderHtml(report, {
        title: pageTitle(report),
        version,
        printedAt: now,
      })
  }
}
