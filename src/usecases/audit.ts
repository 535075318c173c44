/** Says of every function of the named regions whether it is traced, and of every region whether it was read. */
import { compare } from '../core/compare.js'
import { type FunctionRow, functionRow } from '../core/function-row.js'
import { traceWritePermission } from '../core/policy/permission.js'
import { type Cell, type Coverage, type Finding, type Report, report, type Section } from '../core/report.js'
import { judge, type Observation, VERDICTS, type Verdict } from '../core/verdict.js'
import type { ExitName } from '../errors.js'
import { inParallel } from '../rollout/in-parallel.js'
import { coverageSections } from './coverage-section.js'
import { coverageOf, type RegionReading, readRegion } from './read-region.js'
import { readableFailure } from './reading.js'
import { RoleBook } from './role-book.js'
import type { Tools } from './tools.js'
import { verdictCell } from './verdict-cell.js'

export interface Audit {
  account: string
  regions: string[]
  counts: Record<Verdict, number>
  functions: FunctionRow[]
}

const REGIONS_AT_ONCE = 32

export async function auditTracing(request: { regions: string[] }, tools: Tools): Promise<Report<Audit>> {
  const readings = await inParallel(request.regions, REGIONS_AT_ONCE, (region) => readRegion(region, tools))
  const account = await accountOf(readings, tools)
  const functions = await judgeAll(readings, tools)
  const coverage = readings.map((reading) => coverageOf(reading, account))
  const counts = countVerdicts(functions)
  return report(
    'audit',
    { account, regions: request.regions, counts, functions },
    {
      outcome: outcomeOf(counts, coverage),
      table: tableOf(functions, counts, coverage),
      findings: functions.flatMap(findingOf),
      coverage,
      notes: [
        ...unreadNotes(counts, coverage),
        ...functions.flatMap((row) => row.notes.map((note) => `${row.name} (${row.region}): ${note}`)),
      ],
    },
  )
}

/** The account is in every ARN; only where there is no function must it be asked for. */
async function accountOf(readings: RegionReading[], tools: Tools): Promise<string> {
  const first = readings.flatMap((reading) => reading.functions)[0]
  if (first) return first.fn.account
  try {
    const identity = await tools.aws.identity(readings[0]?.region ?? 'us-east-1')
    return (await identity.whoAmI()).account
  } catch (error) {
    if (readings.some((reading) => reading.failure?.code === 'REGION_NOT_ENABLED')) return 'unknown'
    readableFailure(error)
    return 'unknown'
  }
}

async function judgeAll(readings: RegionReading[], tools: Tools): Promise<FunctionRow[]> {
  const seen = readings.flatMap((reading) => reading.functions)
  tools.progress.say('reading roles')
  const roles = await new RoleBook(tools.aws).readAll(seen.map(({ fn }) => fn.role))
  const rows = seen.map((one) => {
    const role = roles.get(one.fn.role)
    if (!role) throw new Error(`role ${one.fn.role} was not read`)
    const observation: Observation = { ...one, permission: traceWritePermission(role, one.fn) }
    return functionRow(observation, judge(observation))
  })
  return rows.sort((a, b) => (a.region === b.region ? compare(a.name, b.name) : compare(a.region, b.region)))
}

function countVerdicts(rows: FunctionRow[]): Record<Verdict, number> {
  const counts = Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Record<Verdict, number>
  for (const row of rows) counts[row.verdict]++
  return counts
}

/** Incomplete outranks drift: what was not read may be worse. */
function outcomeOf(counts: Record<Verdict, number>, coverage: Coverage[]): ExitName {
  if (counts.unknown > 0 || coverage.some((place) => place.status !== 'read')) return 'incomplete'
  return counts.off + counts.blind + counts.stale > 0 ? 'drift' : 'ok'
}

function unreadNotes(counts: Record<Verdict, number>, coverage: Coverage[]): string[] {
  const gaps = coverage.filter((place) => place.status !== 'read')
  const unread = `${gaps.length} of ${coverage.length} regions could not be read in full: this audit says nothing of what is there`
  return [
    ...(gaps.length > 0 ? [unread] : []),
    ...(counts.unknown > 0
      ? [`${counts.unknown} functions are unknown: something that decides could not be read`]
      : []),
  ]
}

const DRIFT: Partial<Record<Verdict, Pick<Finding, 'id' | 'severity'>>> = {
  off: { id: 'XT001', severity: 'medium' },
  blind: { id: 'XT002', severity: 'high' },
  stale: { id: 'XT003', severity: 'high' },
}

function findingOf(row: FunctionRow): Finding[] {
  const kind = DRIFT[row.verdict]
  if (!kind) return []
  const repair =
    row.verdict === 'stale'
      ? `aws lambda publish-version --region ${row.region} --function-name ${row.name}, then move the alias`
      : `xtrace enable ${row.arn}`
  return [{ ...kind, subject: row.arn, message: row.because, repair }]
}

function tableOf(rows: FunctionRow[], counts: Record<Verdict, number>, coverage: Coverage[]): Section[] {
  const present = VERDICTS.filter((verdict) => counts[verdict] > 0)
  const total: Cell[] = [{ text: 'functions', tone: 'strong' }, String(rows.length)]
  return [
    { rows: [total, ...present.map((verdict): Cell[] => [verdictCell(verdict), String(counts[verdict])])] },
    ...coverageSections(coverage),
    ...(rows.length > 0
      ? [{ columns: ['FUNCTION', 'REGION', 'MODE', 'VERDICT', 'BECAUSE'], rows: worstFirst(rows).map(functionCells) }]
      : []),
  ]
}

/** What needs a hand comes first; what is in order last. */
const ATTENTION: readonly Verdict[] = ['blind', 'stale', 'unknown', 'off', 'unsupported', 'exempt', 'traced']

function worstFirst(rows: FunctionRow[]): FunctionRow[] {
  return rows.toSorted((a, b) => ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict))
}

function functionCells(row: FunctionRow): Cell[] {
  return [{ text: row.name, tone: 'strong' }, row.region, row.mode, verdictCell(row.verdict), row.because]
}
