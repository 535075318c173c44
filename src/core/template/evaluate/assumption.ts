/** What is taken to be so about a deployment, where the template leaves it open. */

export type Assumption =
  | { condition: string; holds: boolean }
  | { reference: string; is: string }
  | { reference: string; isNot: string }

/** Thrown where a decision needs to know more; one of the alternatives is so. */
export class Fork extends Error {
  override readonly name = 'Fork'
  readonly alternatives: readonly Assumption[]

  constructor(alternatives: readonly Assumption[]) {
    super('it depends')
    this.alternatives = alternatives
  }
}

export function holdsIn(assumed: readonly Assumption[], condition: string): boolean | undefined {
  for (const one of assumed) if ('condition' in one && one.condition === condition) return one.holds
  return undefined
}

export function valueIn(assumed: readonly Assumption[], reference: string): string | undefined {
  for (const one of assumed) if ('is' in one && one.reference === reference) return one.is
  return undefined
}

export function excludedIn(assumed: readonly Assumption[], reference: string, value: string): boolean {
  return assumed.some((one) => 'isNot' in one && one.reference === reference && one.isNot === value)
}

/** As a part of a sentence: "the condition IsProd holds", "Stage is prod". */
export function saidOf(assumption: Assumption): string {
  if ('condition' in assumption)
    return `the condition ${assumption.condition} ${assumption.holds ? 'holds' : 'does not hold'}`
  return 'is' in assumption
    ? `${assumption.reference} is ${assumption.is}`
    : `${assumption.reference} is not ${assumption.isNot}`
}

/** What one would have to know: "the condition IsProd", "the parameter Stage", "AWS::Region". */
export function subjectOf(assumption: Assumption): string {
  if ('condition' in assumption) return `the condition ${assumption.condition}`
  const { reference } = assumption
  return reference.startsWith('AWS::') ? reference : `the parameter ${reference}`
}
