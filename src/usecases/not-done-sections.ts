/** What was not done, whole: each function's ARN and the reason, then what to try. */
import type { Cell, ReportedError, Section } from '../core/report.js'

interface Row {
  /** Null where the function could not be read. */
  arn: string | null
  name: string
  error?: ReportedError
}

export function notDoneSections(rows: readonly Row[]): Section[] {
  const failed = rows.flatMap(({ arn, name, error }) => (error ? [{ subject: arn ?? name, error }] : []))
  const suggestions = new Set(failed.flatMap(({ error }) => error.suggestions))
  return [
    { title: 'Not done', rows: failed.map(({ subject, error }): Cell[] => [subject, error.message]) },
    { title: 'To try', rows: [...suggestions].map((text): Cell[] => [{ text: '→', tone: 'dim' }, text]) },
  ]
}
