/** Why a text is not a template, and where. */

/** Thrown by the readers; `readTemplate` makes one line of it. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
  readonly offset: number

  constructor(offset: number, what: string) {
    super(what)
    this.offset = offset
  }
}

/** Levels of nesting; templates have some twenty. Everything that walks the tree relies on it for its stack. */
export const MAX_DEPTH = 200

export function tooDeep(offset: number): Unreadable {
  return new Unreadable(offset, `nested more than ${MAX_DEPTH} levels deep`)
}

export function duplicateKey(offset: number, key: string): Unreadable {
  return new Unreadable(offset, `the key ${shortened(key)} stands twice in one mapping`)
}

/** A piece of the file for a message of one line. */
export function shortened(text: string): string {
  return JSON.stringify(text.length > 40 ? `${text.slice(0, 40)}…` : text)
}
