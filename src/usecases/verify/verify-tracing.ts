/** Proves of each function that its traces arrive, or names the first link of the chain that is broken. */
import { functionRow } from '../../core/function-row.js'
import type { Role } from '../../core/policy/role.js'
import { proofFinding } from '../../core/proof/proof-finding.js'
import { type Report, type ReportedError, report } from '../../core/report.js'
import { judge, type Observation } from '../../core/verdict.js'
import { type ExitName, exitNameOf } from '../../errors.js'
import { reportedError, unreadRow } from '../failed-row.js'
import { nothingFound } from '../nothing-found.js'
import { type Choosing, choose } from '../read/choose.js'
import { chooseInAccounts } from '../read/choose-in-accounts.js'
import { knownRoles } from '../read/known-roles.js'
import { RoleBook } from '../read/role-book.js'
import type { Tools } from '../tools.js'
import { passOver } from './pass-over.js'
import { proofRow } from './proof-row.js'
import { type Proven, prove } from './prove.js'
import type { Verified, VerifiedRow, VerifyRequest } from './request.js'
import { proofSections } from './sections.js'

export async function verifyTracing(request: VerifyRequest, tools: Tools): Promise<Report<Verified>> {
  const choosing = await chosenFor(request, tools)
  tools.progress.say('reading roles')
  const roles = await new RoleBook(tools.aws).readAll(choosing.chosen.map(({ fn }) => fn.role))
  const { permissionOf } = knownRoles(roles)
  const all = choosing.chosen.map((one): Observation => ({ ...one, permission: permissionOf(one.fn) }))
  const { observations, notes } =
    'refs' in request.choice ? { observations: all, notes: [] } : await passOver(all, request, tools)
  const proven = await prove(observations, request, tools)
  return verifyReport(observations, proven, roles, choosing, notes)
}

function chosenFor({ choice, regions, accounts }: VerifyRequest, tools: Tools): Promise<Choosing> {
  return accounts ? chooseInAccounts(choice, accounts, 'show', tools) : choose(choice, regions, 'show', tools)
}

function verifyReport(
  observations: readonly Observation[],
  proven: ReadonlyMap<string, Proven>,
  roles: ReadonlyMap<string, Role>,
  { unread, coverage, notes }: Choosing,
  passedOver: readonly string[],
): Report<Verified> {
  const failed = unread.flatMap((target) =>
    target.error ? [{ ...unreadRow(target), error: reportedError(target.error) }] : [],
  )
  const rows = observations.flatMap((seen) => verifiedRow(seen, proven))
  const nothing = rows.length === 0 ? failed[0]?.error : undefined
  // One function that is not there is told of as the error.
  const besides = nothing && failed.length === 1 ? [] : failed
  const findings = observations.flatMap((seen) => findingOf(seen, proven, roles))
  const gaps = rows.length === 0 || failed.length > 0 || coverage.some((place) => place.status !== 'read')
  return report(
    'verify',
    { functions: [...rows, ...failed] },
    {
      outcome: nothing ? exitNameOf(nothing.code) : gaps ? 'incomplete' : outcomeOf(rows),
      table: proofSections(rows, besides, coverage, findings),
      findings,
      coverage,
      notes: [
        ...notes,
        ...passedOver,
        ...nothingFound([...rows, ...failed, ...passedOver], coverage),
        ...(rows.some(hasMoreTraces) ? [MORE_TRACES] : []),
      ],
      ...(nothing && { error: nothing satisfies ReportedError }),
    },
  )
}

const MORE_TRACES =
  'calls are those of whole minutes (of longer windows five minutes, or hours) up to a minute ago, traces those of the whole window: there may be more of them'

function hasMoreTraces({ proof: { traces, invocations } }: VerifiedRow): boolean {
  return traces !== null && invocations !== null && traces.traces > invocations
}

export function verifiedRow(seen: Observation, proven: ReadonlyMap<string, Proven>): VerifiedRow[] {
  const one = proven.get(seen.fn.arn)
  return one ? [{ ...functionRow(seen, judge(seen)), proof: proofRow(one) }] : []
}

/** What could not be told outranks what is not there. */
export function outcomeOf(rows: ReadonlyArray<Pick<VerifiedRow, 'proof'>>): ExitName {
  const answers = new Set(rows.map(({ proof }) => proof.answer))
  return answers.has('unknown') ? 'incomplete' : answers.has('no') ? 'drift' : 'ok'
}

function findingOf(seen: Observation, proven: ReadonlyMap<string, Proven>, roles: ReadonlyMap<string, Role>) {
  const one = proven.get(seen.fn.arn)
  return (one && proofFinding(seen, one.proof, roles.get(seen.fn.role))) ?? []
}
