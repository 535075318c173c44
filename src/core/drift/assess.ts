/** Holds what a function is against what the rules ask of it. */
import { FINDING_KINDS, type FindingId } from '../finding-kinds.js'
import type { FunctionRow, Owner } from '../function-row.js'
import type { Role } from '../policy/role.js'
import type { Finding } from '../report.js'
import { hasExpired } from '../rules/expiry.js'
import type { Demand } from '../rules/rules.js'
import { judge, type Observation, type Verdict } from '../verdict.js'
import { askedAliases, lateAliases, missingAliases } from './asked-aliases.js'
import { evidenceOf } from './evidence.js'
import { disableCommand, repairOf } from './repair.js'
import { withTemplate } from './template-advice.js'

export interface Assessment {
  /** Its verdict is the truth about the function, or `exempt` where the rules do not ask for tracing. */
  row: FunctionRow
  /** At most one of XT001 to XT005, and perhaps XT006. */
  findings: Finding[]
  /** Names of the aliases that should serve tracing and do not: what a repair has to move. */
  late: string[]
}

export interface AssessmentContext {
  /** `YYYY-MM-DD`, in UTC. */
  today: string
  /** Tells whether a grant would help; absent where it was not read. */
  role?: Role
  /** Aliases were not looked for: none is missing. */
  latestOnly?: boolean
}

/** @param row with the verdict that `judge` gives on `seen` */
export function assess(
  row: FunctionRow,
  seen: Observation,
  demand: Demand | { undecided: string },
  context: AssessmentContext,
): Assessment {
  if ('undecided' in demand) return settled(row, 'unknown', demand.undecided)
  switch (demand.tracing) {
    case 'Active':
      return assessActive(row, seen, demand, context)
    case 'PassThrough':
      return seen.fn.mode === 'PassThrough'
        ? settled(row, 'exempt', `${ruleOf(demand)} wants tracing off`)
        : { row, findings: [wronglyOn(seen, demand)], late: [] }
    case 'exempt':
      return hasExpired(demand, context.today)
        ? assessExpired(row, seen, demand, context)
        : settled(row, 'exempt', whyExempt(demand))
  }
}

/** The same with the stack that owns the function, and in the findings what to write into its template. */
export function withOwner<T extends Pick<Assessment, 'row' | 'findings'>>(assessment: T, owner: Owner): T {
  const row = { ...assessment.row, owner }
  return { ...assessment, row, findings: assessment.findings.map((finding) => withTemplate(finding, row)) }
}

/** What X-Ray cannot trace stays so whatever the rules say. */
function settled(row: FunctionRow, verdict: Verdict, because: string): Assessment {
  return { row: row.verdict === 'unsupported' ? row : { ...row, verdict, because }, findings: [], late: [] }
}

function assessActive(row: FunctionRow, seen: Observation, demand: Demand, context: AssessmentContext): Assessment {
  const asked = askedAliases(seen, demand.aliases)
  const late = lateAliases(asked)
  const judged = row.verdict === 'stale' ? judge({ ...seen, aliases: { value: asked } }) : row
  const absent = row.verdict === 'unsupported' || context.latestOnly ? [] : aliasesMissing(seen, demand)
  if (row.verdict === 'stale' && judged.verdict === 'traced') {
    const note = `${row.because}; ${ruleOf(demand)} asks for ${named(demand.aliases ?? [])} only`
    return { row: withNote(row, note), findings: absent, late }
  }
  const id = DRIFT[judged.verdict]
  const drift = id ? [finding(id, { seen, demand }, judged.because, repairOf(seen, late, context.role))] : []
  return { row: { ...row, verdict: judged.verdict, because: judged.because }, findings: [...drift, ...absent], late }
}

/** The words of what the function is now; the finding is the exemption's. */
function assessExpired(row: FunctionRow, seen: Observation, demand: Demand, context: AssessmentContext): Assessment {
  const assessed = assessActive(row, seen, demand, context)
  const ended = `the exemption ended on ${demand.expires}${demand.reason === undefined ? '' : ` (${demand.reason})`}`
  if (row.verdict === 'traced') return { ...assessed, row: withNote(row, `${ended} and is not needed any more`) }
  const findings = assessed.findings.map(({ message, repair }) =>
    finding('XT004', { seen, demand }, `${ended}, and the function is ${row.verdict}: ${message}`, repair),
  )
  return { ...assessed, findings }
}

const DRIFT: Partial<Record<Verdict, FindingId>> = { off: 'XT001', blind: 'XT002', stale: 'XT003' }

function wronglyOn(seen: Observation, demand: Demand): Finding {
  const message = `mode is Active, but ${ruleOf(demand)} wants tracing off`
  return finding('XT005', { seen, demand }, message, disableCommand(seen.fn.arn))
}

function aliasesMissing(seen: Observation, demand: Demand): Finding[] {
  const missing = named(missingAliases(seen, demand.aliases))
  if (missing === '') return []
  const repair = `let a deployment make ${missing}, or change the rules: xtrace makes no aliases`
  const message = `${ruleOf(demand)} asks for ${missing}, which the function does not have`
  return [finding('XT006', { seen, demand }, message, repair)]
}

function finding(id: FindingId, { seen, demand }: About, message: string, repair: string): Finding {
  const { severity } = FINDING_KINDS[id]
  const rule = demand.line === undefined ? [] : [`line ${demand.line} of the rules: tracing ${demand.tracing}`]
  return { id, severity, subject: seen.fn.arn, message, evidence: [...evidenceOf(seen), ...rule], repair }
}

/** What is, and what is asked for. */
interface About {
  seen: Observation
  demand: Demand
}

function whyExempt({ reason, expires }: Demand): string {
  return `exempt${reason === undefined ? '' : `: ${reason}`}${expires === undefined ? '' : ` (until ${expires})`}`
}

function ruleOf({ line }: Demand): string {
  return line === undefined ? 'the built-in rule' : `the rule in line ${line}`
}

/** `alias live`, `aliases live and beta`; nothing of nothing. */
function named(aliases: readonly string[]): string {
  if (aliases.length === 0) return ''
  return `${aliases.length > 1 ? 'aliases' : 'alias'} ${aliases.join(' and ')}`
}

function withNote(row: FunctionRow, note: string): FunctionRow {
  return { ...row, notes: [...row.notes, note] }
}
