/** What was not done, whole: each function's ARN and the reason, then what to try. */
import type { Cell, ReportedError, Section } from '../../core/report.js'

interface Row {
  /** Null where the function could not be read. */
  arn: string | null
  name: string
  error?: ReportedError
}

/** @param whole the error of the report, whose suggestions are printed with it */
export function notDoneSections(rows: readonly Row[], whole: ReportedError | undefined): Section[] {
  const failed = rows.flatMap(({ arn, name, error }) => (error ? [{ subject: arn ?? name, error }] : []))
  const suggestions = new Set(failed.flatMap(({ error }) => error.suggestions))
  for (const text of whole?.suggestions ?? []) suggestions.delete(text)
  return [
    { title: 'Not done', rows: failed.map(({ subject, error }): Cell[] => [subject, error.message]) },
    { title: 'To try', rows: [...suggestions].map((text): Cell[] => [{ text: '→', tone: 'dim' }, text]) },
  ]
}
