/** Finds the functions that a change is about in several accounts: one that cannot be entered is a gap, not an end. */
import type { FunctionRef } from '../../core/function-ref.js'
import type { Coverage } from '../../core/report.js'
import type { Selection } from '../../core/selection.js'
import type { XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { Tools } from '../tools.js'
import { listAccounts, type NamedAccounts } from './accounts.js'
import { type Choice, type Choosing, type Chosen, chooseTargets, selectOrGap, wishesFor } from './choose.js'
import { type OpenedAccount, openAccount } from './open-account.js'
import { coverageOf, failedCoverage } from './read-region.js'
import type { Purpose, Target } from './targets.js'

/** Each has quotas of its own: what limits them is this process. */
const ACCOUNTS_AT_ONCE = 8
const REGIONS_AT_ONCE = 32

export async function chooseInAccounts(
  choice: Choice,
  accounts: NamedAccounts,
  purpose: Purpose,
  tools: Tools,
): Promise<Choosing> {
  const { ids, notes } = await listAccounts(accounts, tools)
  const open = (id: string) => openAccount(id, accounts, tools)
  const choosing =
    'refs' in choice
      ? await chooseNamed(choice.refs, ids, open, purpose, tools)
      : await chooseSelected(choice.selection, ids, open, purpose, tools)
  return { ...choosing, notes: [...notes, ...choosing.notes] }
}

type Open = (id: string) => Promise<OpenedAccount>

/** A name is looked for in every account, an ARN in its own. */
async function chooseNamed(
  refs: readonly FunctionRef[],
  ids: readonly string[],
  open: Open,
  purpose: Purpose,
  tools: Tools,
): Promise<Choosing> {
  const idsOf = (ref: FunctionRef) => (ref.account === undefined ? ids : [ref.account])
  const opened = await inParallel([...new Set(refs.flatMap(idsOf))], ACCOUNTS_AT_ONCE, open)
  const targets = refs.flatMap((ref) =>
    opened.filter(({ id }) => idsOf(ref).includes(id)).flatMap((account) => targetsIn(account, ref)),
  )
  const choosing = await chooseTargets(targets, purpose, tools)
  return { ...choosing, notes: opened.flatMap(({ note }) => note ?? []) }
}

function targetsIn({ id, regions, refusal }: OpenedAccount, ref: FunctionRef): Target[] {
  const error = refusal && { error: refusal }
  return (ref.region === undefined ? regions : [ref.region]).map((region) => ({ ref, region, account: id, ...error }))
}

interface SelectedIn {
  chosen: Chosen[]
  coverage: Coverage[]
  /** Absent where something could be read. */
  failure?: XtraceError
  note?: string
}

/** @throws XtraceError the first reason, where nothing at all could be read */
async function chooseSelected(
  selection: Selection,
  ids: readonly string[],
  open: Open,
  purpose: Purpose,
  tools: Tools,
): Promise<Choosing> {
  let done = 0
  const selected = await inParallel(ids, ACCOUNTS_AT_ONCE, async (id) => {
    const one = await selectInAccount(await open(id), selection, purpose, tools)
    tools.progress.say('accounts read', ++done, ids.length)
    return one
  })
  const [first] = selected
  if (first?.failure && selected.every((one) => one.failure)) throw first.failure
  return {
    chosen: selected.flatMap((one) => one.chosen),
    unread: [],
    coverage: selected.flatMap((one) => one.coverage),
    notes: selected.flatMap((one) => one.note ?? []),
  }
}

async function selectInAccount(
  { id, aws, regions, refusal, note }: OpenedAccount,
  selection: Selection,
  purpose: Purpose,
  tools: Tools,
): Promise<SelectedIn> {
  if (refusal) {
    const coverage = regions.map((region) => failedCoverage({ account: id, region }, refusal))
    return { chosen: [], coverage, failure: refusal }
  }
  const inside: Tools = { ...tools, aws }
  const readings = await inParallel(regions, REGIONS_AT_ONCE, (region) =>
    selectOrGap(region, selection, wishesFor(purpose), inside),
  )
  const chosen = readings.flatMap((one) => one.functions)
  const coverage = readings.map((one) => coverageOf(one, id))
  const [first] = readings
  const unread = first?.failure && chosen.length === 0 && readings.every((one) => one.failure)
  return { chosen, coverage, ...(unread && { failure: first.failure }), ...(note !== undefined && { note }) }
}
