/** The same question asked of AWS Config: one paged query, of what it recorded some time ago. */
import type { RecordedFunction } from '../../aws/gateways.js'
import { grouped } from '../../core/grouped.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { Permission } from '../../core/policy/permission.js'
import type { Role } from '../../core/policy/role.js'
import { demandOf } from '../../core/rules/match-rules.js'
import type { Observation } from '../../core/verdict.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { knownRoles } from '../read/known-roles.js'
import { RoleBook } from '../read/role-book.js'
import type { Tools } from '../tools.js'
import type { AccountToRead } from './accounts.js'
import { type Assessed, assessFunction, withOrigin } from './assess-function.js'
import type { AccountAudit } from './audit-account.js'
import { readRecords } from './config-records.js'
import type { AuditRequest } from './request.js'

const ACCOUNTS_AT_ONCE = 8
const NO_ALIASES = 'AWS Config does not record aliases'
const NO_ROLE: Permission = {
  answer: 'unknown',
  because: 'AWS Config does not record what a role may do; with --assume-role the roles are read as well',
}

/**
 * @param enter the way into an account, to read its roles; without it what a role may do is unknown
 * @param absorb gets the functions of each account
 * @returns notes on what this source cannot know
 */
export async function auditFromConfig(
  aggregator: string | undefined,
  request: AuditRequest,
  enter: ((account: string) => AccountToRead) | undefined,
  tools: Tools,
  absorb: (account: AccountAudit) => Promise<void>,
): Promise<string[]> {
  const record = await readRecords(aggregator, request.where, request.choice, tools)
  const byAccount = grouped(record.functions, ({ fn }) => fn.account)
  const accounts = new Set([...byAccount.keys(), ...record.coverage.map((place) => place.account)])
  await inParallel([...accounts], ACCOUNTS_AT_ONCE, async (account) => {
    const functions = byAccount.get(account) ?? []
    const roles = enter && (await new RoleBook(enter(account).open()).readAll(functions.map(({ fn }) => fn.role)))
    await absorb({
      account,
      coverage: record.coverage.filter((place) => place.account === account),
      assessed: assessRecorded(functions, roles, request),
      unread: [],
      roles: roles ?? new Map(),
      notes: [],
    })
  })
  return [...record.notes, 'AWS Config does not tell which functions X-Ray cannot trace: they are not told apart']
}

function assessRecorded(
  functions: readonly RecordedFunction[],
  roles: ReadonlyMap<string, Role> | undefined,
  request: AuditRequest,
): Assessed[] {
  const permissionOf: (fn: LambdaFunction) => Permission = roles ? knownRoles(roles).permissionOf : () => NO_ROLE
  const demand = demandOf(request.rules)
  return functions.map(({ fn, tags }) => {
    const seen: Observation = {
      fn,
      aliases: request.latestOnly ? { value: [] } : { unreadable: NO_ALIASES },
      eventSources: { value: [] },
      permission: permissionOf(fn),
    }
    return withOrigin(assessFunction(seen, demand({ ...fn, tags }), roles?.get(fn.role), request), tags, request)
  })
}
