/** Says what tracing of functions costs in a month, as it is now and with all of them on, and how sure that is. */
import { compare } from '../../core/compare.js'
import { type CountedFunction, costsOf } from '../../core/cost/cost-rows.js'
import type { Coverage, Report } from '../../core/report.js'
import { report } from '../../core/report.js'
import { selectsAll } from '../../core/selection.js'
import { whyUnsupported } from '../../core/verdict.js'
import { exitNameOf } from '../../errors.js'
import { reportedError, unreadRow } from '../failed-row.js'
import { nothingFound } from '../nothing-found.js'
import { type Choosing, type Chosen, choose } from '../read/choose.js'
import { chooseInAccounts } from '../read/choose-in-accounts.js'
import { knownRoles } from '../read/known-roles.js'
import { coverageOf } from '../read/read-region.js'
import { RoleBook } from '../read/role-book.js'
import type { Target } from '../read/targets.js'
import type { Tools } from '../tools.js'
import { costNotes } from './cost-notes.js'
import { costSections } from './cost-sections.js'
import { type InvocationReading, readInvocations } from './read-invocations.js'
import type { Cost, CostRequest, UnreadCost } from './request.js'

export async function costTracing(request: CostRequest, tools: Tools): Promise<Report<Cost>> {
  const { days, price } = request
  const choosing = await chosenFor(request, tools)
  const [withPermission, read] = await Promise.all([
    readPermissions(choosing.chosen, tools),
    readInvocations(
      choosing.chosen.map(({ fn }) => fn),
      days,
      tools,
    ),
  ])
  const functions = withPermission.map((one): CountedFunction => {
    const counted = read.counted.get(one.fn.arn)
    return { ...one, ...(counted && { counted }) }
  })
  const { rows, total } = costsOf(functions, days, price)
  const unread = choosing.unread.flatMap(unreadCost)
  const coverage = coverageWith(read, choosing, 'refs' in request.choice)
  const accounts = [...new Set(rows.map((row) => row.account))].sort(compare)
  const data: Cost = {
    account: accounts.length === 1 ? (accounts[0] ?? null) : null,
    accounts,
    regions: [...new Set(coverage.map((place) => place.region))].filter((region) => region !== '*').sort(compare),
    selection: selectionOf(request),
    days,
    periodSeconds: read.periodSeconds,
    price,
    functions: [...rows, ...unread],
    total,
  }
  const nothing = rows.length === 0 ? unread[0]?.error : undefined
  // One function that is not there is told of as the error.
  const besides = nothing && unread.length === 1 ? [] : unread
  const gaps = unread.length > 0 || coverage.some((place) => place.status !== 'read')
  return report('cost', data, {
    outcome: nothing ? exitNameOf(nothing.code) : gaps ? 'incomplete' : 'ok',
    table: costSections(data, rows, besides, coverage),
    coverage,
    notes: [
      ...choosing.notes,
      ...nothingFound(data.functions, coverage),
      ...costNotes(data, rows, besides, choosing.chosen),
    ],
    ...(nothing && { error: nothing }),
  })
}

function chosenFor({ choice, regions, accounts }: CostRequest, tools: Tools): Promise<Choosing> {
  return accounts ? chooseInAccounts(choice, accounts, 'cost', tools) : choose(choice, regions, 'cost', tools)
}

/** Only where tracing is on does it matter now what the role may do. */
async function readPermissions(chosen: readonly Chosen[], tools: Tools): Promise<CountedFunction[]> {
  const active = chosen.filter(({ fn }) => fn.mode === 'Active')
  const roles = knownRoles(await new RoleBook(tools.aws).readAll(active.map(({ fn }) => fn.role)))
  return chosen.map((one) => {
    const unsupported = whyUnsupported(one)
    return {
      fn: one.fn,
      ...(one.fn.mode === 'Active' && { permission: roles.permissionOf(one.fn) }),
      ...(unsupported !== undefined && { unsupported }),
    }
  })
}

function unreadCost(target: Target): UnreadCost[] {
  if (!target.error) return []
  const { arn, name, account, region } = unreadRow(target)
  const nothing = { mode: null, permission: null, invocations: null, now: null, after: null }
  return [{ arn, name, account, region, ...nothing, error: reportedError(target.error) }]
}

/** A region whose functions are listed and not counted is not read. */
function coverageWith({ places }: InvocationReading, { coverage }: Choosing, named: boolean): Coverage[] {
  if (named) return places.map((place) => coverageOf(place, place.account))
  return coverage.map((listed) => {
    const place = places.find(({ account, region }) => account === listed.account && region === listed.region)
    return listed.status === 'read' && place ? coverageOf(place, place.account) : listed
  })
}

function selectionOf({ choice }: CostRequest): Cost['selection'] {
  if ('refs' in choice) return { names: choice.refs.map((ref) => ref.text) }
  return selectsAll(choice.selection) ? null : choice.selection
}
