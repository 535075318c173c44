/** Keeps which functions were held against a template, to say of which nothing was compared. */
import { compare } from '../../core/compare.js'
import { type Declared, isOnHand } from '../../core/drift/templates-on-hand.js'
import type { FunctionRow } from '../../core/function-row.js'

/** What `--template` names. */
export interface TemplatesOnHand {
  declared: Declared
  /** Those that a template was named for; the other templates are of any stack. */
  stacks: readonly string[]
  /** Whether there are others. */
  ofAnyStack: boolean
}

/** A line for every function would bury the other notes. */
const MOST_NAMED = 5

export class HeldAgainst {
  #compared = 0
  readonly #without: string[] = []
  readonly #stacks = new Set<string>()

  constructor(private readonly templates: TemplatesOnHand) {}

  take(row: Pick<FunctionRow, 'name' | 'owner'>): void {
    const { declared, stacks, ofAnyStack } = this.templates
    if (!row.owner) return
    const { stack } = row.owner
    this.#stacks.add(stack)
    if (isOnHand(row, declared)) this.#compared++
    else if (ofAnyStack || stacks.includes(stack)) this.#without.push(`${row.name} (stack ${stack})`)
  }

  notes(): string[] {
    const named = [...new Set(this.templates.stacks)].sort(compare)
    const without = this.#without.toSorted(compare)
    const more = without.length > MOST_NAMED ? `, and ${without.length - MOST_NAMED} more` : ''
    return [
      ...named
        .filter((stack) => !this.#stacks.has(stack))
        .map((stack) => `no function of stack ${stack} was read: its template was held against nothing`),
      ...(without.length > 0
        ? [`no template says the mode of ${without.slice(0, MOST_NAMED).join(', ')}${more}: held against none`]
        : []),
      ...(this.#compared === 0 ? ['no function was held against a template'] : []),
    ]
  }
}
