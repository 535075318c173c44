/** Says of every function whether it is traced, what is not as it should be, and what could not be read. */
import { compare } from '../../core/compare.js'
import { planRepair } from '../../core/drift/repair-plan.js'
import type { FunctionRow } from '../../core/function-row.js'
import { splitFunctionArn } from '../../core/lambda-function.js'
import type { Plan } from '../../core/plan/plan.js'
import { type Report, report } from '../../core/report.js'
import { selectsAll } from '../../core/selection.js'
import { type ExitName, exitNameOf } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { Choice } from '../read/choose.js'
import { accountsToRead, wayInto } from './accounts.js'
import { auditAccount } from './audit-account.js'
import { auditNotes } from './audit-notes.js'
import { auditSections } from './audit-sections.js'
import { auditFromConfig } from './config-source.js'
import { exitOf } from './fail-on.js'
import { openGaps } from './gaps.js'
import { Ledger } from './ledger.js'
import type { Audit, AuditRequest, AuditTools } from './request.js'

type Place = Pick<FunctionRow, 'account' | 'region' | 'name'>

/** Each has quotas of its own: what limits them is this process. */
const ACCOUNTS_AT_ONCE = 8

export async function auditTracing(request: AuditRequest, tools: AuditTools): Promise<Report<Audit>> {
  const ledger = new Ledger(request, tools)
  ledger.notes.push(...(await readAll(request, tools, ledger)))
  await ledger.finish()
  const plan = tools.savePlan && planRepair(ledger.cases, ledger.roles)
  if (plan) await tools.savePlan?.(plan)
  return auditReport(request, ledger, plan)
}

/** @returns what the reader should know of how it was read */
async function readAll(request: AuditRequest, tools: AuditTools, ledger: Ledger): Promise<string[]> {
  const { source, where } = request
  if (source.kind === 'config') {
    const enter = source.readRoles ? await wayInto(where, tools) : undefined
    return auditFromConfig(source.aggregator, request, enter, tools, (account) => ledger.absorb(account))
  }
  const { accounts, notes } = await accountsToRead(where, tools)
  let done = 0
  await inParallel(accounts, ACCOUNTS_AT_ONCE, async (account) => {
    await ledger.absorb(await auditAccount(account, request, tools))
    if (accounts.length > 1) tools.progress.say('accounts read', ++done, accounts.length)
  })
  return notes
}

function auditReport(request: AuditRequest, ledger: Ledger, plan: Plan | undefined): Report<Audit> {
  ledger.rows.sort(byPlace)
  ledger.findings.sort((a, b) => byPlace(splitFunctionArn(a.subject), splitFunctionArn(b.subject)))
  // The regions of an account stay in the order they were asked for.
  ledger.coverage.sort((a, b) => compare(a.account, b.account))
  const { rows, unread, coverage, findings, counts } = ledger
  const outcome = outcomeOf(ledger)
  const [first] = unread
  const nothing = first && ledger.places.size === 0 ? first.error : undefined
  const accounts = [...ledger.accounts].sort(compare)
  const data: Audit = {
    account: accounts.length === 1 ? (accounts[0] ?? null) : null,
    accounts,
    regions: regionsOf(request, ledger),
    source: request.source.kind,
    selection: selectionOf(request.choice),
    latestOnly: request.latestOnly,
    counts,
    functions: ledger.handsOut ? [] : [...rows, ...unread],
    ...(plan && { plan: plan.id }),
  }
  return report('audit', data, {
    outcome: nothing ? exitNameOf(nothing.code) : outcome,
    ...(!nothing && { exit: exitOf(outcome, ledger.findingCount > 0, request.failOn) }),
    table: auditSections(ledger, plan !== undefined),
    findings,
    coverage,
    notes: auditNotes(request, ledger),
    ...(nothing && { error: nothing }),
  })
}

function byPlace(a: Place, b: Place): number {
  return compare(a.account, b.account) || compare(a.region, b.region) || compare(a.name, b.name)
}

/** Incomplete outranks drift: what was not read may be worse. */
function outcomeOf({ coverage, counts, unread, findingCount }: Ledger): ExitName {
  if (counts.unknown > 0 || unread.length > 0 || openGaps(coverage).length > 0) return 'incomplete'
  return findingCount > 0 ? 'drift' : 'ok'
}

function regionsOf({ where, choice }: AuditRequest, { coverage, rows }: Ledger): string[] {
  if (where.regions !== 'all' && 'selection' in choice) return [...where.regions]
  const seen = 'selection' in choice ? coverage : rows
  return [...new Set(seen.map((one) => one.region))].filter((region) => region !== '*').sort(compare)
}

function selectionOf(choice: Choice): Audit['selection'] {
  if ('refs' in choice) return { names: choice.refs.map((ref) => ref.text) }
  return selectsAll(choice.selection) ? null : choice.selection
}
