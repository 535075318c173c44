/** Hands out the functions of one region: those that need no fresh grant first, the others as their role is proven. */
import type { RoleGates } from './role-gates.js'

export interface QueuedWork {
  /** Id of the grant step that this run carries out for the function's role. */
  gate?: string
}

export class WorkQueue<T extends QueuedWork> {
  readonly #ready: T[]
  readonly #gated = new Map<string, T[]>()
  #next = 0

  constructor(
    items: readonly T[],
    private readonly gates: RoleGates,
  ) {
    this.#ready = items.filter((item) => item.gate === undefined)
    for (const item of items)
      if (item.gate !== undefined) this.#gated.set(item.gate, [...(this.#gated.get(item.gate) ?? []), item])
  }

  /** @returns undefined when nothing is left */
  async take(): Promise<T | undefined> {
    for (;;) {
      const item = this.#now()
      if (item !== undefined || this.#gated.size === 0) return item
      await this.gates.changed()
    }
  }

  #now(): T | undefined {
    if (this.#next < this.#ready.length) return this.#ready[this.#next++]
    for (const [gate, items] of this.#gated) {
      if (this.gates.isOpen(gate)) {
        this.#ready.push(...items)
        this.#gated.delete(gate)
        return this.#now()
      }
      if (this.gates.tryToProbe(gate)) return this.#first(gate, items)
    }
    return undefined
  }

  #first(gate: string, items: T[]): T | undefined {
    const first = items.shift()
    if (items.length === 0) this.#gated.delete(gate)
    return first
  }
}
