/** Says what of one function is not as an earlier audit saw it; what is for the worse is more than `low`. */
import { compare } from '../compare.js'
import type { FindingId, Severity } from '../finding-kinds.js'
import type { FunctionRow } from '../function-row.js'
import { type Alias, sameRoute, type TracingMode } from '../lambda-function.js'
import type { Answer } from '../policy/answer.js'
import type { Finding } from '../report.js'
import type { Verdict } from '../verdict.js'
import { routeText } from './evidence.js'
import { enableCommand, moveCommands } from './repair.js'
import { withTemplate } from './template-advice.js'

/** A function as the earlier audit saw it. */
export interface FormerFunction {
  mode: TracingMode
  verdict: Verdict
  permission: Answer
  /** Absent where they were not read. */
  aliases?: readonly AliasRoute[]
}

export type AliasRoute = Pick<Alias, 'name' | 'version' | 'weights'>

export function modeChange(before: FormerFunction, row: FunctionRow): Finding[] {
  if (row.mode === before.mode) return []
  const worse = row.mode === 'PassThrough' && isWanted(row)
  return [
    change('XT101', row, worse ? 'high' : 'low', {
      message: `mode was ${before.mode} in the baseline and is ${row.mode} now`,
      evidence: [`baseline: mode ${before.mode}`, `now: mode ${row.mode}`],
      repair: worse ? enableCommand(row.arn) : NEW_BASELINE,
    }),
  ]
}

/** What could not be read on either side is no change. */
export function permissionChange(before: FormerFunction, row: FunctionRow): Finding[] {
  const { answer, because } = row.permission
  if (answer === before.permission || answer === 'unknown' || before.permission === 'unknown') return []
  // With tracing off nothing is lost by it.
  const worse = answer === 'no' && row.mode === 'Active' && isWanted(row)
  const what = answer === 'no' ? 'could write traces in the baseline and cannot now' : 'can write traces now'
  return [
    change('XT102', row, worse ? 'high' : 'low', {
      message: `the role ${what}: ${because}`,
      evidence: [`baseline: may write traces: ${before.permission}`, `now: may write traces: ${answer} (${because})`],
      repair: worse ? enableCommand(row.arn) : NEW_BASELINE,
    }),
  ]
}

export function aliasChange(before: readonly AliasRoute[], row: FunctionRow): Finding[] {
  const names = new Set([...before, ...row.aliases].map(({ name }) => name))
  const moves = [...names].sort(compare).flatMap((name) => {
    const [was, is] = [before, row.aliases].map((aliases) => aliases.find((alias) => alias.name === name))
    return was && is && sameRoute(was, is) ? [] : [{ name, was, is }]
  })
  if (moves.length === 0) return []
  const untraced = row.aliases.filter(
    ({ name, mode }) => mode === 'PassThrough' && moves.some((one) => one.name === name),
  )
  const worse = row.verdict === 'stale' && untraced.length > 0
  return [
    change('XT103', row, worse ? 'high' : 'low', {
      message: moves.map(moveText).join('; '),
      evidence: moves.flatMap((move) => [
        `baseline: ${standing(move.name, move.was)}`,
        `now: ${standing(move.name, move.is)}`,
      ]),
      repair: worse
        ? moveCommands(
            row.arn,
            untraced.map(({ name }) => name),
          )
        : NEW_BASELINE,
    }),
  ]
}

export function added(row: FunctionRow): Finding {
  const severity = SEVERITY_OF_NEW[row.verdict] ?? 'low'
  return change('XT104', row, severity, {
    message: `not in the baseline; it is ${row.verdict} now: ${row.because}`,
    evidence: [`mode ${row.mode}`, `may write traces: ${row.permission.answer} (${row.permission.because})`],
    repair:
      severity === 'low' ? NEW_BASELINE : `${enableCommand(row.arn)}${row.verdict === 'stale' ? ' --publish' : ''}`,
  })
}

export function gone(arn: string, before: FormerFunction): Finding {
  return {
    id: 'XT105',
    severity: 'low',
    subject: arn,
    message: `in the baseline it was ${before.verdict}; it is not there any more`,
    evidence: [`baseline: mode ${before.mode}`],
    repair: NEW_BASELINE,
  }
}

const NEW_BASELINE = 'save a new baseline: xtrace audit --json --output FILE'

const SEVERITY_OF_NEW: Partial<Record<Verdict, Severity>> = { off: 'medium', blind: 'high', stale: 'high' }

function change(
  id: FindingId,
  row: FunctionRow,
  severity: Severity,
  what: Pick<Finding, 'message' | 'evidence' | 'repair'>,
): Finding {
  return withTemplate({ id, severity, subject: row.arn, ...what }, row)
}

/** Nobody asks for tracing where it is exempt or impossible. */
function isWanted({ verdict }: FunctionRow): boolean {
  return verdict !== 'exempt' && verdict !== 'unsupported'
}

interface Move {
  name: string
  was: AliasRoute | undefined
  is: AliasRoute | undefined
}

function moveText({ name, was, is }: Move): string {
  if (!is) return `alias ${name} is gone`
  return was
    ? `alias ${name} served ${routeText(was)} in the baseline and serves ${routeText(is)} now`
    : `alias ${name} is new and serves ${routeText(is)}`
}

function standing(name: string, route: AliasRoute | undefined): string {
  return route ? `alias ${name} → ${routeText(route)}` : `no alias ${name}`
}
