/** Reads and judges the functions of one account: a region, a role or a tag that cannot be read stops nothing else. */
import { grouped } from '../../core/grouped.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { Role } from '../../core/policy/role.js'
import type { Coverage } from '../../core/report.js'
import { mayAskForAliases } from '../../core/rules/match-rules.js'
import type { Selection } from '../../core/selection.js'
import { shellWord } from '../../core/shell-word.js'
import type { XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { reportedError, unreadRow } from '../failed-row.js'
import { allRegions } from '../read/all-regions.js'
import { type Choice, choose, selectOrGap } from '../read/choose.js'
import { knownRoles } from '../read/known-roles.js'
import { refusalOf } from '../read/open-account.js'
import { coverageOf, failedCoverage } from '../read/read-region.js'
import { readableFailure } from '../read/reading.js'
import { RoleBook } from '../read/role-book.js'
import type { Tools } from '../tools.js'
import type { AccountToRead } from './accounts.js'
import type { Assessed } from './assess-function.js'
import { type AuditedPlace, assessPlace } from './assess-place.js'
import { Muster } from './muster.js'
import type { Audit, AuditRequest } from './request.js'

export interface AccountAudit {
  account: string
  coverage: Coverage[]
  assessed: Assessed[]
  /** Named functions that could not be read. */
  unread: Extract<Audit['functions'][number], { error: unknown }>[]
  roles: ReadonlyMap<string, Role>
  notes: string[]
}

const NAMED_AT_ONCE = 8

export async function auditAccount(to: AccountToRead, request: AuditRequest, tools: Tools): Promise<AccountAudit> {
  const aws = to.open()
  const inside: Tools = { ...tools, aws }
  const refused = to.entered && to.id !== undefined ? await refusalOf(to.id, aws, request.where.home) : undefined
  if (refused) return closedAccount(to, request.where.regions, refused)
  const { regions, notes } = await regionsOf(to, request.where, inside)
  const { choice } = request
  const { places, unread, roles } =
    'refs' in choice
      ? await auditNamed(choice, regions, request, inside)
      : await auditSelected(choice.selection, regions, request, inside)
  const account = to.id ?? (await accountOf(places, request.where.home, inside))
  return {
    account,
    coverage: 'refs' in choice ? [] : places.map((place) => coverageOf(place, account)),
    assessed: places.flatMap((place) => place.assessed).map((one) => (to.entered ? throughRole(one, request) : one)),
    unread,
    roles,
    notes: [...notes, ...places.flatMap((place) => place.notes)],
  }
}

/** A command of xtrace's own that puts right what is in another account has to get there. */
function throughRole(one: Assessed, { where }: AuditRequest): Assessed {
  const way = ` --assume-role ${shellWord(where.entrance.role)}`
  const findings = one.findings.map((finding) =>
    /^xtrace (en|dis)able /.test(finding.repair)
      ? { ...finding, repair: finding.repair.replaceAll(/(?= && |$)/g, way) }
      : finding,
  )
  return { ...one, findings }
}

interface PlacesAudit {
  places: AuditedPlace[]
  unread: AccountAudit['unread']
  roles: ReadonlyMap<string, Role>
}

/** Each region is judged as soon as it is read and the roles of all regions are known: they are read once all are listed. */
async function auditSelected(
  selection: Selection,
  regions: readonly string[],
  request: AuditRequest,
  tools: Tools,
): Promise<PlacesAudit> {
  const wishes = { latestOnly: request.latestOnly, aliasesAnyway: mayAskForAliases(request.rules) }
  const muster = new Muster(regions, new RoleBook(tools.aws))
  const places = await inParallel(regions, regions.length, async (region) => {
    const onListed = (listed: readonly LambdaFunction[]) => muster.listed(region, listed)
    const place = await selectOrGap(region, selection, { ...wishes, onListed }, tools)
    muster.listed(region, [])
    return assessPlace(place, await muster.roles, request, tools.aws)
  })
  return { places, unread: [], roles: (await muster.roles).all }
}

async function auditNamed(
  choice: Extract<Choice, { refs: unknown }>,
  regions: readonly string[],
  request: AuditRequest,
  tools: Tools,
): Promise<PlacesAudit> {
  const { chosen, unread } = await choose(choice, [...regions], 'show', tools)
  tools.progress.say('reading roles')
  const roles = await new RoleBook(tools.aws).readAll(chosen.map(({ fn }) => fn.role))
  const known = knownRoles(roles)
  const places = await inParallel([...grouped(chosen, ({ fn }) => fn.region)], NAMED_AT_ONCE, ([region, functions]) =>
    assessPlace({ region, functions }, known, request, tools.aws),
  )
  const failed = unread.flatMap((target) =>
    target.error ? [{ ...unreadRow(target), error: reportedError(target.error) }] : [],
  )
  return { places, unread: failed, roles }
}

/** `*` stands for the regions that nobody could ask for. */
function closedAccount(
  { id = 'unknown' }: AccountToRead,
  regions: readonly string[] | 'all',
  error: XtraceError,
): AccountAudit {
  const coverage = (regions === 'all' ? ['*'] : regions).map((region) => failedCoverage({ account: id, region }, error))
  return { account: id, coverage, assessed: [], unread: [], roles: new Map(), notes: [] }
}

async function regionsOf({ id }: AccountToRead, { regions, home }: AuditRequest['where'], tools: Tools) {
  if (regions !== 'all') return { regions, notes: [] }
  tools.progress.say('asking for the regions')
  const everywhere = await allRegions(home, tools.aws)
  const notes =
    everywhere.note === undefined ? [] : [id === undefined ? everywhere.note : `account ${id}: ${everywhere.note}`]
  return { regions: everywhere.regions, notes }
}

/** The account is in every ARN; only where there is no function must it be asked for. */
async function accountOf(places: readonly AuditedPlace[], home: string, tools: Tools): Promise<string> {
  const first = places.flatMap((place) => place.assessed)[0]
  if (first) return first.row.account
  try {
    const identity = await tools.aws.identity(places[0]?.region ?? home)
    return (await identity.whoAmI()).account
  } catch (error) {
    if (places.some((place) => place.failure?.code === 'REGION_NOT_ENABLED')) return 'unknown'
    readableFailure(error)
    return 'unknown'
  }
}
