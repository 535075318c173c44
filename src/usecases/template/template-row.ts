/** A template in the words of the public JSON contract. */
import type { ReportedError } from '../../core/report.js'
import type { CheckedFunction } from '../../core/template/check-template.js'
import type { Edit } from '../../core/template/edit.js'
import type { Left } from '../../core/template/fix-template.js'

export interface TemplateRow {
  file: string
  functions: Array<Pick<CheckedFunction, 'logicalId' | 'line' | 'verdict' | 'because'>>
  edits: Array<Pick<Edit, 'line' | 'text'>>
  /** What has to be done by hand; `fix` only. */
  left?: Left[]
  /** Why the file could not be read or written. */
  error?: ReportedError
}

export interface Templates {
  templates: TemplateRow[]
}

export function rowOf(file: string, checked: readonly CheckedFunction[]): TemplateRow {
  const functions = checked.map(({ logicalId, line, verdict, because }) => ({ logicalId, line, verdict, because }))
  return { file, functions, edits: [] }
}
