/** Whether a role could write to X-Ray at a time, worked out once for all the times between two changes. */
import { allows } from '../policy/evaluate.js'
import type { Account } from '../world/account.js'
import type { Role } from '../world/role.js'
import { policiesAt } from '../world/role-policies.js'

interface Step {
  readonly since: number
  readonly writes: boolean
}

export class WritePermission {
  readonly #account: Account
  readonly #delayMs: number
  /** By the role's ARN, newest first. */
  readonly #steps = new Map<string, readonly Step[]>()

  /** @param delayMs until a change of a role is seen */
  constructor(account: Account, delayMs: number) {
    this.#account = account
    this.#delayMs = delayMs
  }

  mayWrite(roleArn: string, time: number): boolean {
    let steps = this.#steps.get(roleArn)
    if (steps === undefined) {
      steps = this.#stepsOf(roleArn)
      this.#steps.set(roleArn, steps)
    }
    return steps.find(({ since }) => since <= time - this.#delayMs)?.writes === true
  }

  #stepsOf(roleArn: string): Step[] {
    const role = this.#account.roles.get(roleArn.slice(roleArn.lastIndexOf('/') + 1))
    if (role?.arn !== roleArn) return []
    const times = new Set([...role.pastPermissions.times, ...this.#policyTimes(role)])
    return [...times].sort((a, b) => b - a).map((since) => ({ since, writes: this.#writes(role, since) }))
  }

  #policyTimes(role: Role): number[] {
    const arns = new Set(
      role.pastPermissions.values.flatMap(({ managed, boundary }) => [...managed, ...(boundary ? [boundary] : [])]),
    )
    return [...arns].flatMap((arn) => this.#account.policies.get(arn)?.defaultVersionTimes ?? [])
  }

  #writes(role: Role, time: number): boolean {
    const permissions = role.permissionsAt(time)
    return permissions !== undefined && allows(policiesAt(permissions, time, this.#account), 'xray:PutTraceSegments')
  }
}
