/** Tells findings apart that have kind and subject in common, two aliases of one function for example. */
import type { Finding } from '../core/report.js'

/** `nth` counts from 1 among the findings of one kind on one subject. */
export function numbered(findings: readonly Finding[]): { finding: Finding; nth: number }[] {
  const seen = new Map<string, number>()
  return findings.map((finding) => {
    const key = `${finding.id} ${finding.subject}`
    const nth = (seen.get(key) ?? 0) + 1
    seen.set(key, nth)
    return { finding, nth }
  })
}
