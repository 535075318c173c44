/** Says of every function in templates whether it would be traced. */
import { type Cell, type Finding, type Report, report } from '../../core/report.js'
import { checkTemplate } from '../../core/template/check-template.js'
import type { Template } from '../../core/template/read-template.js'
import { reportedError } from '../failed-row.js'
import { refuseUnknownParameters } from './known-parameters.js'
import { templateEnding } from './template-ending.js'
import { findingsOf } from './template-findings.js'
import { rowOf, type TemplateRow, type Templates } from './template-row.js'
import { failedSections, functionCells, functionsSection } from './template-sections.js'
import { readSource, type TemplateSource } from './template-source.js'

export interface CheckRequest {
  sources: readonly TemplateSource[]
  /** Values by name; pseudo parameters such as `AWS::Region` too. */
  parameters: ReadonlyMap<string, string>
}

/**
 * One template after the other: no more than one is in memory.
 * @throws XtraceError USAGE for a parameter that no template declares
 */
export async function checkTemplates({ sources, parameters }: CheckRequest): Promise<Report<Templates>> {
  await refuseUnknownParameters(sources, parameters)
  const templates: TemplateRow[] = []
  const findings: Finding[] = []
  const rows: Cell[][] = []
  const notes: string[] = []
  for (const source of sources) {
    const reading = await readSource(source)
    if (!reading) continue
    const { file } = reading
    if ('error' in reading) {
      templates.push({ ...rowOf(file, []), error: reportedError(reading.error) })
      continue
    }
    const checked = checkTemplate(reading.template, parameters)
    templates.push(rowOf(file, checked))
    findings.push(...findingsOf(file, checked))
    for (const one of checked) rows.push(functionCells(file, one))
    notes.push(...unseenNotes(reading.template))
  }
  const unknown = templates.some(({ functions }) => functions.some((one) => one.verdict === 'unknown'))
  const table = [functionsSection(rows, templates.length), ...failedSections(templates, 'Not read')]
  if (rows.length === 0) notes.push('no Lambda function was found')
  const ending = templateEnding(templates, findings.length > 0, unknown)
  if (ending.error) return report('template-check', { templates }, ending)
  return report('template-check', { templates }, { ...ending, table, findings, notes })
}

/** What CloudFormation puts in or changes when it deploys is not in the file. */
function unseenNotes({ file, unseen, positionOf }: Template): string[] {
  return unseen.map(({ at, what }) => `${file}:${positionOf(at).line}: ${what}`)
}
