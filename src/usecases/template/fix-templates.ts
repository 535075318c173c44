/** Edits templates so that their functions are traced, or not, and leaves every other byte as it is. */
import { type Report, report } from '../../core/report.js'
import { checkTemplate } from '../../core/template/check-template.js'
import { type Fix, type FixOptions, fixTemplate } from '../../core/template/fix-template.js'
import { readTemplate, type Template } from '../../core/template/read-template.js'
import { asXtraceError } from '../../errors.js'
import { reportedError } from '../failed-row.js'
import { refuseUnknownParameters } from './known-parameters.js'
import { templateEnding } from './template-ending.js'
import { rowOf, type TemplateRow, type Templates } from './template-row.js'
import { editsSection, failedSections, leftLines, leftSections } from './template-sections.js'
import { readSource, STANDARD_INPUT, type TemplateSource } from './template-source.js'

export interface FixRequest extends FixOptions {
  sources: readonly TemplateSource[]
  dryRun: boolean
  /** A dry run with changes pending ends with 3. */
  detailedExit: boolean
}

export interface FixTools {
  /** Replaces the file's text, whole or not at all. */
  write(file: string, text: string): Promise<void>
  /** What a dry run shows of a change. */
  diff(file: string, before: string, after: string): string
}

interface Fixed {
  row: TemplateRow
  /** For standard output: the difference, or the text that came from standard input. */
  text: string
}

/** @throws XtraceError USAGE for a parameter that no template declares, before anything is written */
export async function fixTemplates(request: FixRequest, tools: FixTools): Promise<Report<Templates>> {
  await refuseUnknownParameters(request.sources, request.parameters)
  const fixed: Fixed[] = []
  for (const source of request.sources) {
    const reading = await readSource(source)
    if (!reading) continue
    if ('error' in reading)
      fixed.push({ row: { ...rowOf(reading.file, []), error: reportedError(reading.error) }, text: '' })
    else fixed.push(await fixOne(reading.template, request, tools))
  }
  const templates = fixed.map(({ row }) => row)
  const changed = templates.filter(({ edits }) => edits.length > 0).length
  const left = templates.some((template) => (template.left ?? []).length > 0)
  const text = fixed.map((one) => one.text).join('')
  const ending = templateEnding(templates, request.dryRun && request.detailedExit && changed > 0, left)
  if (ending.error) return report('template-fix', { templates }, ending)
  const sections = [editsSection(templates), ...failedSections(templates, 'Not done'), ...leftSections(templates)]
  return report(
    'template-fix',
    { templates },
    {
      ...ending,
      table: sections,
      notes: [changeNote(changed, templates, request.dryRun), ...(text === '' ? [] : leftLines(templates))],
      ...(text !== '' && { text: text.replace(/\n$/, '') }),
    },
  )
}

async function fixOne(template: Template, request: FixRequest, tools: FixTools): Promise<Fixed> {
  const { file } = template
  const fix = fixTemplate(template, request)
  const row = {
    ...afterwards(file, fix, request),
    edits: fix.edits.map(({ line, text }) => ({ line, text })),
    left: fix.left,
  }
  if (request.dryRun) return { row, text: fix.edits.length > 0 ? tools.diff(file, template.text, fix.text) : '' }
  if (file === STANDARD_INPUT) return { row, text: fix.text }
  if (fix.edits.length === 0) return { row, text: '' }
  try {
    await tools.write(file, fix.text)
    return { row, text: '' }
  } catch (thrown) {
    const error = asXtraceError(thrown)
    if (error.code === 'FAULT') throw thrown
    return { row: { ...rowOf(file, []), error: reportedError(error) }, text: '' }
  }
}

/** The functions as the new text has them. */
function afterwards(file: string, { text }: Fix, { parameters }: FixRequest): TemplateRow {
  return rowOf(file, checkTemplate(readTemplate(text, file), parameters))
}

function changeNote(changed: number, templates: readonly TemplateRow[], dryRun: boolean): string {
  const open = templates.some(({ error, left = [] }) => error !== undefined || left.length > 0)
  if (changed === 0) return open ? 'nothing could be changed by xtrace: see above' : 'nothing has to be changed'
  return `${changed} of ${templates.length} templates ${dryRun ? 'would be' : 'were'} changed`
}
