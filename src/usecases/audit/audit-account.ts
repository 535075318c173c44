/** Reads and judges the functions of one account: a region, a role or a tag that cannot be read stops nothing else. */
import type { Role } from '../../core/policy/role.js'
import type { Coverage } from '../../core/report.js'
import type { XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { allRegions } from '../all-regions.js'
import { choose } from '../choose.js'
import { reportedError, unreadRow } from '../failed-row.js'
import { refusalOf } from '../open-account.js'
import { coverageOf, failedCoverage } from '../read-region.js'
import { readableFailure } from '../reading.js'
import { RoleBook } from '../role-book.js'
import type { Tools } from '../tools.js'
import type { AccountToRead } from './accounts.js'
import { type Assessed, assessPlace, type PlaceReading } from './assess-place.js'
import { readPlace } from './read-place.js'
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

const REGIONS_AT_ONCE = 32

export async function auditAccount(to: AccountToRead, request: AuditRequest, tools: Tools): Promise<AccountAudit> {
  const aws = to.open()
  const inside: Tools = { ...tools, aws }
  const refused = to.entered && to.id !== undefined ? await refusalOf(to.id, aws, request.where.home) : undefined
  if (refused) return closedAccount(to, request.where.regions, refused)
  const { regions, notes } = await regionsOf(to, request.where, inside)
  const book = new RoleBook(aws)
  const { places, unread } = await readPlaces(request, regions, inside, book)
  const account = to.id ?? (await accountOf(places, request.where.home, inside))
  const functions = places.flatMap((place) => place.functions)
  tools.progress.say(`reading roles${to.id === undefined ? '' : ` of ${to.id}`}`)
  const roles = await book.readAll(functions.map(({ fn }) => fn.role))
  const assessed = await inParallel(places, REGIONS_AT_ONCE, (place) => assessPlace(place, roles, request, aws))
  return {
    account,
    coverage: 'refs' in request.choice ? [] : places.map((place) => coverageOf(place, account)),
    assessed: assessed.flatMap((one) => one.assessed),
    unread,
    roles,
    notes: [...notes, ...assessed.flatMap((one) => one.notes)],
  }
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

async function readPlaces(
  request: AuditRequest,
  regions: readonly string[],
  tools: Tools,
  book: RoleBook,
): Promise<{ places: PlaceReading[]; unread: AccountAudit['unread'] }> {
  const { choice } = request
  if ('selection' in choice) {
    const places = await inParallel(regions, REGIONS_AT_ONCE, (region) =>
      readPlace(region, choice.selection, request, tools, (listed) => book.expect(listed.map((fn) => fn.role))),
    )
    return { places, unread: [] }
  }
  const { chosen, unread } = await choose(choice, [...regions], 'show', tools)
  const places = new Map<string, PlaceReading>()
  for (const one of chosen) {
    const place = places.get(one.fn.region) ?? { region: one.fn.region, functions: [] }
    place.functions.push(one)
    places.set(place.region, place)
  }
  const failed = unread.flatMap((target) =>
    target.error ? [{ ...unreadRow(target), error: reportedError(target.error) }] : [],
  )
  return { places: [...places.values()], unread: failed }
}

/** The account is in every ARN; only where there is no function must it be asked for. */
async function accountOf(places: readonly PlaceReading[], home: string, tools: Tools): Promise<string> {
  const first = places.flatMap((place) => place.functions)[0]
  if (first) return first.fn.account
  try {
    const identity = await tools.aws.identity(places[0]?.region ?? home)
    return (await identity.whoAmI()).account
  } catch (error) {
    if (places.some((place) => place.failure?.code === 'REGION_NOT_ENABLED')) return 'unknown'
    readableFailure(error)
    return 'unknown'
  }
}
