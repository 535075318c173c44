/** An earlier audit, of which no more is kept than what is compared, and what has changed since. */
import { XtraceError } from '../../errors.js'
import { compare } from '../compare.js'
import type { FunctionRow } from '../function-row.js'
import { splitFunctionArn } from '../lambda-function.js'
import type { Coverage, Finding } from '../report.js'
import { type Selection, selectsName } from '../selection.js'
import { Malformed } from '../strict-fields.js'
import { type AuditContent, type AuditedFunction, type AuditedSelection, readAuditContent } from './audit-content.js'
import { added, aliasChange, type FormerFunction, gone, modeChange, permissionChange } from './baseline-changes.js'

export interface Baseline {
  /** Where it was read from. */
  file: string
  /** ARN → the function as it was. */
  functions: ReadonlyMap<string, FormerFunction>
  /** `ACCOUNT REGION` of the places that were read in full. */
  read: ReadonlySet<string>
  /** `ID ARN` of what was found. */
  findings: ReadonlySet<string>
  /** Names that it looked at; absent where it did not choose by names alone: then it tells of no function that was not there. */
  names?: Pick<Selection, 'match' | 'exclude'>
}

export interface Comparison {
  /** XT101 to XT104; functions come one by one, in any order. */
  changesOf(row: FunctionRow): Finding[]
  /**
   * XT105, asked when every function was compared.
   * @param coverage what this audit has read: of the rest it cannot tell
   * @param wanted whether this audit would have chosen the function
   */
  goneFrom(coverage: readonly Coverage[], wanted?: (arn: string) => boolean): Finding[]
  /** Whether the baseline would have had the function, if it was there: else nothing can be told of what has changed. */
  covers(row: FunctionRow): boolean
  /** Whether the baseline has found it already. */
  knew(finding: Finding): boolean
}

/** @throws XtraceError UNREADABLE_BASELINE, which quotes nothing: it may be the wrong file */
export function readBaseline(content: string, file: string): Baseline {
  try {
    return { file, ...comparable(readAuditContent(content)) }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    throw new XtraceError('UNREADABLE_BASELINE', `${file} is not an audit to compare with: ${error.message}.`)
  }
}

function comparable({ data, coverage, findings }: AuditContent): Omit<Baseline, 'file'> {
  const functions = data.functions.filter((one) => one !== undefined)
  const names = namesOf(data.selection ?? EVERYTHING)
  return {
    functions: new Map(functions.map((one) => [one.arn, former(one, data.latestOnly === true)])),
    read: placesRead(coverage),
    findings: new Set(findings.map(findingKey)),
    ...(names && { names }),
  }
}

const EVERYTHING: AuditedSelection = { match: [], exclude: [], runtimes: [], tags: [] }

function namesOf({ match, exclude, runtimes, tags }: AuditedSelection): Baseline['names'] {
  return match && exclude && runtimes?.length === 0 && tags?.length === 0 ? { match, exclude } : undefined
}

function former({ mode, verdict, permission, aliases, notes }: AuditedFunction, latestOnly: boolean): FormerFunction {
  const known = knowsAliases(notes) && !latestOnly
  return { mode, verdict, permission: permission.answer, ...(known && { aliases }) }
}

/** @param latestOnly this audit has not looked for aliases */
export function compareWithBaseline(baseline: Baseline, { latestOnly = false } = {}): Comparison {
  const still = new Set<string>()
  const lookedAt = baseline.names ? selectsName(baseline.names) : () => false
  const looked = (row: FunctionRow) => baseline.read.has(placeOf(row)) && lookedAt(row.name)
  return {
    covers: (row) => baseline.functions.has(row.arn) || looked(row),
    changesOf(row) {
      still.add(row.arn)
      const before = baseline.functions.get(row.arn)
      if (!before) return looked(row) ? [added(row)] : []
      const aliases = knowsAliases(row.notes) && !latestOnly ? before.aliases : undefined
      return [
        ...modeChange(before, row),
        ...permissionChange(before, row),
        ...(aliases ? aliasChange(aliases, row) : []),
      ]
    },
    goneFrom(coverage, wanted = () => true) {
      const read = placesRead(coverage)
      const lost = [...baseline.functions].filter(
        ([arn]) => !still.has(arn) && read.has(placeOf(splitFunctionArn(arn))) && wanted(arn),
      )
      return lost.sort(([a], [b]) => compare(a, b)).map(([arn, before]) => gone(arn, before))
    },
    knew: (finding) => baseline.findings.has(findingKey(finding)),
  }
}

function placesRead(coverage: readonly { account: string; region: string; status: string }[]): Set<string> {
  return new Set(coverage.filter(({ status }) => status === 'read').map(placeOf))
}

function placeOf({ account, region }: { account: string; region: string }): string {
  return `${account} ${region}`
}

function findingKey({ id, subject }: { id: string; subject: string }): string {
  return `${id} ${subject}`
}

/** No aliases may mean that they were not read: `functionRow` says so in a note. */
function knowsAliases(notes: readonly string[]): boolean {
  return !notes.some((note) => note.startsWith('aliases could not be read'))
}
