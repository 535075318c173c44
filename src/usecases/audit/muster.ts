/** Waits until every region of an account is listed, and has the roles of all functions read: once, by the cheaper way. */
import type { LambdaFunction } from '../../core/lambda-function.js'
import { type KnownRoles, knownRoles } from '../read/known-roles.js'
import type { RoleBook } from '../read/role-book.js'

export class Muster {
  readonly roles: Promise<KnownRoles>
  readonly #waitingFor: Set<string>
  readonly #arns = new Set<string>()
  #complete: () => void = () => undefined

  constructor(
    regions: readonly string[],
    private readonly book: RoleBook,
  ) {
    this.#waitingFor = new Set(regions)
    const allListed = new Promise<void>((resolve) => {
      this.#complete = resolve
    })
    this.roles = allListed.then(async () => knownRoles(await book.readAll(this.#arns)))
    // A failure is told to whoever waits for the roles.
    this.roles.catch(() => undefined)
    if (regions.length === 0) this.#complete()
  }

  /** To be called for every region, for one that cannot be listed too; what comes after the first time is ignored. */
  listed(region: string, functions: readonly LambdaFunction[]): void {
    if (!this.#waitingFor.delete(region)) return
    const roles = functions.map((fn) => fn.role)
    for (const role of roles) this.#arns.add(role)
    this.book.expect(roles)
    if (this.#waitingFor.size === 0) this.#complete()
  }
}
