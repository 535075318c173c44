/** Reads each execution role once, however many functions and regions share it, in the account that it belongs to. */
import type { AwsAccess, IamGateway } from '../../aws/gateways.js'
import { accountOfArn, partitionOfArn } from '../../core/arn.js'
import { grouped } from '../../core/grouped.js'
import { roleNameOf } from '../../core/lambda-function.js'
import type { Role } from '../../core/policy/role.js'
import { stopsEverything, XtraceError } from '../../errors.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'

/** Reading one role takes about six calls, the sweep one call per some hundred roles of the account. */
const FEW_ROLES = 5
/** Roles of one account. */
const AT_ONCE = 4
const ACCOUNTS_AT_ONCE = 8

export class RoleBook {
  readonly #roles = new Map<string, Promise<Role>>()
  /** By account. */
  readonly #sweeps = new Map<string, Promise<ReadonlyMap<string, Role> | undefined>>()

  constructor(private readonly aws: AwsAccess) {}

  /** What cannot be read is marked in the role. */
  role(arn: string): Promise<Role> {
    const known = this.#roles.get(arn) ?? this.#readOne(arn)
    this.#roles.set(arn, known)
    return known
  }

  /** Begins early with what readAll will be asked for, where that is surely more than a few; a failure is told by readAll. */
  expect(arns: Iterable<string>): void {
    for (const [account, wanted] of grouped(new Set(arns), accountOfArn)) {
      if (wanted.length > FEW_ROLES) this.#sweepOf(account, wanted).catch(() => undefined)
    }
  }

  /** All of these roles, in each account by the cheaper of two ways; where the sweep is denied, one by one. */
  async readAll(arns: Iterable<string>): Promise<Map<string, Role>> {
    const byAccount = [...grouped(new Set(arns), accountOfArn)]
    const read = await inParallel(byAccount, ACCOUNTS_AT_ONCE, ([account, wanted]) => this.#readAllOf(account, wanted))
    return new Map(read.flat())
  }

  async #readAllOf(account: string, wanted: readonly string[]): Promise<Array<[string, Role]>> {
    const unread = wanted.filter((arn) => !this.#roles.has(arn))
    if (unread.length > FEW_ROLES || this.#sweeps.has(account)) this.#take(unread, await this.#sweepOf(account, unread))
    return inParallel(wanted, AT_ONCE, async (arn) => [arn, await this.role(arn)])
  }

  async #readOne(arn: string): Promise<Role> {
    const iam = await this.#iamOf(arn)
    return iam.readRole(arn)
  }

  async #iamOf(arn: string): Promise<IamGateway> {
    const inside = await accessTo(arn, this.aws)
    return inside.iam(partitionOfArn(arn))
  }

  /** Once an account. @param arns some roles of it */
  #sweepOf(account: string, arns: readonly string[]): Promise<ReadonlyMap<string, Role> | undefined> {
    const sweep = this.#sweeps.get(account) ?? this.#sweep(arns)
    this.#sweeps.set(account, sweep)
    return sweep
  }

  /** @returns undefined where the sweep is denied */
  async #sweep(arns: readonly string[]): Promise<ReadonlyMap<string, Role> | undefined> {
    try {
      const iam = await this.#iamOf(arns[0] ?? '')
      return await iam.readAllRoles()
    } catch (error) {
      if (!(error instanceof XtraceError) || error.code === 'FAULT' || stopsEverything(error)) throw error
      return undefined
    }
  }

  #take(arns: readonly string[], all: ReadonlyMap<string, Role> | undefined): void {
    const own = all && accountOfArn([...all.keys()][0] ?? '')
    for (const arn of arns) {
      const role = all?.get(arn)
      if (role) this.#roles.set(arn, Promise.resolve(role))
      else if (own === accountOfArn(arn)) this.#roles.set(arn, Promise.resolve(missingRole(arn)))
    }
  }
}

/** A sweep that ended names every role of the account: what is not in it does not exist. */
function missingRole(arn: string): Role {
  return { arn, name: roleNameOf(arn), account: accountOfArn(arn), policies: [], missing: true }
}
