/** Reads each execution role once, however many functions and regions share it. */

import type { AwsAccess } from '../aws/gateways.js'
import { roleNameOf } from '../core/lambda-function.js'
import type { Role } from '../core/policy/role.js'
import { partitionOfArn } from '../core/region.js'
import { stopsEverything, XtraceError } from '../errors.js'
import { inParallel } from '../rollout/in-parallel.js'

/** Reading one role takes about six calls, the sweep one call per some hundred roles of the account. */
const FEW_ROLES = 5
const AT_ONCE = 4

export class RoleBook {
  readonly #roles = new Map<string, Promise<Role>>()

  constructor(private readonly aws: AwsAccess) {}

  /** What cannot be read is marked in the role. */
  role(arn: string): Promise<Role> {
    const known = this.#roles.get(arn) ?? this.#readOne(arn)
    this.#roles.set(arn, known)
    return known
  }

  /** All of these roles, by the cheaper of two ways; where the sweep is denied, one by one. */
  async readAll(arns: Iterable<string>): Promise<Map<string, Role>> {
    const wanted = [...new Set(arns)]
    const unread = wanted.filter((arn) => !this.#roles.has(arn))
    if (unread.length > FEW_ROLES) await this.#sweep(unread)
    const roles = await inParallel(wanted, AT_ONCE, (arn) => this.role(arn))
    return new Map(roles.map((role, index) => [wanted[index] ?? role.arn, role]))
  }

  async #readOne(arn: string): Promise<Role> {
    const iam = await this.aws.iam(partitionOfArn(arn))
    return iam.readRole(arn)
  }

  async #sweep(arns: string[]): Promise<void> {
    const iam = await this.aws.iam(partitionOfArn(arns[0] ?? ''))
    try {
      const all = await iam.readAllRoles()
      const own = (arn: string) => [...all.keys()][0]?.split(':')[4] === arn.split(':')[4]
      for (const arn of arns) {
        const role = all.get(arn)
        if (role) this.#roles.set(arn, Promise.resolve(role))
        else if (own(arn)) this.#roles.set(arn, Promise.resolve(missingRole(arn)))
      }
    } catch (error) {
      if (!(error instanceof XtraceError) || error.code === 'FAULT' || stopsEverything(error)) throw error
    }
  }
}

/** A sweep that ended names every role of the account: what is not in it does not exist. */
function missingRole(arn: string): Role {
  return { arn, name: roleNameOf(arn), account: arn.split(':')[4] ?? '', policies: [], missing: true }
}
