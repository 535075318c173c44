/** Lays proofs out for people: every function in a row, and of a few of them the whole chain and the newest trace. */
import type { Cell, Coverage, Finding, Section } from '../../core/report.js'
import { coverageSections } from '../coverage-section.js'
import { unreadSections } from '../unread-section.js'
import { chainSections } from './chain-sections.js'
import { functionSection } from './function-section.js'
import type { Verified, VerifiedRow } from './request.js'

/** Of more functions only the rows are shown; JSON has all of them whole. */
const FEW = 5

type FailedRow = Exclude<Verified['functions'][number], VerifiedRow>

export function proofSections(
  rows: readonly VerifiedRow[],
  failed: readonly FailedRow[],
  coverage: readonly Coverage[],
  findings: readonly Finding[],
): Section[] {
  const few = rows.length <= FEW
  return [
    ...(rows.length > 0 ? [functionSection(rows)] : []),
    ...unreadSections(failed),
    ...coverageSections(coverage),
    ...(few ? rows.flatMap((row) => chainSections(row, findings)) : repairSections(findings)),
  ]
}

/** More than these are repaired with a plan. */
const FEW_REPAIRS = 10

function repairSections(findings: readonly Finding[]): Section[] {
  if (findings.length === 0) return []
  const all: Cell[][] = [['xtrace audit --save-plan repair.json, then xtrace apply repair.json']]
  const each = findings.map(({ id, repair }): Cell[] => [id, repair])
  return [{ title: 'Repair', terminal: true, rows: findings.length > FEW_REPAIRS ? all : each }]
}
