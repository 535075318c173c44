/** How a look at templates ends: what could not be read outranks what is not traced. */
import type { Report } from '../../core/report.js'
import { exitNameOf } from '../../errors.js'
import type { TemplateRow } from './template-row.js'

type Ending = Pick<Report, 'outcome' | 'error'>

/** @param drift whether something is not as it should be @param open whether something could not be told, or was not done */
export function templateEnding(templates: readonly TemplateRow[], drift: boolean, open: boolean): Ending {
  const errors = templates.flatMap((template) => template.error ?? [])
  const [first] = errors
  if (first && errors.length === templates.length) return { outcome: exitNameOf(first.code), error: first }
  return { outcome: first || open ? 'incomplete' : drift ? 'drift' : 'ok' }
}
