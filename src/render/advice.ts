/** What a finding says besides its message, in lines of plain text: what shows it, and what repairs it. */
import type { Finding } from '../core/report.js'
import { clean, cleanLines } from './clean.js'

export function adviceLines({ evidence, repair, template }: Finding): string[] {
  return [
    ...evidence.map((line) => `Evidence: ${clean(line)}`),
    `Repair: ${clean(repair)}`,
    ...(template === undefined ? [] : ['Template:', ...cleanLines(template).map((line) => `  ${line}`)]),
  ]
}
