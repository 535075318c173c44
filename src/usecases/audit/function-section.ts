/** Every function of an audit in one row: what needs a hand first, and for files all that is known. */
import { compare } from '../../core/compare.js'
import type { FunctionRow } from '../../core/function-row.js'
import { grouped } from '../../core/grouped.js'
import { roleNameOf } from '../../core/lambda-function.js'
import type { Cell, Column, Section } from '../../core/report.js'
import type { Verdict } from '../../core/verdict.js'
import { verdictCell } from '../verdict-cell.js'
import type { Ledger } from './ledger.js'

const WIDE = ['ROLE', 'MAY WRITE', 'ALIASES', 'STACK', 'FINDINGS', 'NOTES', 'ARN'].map(
  (text): Column => ({ text, wide: true }),
)

/** A terminal shows them under their account or region, where there are several. */
export function functionSection({ rows, findings, accounts }: Ledger): Section {
  const several = accounts.size > 1
  const regions = new Set(rows.map((row) => row.region)).size
  const found = grouped(findings, (finding) => finding.subject)
  const columns: Column[] = [
    'FUNCTION',
    several ? 'ACCOUNT' : { text: 'ACCOUNT', wide: true },
    'REGION',
    'MODE',
    'VERDICT',
    'BECAUSE',
    ...WIDE,
  ]
  return {
    main: true,
    columns,
    rows: inOrder(rows, several).map((row) => [
      ...functionCells(row),
      ...wideCells(
        row,
        (found.get(row.arn) ?? []).map((finding) => finding.id),
      ),
    ]),
    ...(several ? { groupBy: 1 } : regions > 1 ? { groupBy: 2 } : {}),
  }
}

/** What needs a hand comes first; what is in order last. */
const ATTENTION: readonly Verdict[] = ['blind', 'stale', 'unknown', 'off', 'unsupported', 'exempt', 'traced']

function inOrder(rows: readonly FunctionRow[], several: boolean): FunctionRow[] {
  const place = (row: FunctionRow) => (several ? row.account : row.region)
  return rows.toSorted(
    (a, b) => compare(place(a), place(b)) || ATTENTION.indexOf(a.verdict) - ATTENTION.indexOf(b.verdict),
  )
}

function functionCells(row: FunctionRow): Cell[] {
  return [{ text: row.name, tone: 'strong' }, row.account, row.region, row.mode, verdictCell(row.verdict), row.because]
}

function wideCells(row: FunctionRow, findings: readonly string[]): Cell[] {
  const { owner } = row
  return [
    roleNameOf(row.role),
    row.permission.answer,
    row.aliases.map((alias) => `${alias.name} → ${alias.version} (${alias.mode})`).join(', '),
    owner ? [owner.stack, owner.logicalId].filter(Boolean).join('/') : '',
    findings.join(' '),
    row.notes.join('; '),
    row.arn,
  ]
}
