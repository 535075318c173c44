/** Report → GitHub-flavoured Markdown: sections as tables, what could not be read, findings with their repair, notes. */
import { FINDING_KINDS } from '../core/finding-kinds.js'
import type { Coverage, Finding, Report, Section } from '../core/report.js'
import { gapsOf } from './complete.js'
import { escapeMarkdown, fenced, markdownTable } from './markdown-text.js'
import { reportName } from './report-name.js'
import { textOf } from './text-of.js'

export function renderMarkdown(report: Report): string {
  const { table, findings, coverage, notes, error, outcome, text } = report
  const blocks = [
    `# ${escapeMarkdown(reportName(report))}`,
    `Outcome: **${error ? 'error' : outcome}**`,
    ...(error ? [`${error.code}: ${escapeMarkdown(error.message)}`, ...list(error.suggestions)] : []),
    ...(text === undefined ? table.filter((section) => !section.terminal).flatMap(sectionBlocks) : [fenced(text)]),
    ...coverageBlocks(coverage),
    ...(findings.length > 0 ? ['## Findings', ...findings.flatMap(findingBlocks)] : []),
    ...(notes.length > 0 ? ['## Notes', ...list(notes)] : []),
  ]
  return `${blocks.join('\n\n')}\n`
}

function sectionBlocks({ title, columns, rows, counts }: Section): string[] {
  if (rows.length === 0) return []
  const right = (column: number) => counts !== undefined && column >= counts.labels
  const table = markdownTable(
    columns?.map(textOf) ?? [],
    rows.map((row) => row.map(textOf)),
    right,
  )
  return [...(title ? [`## ${escapeMarkdown(title)}`] : []), table]
}

function coverageBlocks(coverage: Coverage[]): string[] {
  if (coverage.length === 0) return []
  const gaps = gapsOf(coverage)
  const rows = gaps.map(({ account, region, status, accepted, reason }) => [
    account,
    region,
    accepted ? `${status}, accepted` : status,
    reason ?? '',
  ])
  const heads = ['ACCOUNT', 'REGION', 'STATUS', 'REASON']
  return [
    '## Coverage',
    `Read: ${coverage.length - gaps.length} of ${coverage.length}.`,
    ...(gaps.length > 0 ? [markdownTable(heads, rows, () => false)] : []),
  ]
}

function findingBlocks({ id, severity, subject, message, evidence, repair, template, place }: Finding): string[] {
  return [
    `### ${id} ${FINDING_KINDS[id].name}, ${severity}`,
    `${escapeMarkdown(subject)}: ${escapeMarkdown(message)}`,
    ...list([...evidence, ...(place ? [`${place.file}, line ${place.line}, column ${place.column}`] : [])]),
    'Repair:',
    fenced(repair),
    ...(template === undefined ? [] : ['Template:', fenced(template)]),
  ]
}

function list(lines: readonly string[]): string[] {
  return lines.length > 0 ? [lines.map((line) => `- ${escapeMarkdown(line)}`).join('\n')] : []
}
