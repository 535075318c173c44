/** What an audit found that the verdicts alone do not tell, and how little is repaired by hand. */
import type { FindingId } from '../../core/finding-kinds.js'
import { splitFunctionArn } from '../../core/lambda-function.js'
import type { Cell, Finding, Section, Tone } from '../../core/report.js'

/** Off, blind and stale: the function's own row says it. */
const IN_THE_ROW: ReadonlySet<FindingId> = new Set<FindingId>(['XT001', 'XT002', 'XT003'])

/** More than these are repaired with a plan. */
const FEW = 10

export function findingSections(findings: readonly Finding[]): Section[] {
  const others = findings.filter((finding) => !IN_THE_ROW.has(finding.id))
  if (others.length === 0) return []
  return [{ title: 'Found', terminal: true, columns: ['ID', 'FUNCTION', 'REGION', 'WHAT'], rows: others.map(cells) }]
}

function cells({ id, severity, subject, message }: Finding): Cell[] {
  const { name, region } = splitFunctionArn(subject)
  return [{ text: id, tone: TONES[severity] }, { text: name, tone: 'strong' }, region, message]
}

const TONES: Record<Finding['severity'], Tone> = { high: 'bad', medium: 'warn', low: 'dim' }

/** @param planned a plan that repairs all was saved: what to do with it is said where it was */
export function repairSections(findings: readonly Finding[], planned: boolean): Section[] {
  if (findings.length === 0 || (planned && findings.length > FEW)) return []
  if (findings.length > FEW) {
    const rows: Cell[][] = [['the same command with --save-plan repair.json, which says how to apply it']]
    return [{ title: 'Repair', terminal: true, rows }]
  }
  return [{ title: 'Repair', terminal: true, rows: findings.flatMap(repairRows) }]
}

/** What is not in the template comes back with the next deployment. */
function repairRows({ id, repair, template }: Finding): Cell[][] {
  const command: Cell[] = [id, repair]
  const lines = template?.split('\n') ?? []
  return [command, ...lines.map((text): Cell[] => ['', { text, tone: 'dim' }])]
}
