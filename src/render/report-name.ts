/** What a report calls itself where a page or a run needs a name: `xtrace audit`. */
import type { Report } from '../core/report.js'

export function reportName({ schema }: Pick<Report, 'schema'>): string {
  return schema.replace('/', ' ').replace(/@\d+$/, '')
}
