/** Lets one function at a time find out whether Lambda sees a grant yet; the others of the role wait for it. */

type Gate = 'unproven' | 'probing' | 'open'

/** A gate for each grant step of a run; refused tries would use up the quota that other functions need. */
export class RoleGates {
  readonly #gates = new Map<string, Gate>()
  #waiting: Array<() => void> = []

  isOpen(grantId: string): boolean {
    return this.#gates.get(grantId) === 'open'
  }

  /** @returns whether the caller may go ahead as the one that finds out */
  tryToProbe(grantId: string): boolean {
    if (this.#gates.get(grantId) === 'probing') return false
    this.#gates.set(grantId, 'probing')
    return true
  }

  /** The role works, or will never: nobody has to wait for it any more. */
  open(grantId: string): void {
    this.#set(grantId, 'open')
  }

  /** The one that was to find out failed for another reason. */
  reset(grantId: string): void {
    if (this.#gates.get(grantId) === 'probing') this.#set(grantId, 'unproven')
  }

  /** Settles at the next change of any gate. */
  changed(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #set(grantId: string, gate: Gate): void {
    this.#gates.set(grantId, gate)
    const waiting = this.#waiting
    this.#waiting = []
    for (const resolve of waiting) resolve()
  }
}
