/** What one policy document says about one action, and which of its statements says so. */
import { type Answer, anyOf } from './answer.js'
import { undecidedKeys } from './condition.js'
import { type Document, parseDocument, type Statement } from './document.js'
import type { RequestFacts } from './request-facts.js'
import type { RolePolicy } from './role.js'
import { applies } from './statement.js'

/** A policy with its document read once for all actions. */
export interface ReadPolicy {
  /** What a person calls it: "AWSXRayDaemonWriteAccess", "inline policy guard", "permissions boundary ops". */
  label: string
  document: Document
}

export interface Opinion {
  label: string
  allow: Answer
  deny: Answer
  /** The statement behind `allow`, where that is not `no` and the document can be read. */
  allowing?: Ground
  /** The same for `deny`. */
  denying?: Ground
  /** Why nothing can be said: both answers are then `unknown`. */
  gap?: string
}

/** A statement as the ground of an answer. */
export interface Ground {
  sid?: string
  /** Its place in the document, counted from one. */
  number: number
  /** The document has no other statement. */
  alone: boolean
  answer: Answer
  /** The condition keys that leave it undecided. */
  undecided: string[]
}

export function readPolicy(policy: RolePolicy, label: string): ReadPolicy {
  const { unreadable } = policy
  return { label, document: unreadable === undefined ? parseDocument(policy.document) : { malformed: unreadable } }
}

export function opinionOn(action: string, { label, document }: ReadPolicy, facts: RequestFacts): Opinion {
  if ('malformed' in document) return { label, allow: 'unknown', deny: 'unknown', gap: document.malformed }
  const { statements } = document
  const allows: Ground[] = []
  const denies: Ground[] = []
  for (const [index, statement] of statements.entries()) {
    const ground = weigh(statement, action, facts, index + 1, statements.length === 1)
    if (statement.effect === 'Allow') allows.push(ground)
    else denies.push(ground)
  }
  const allowing = strongest(allows)
  const denying = strongest(denies)
  return {
    label,
    allow: anyOf(allows.map(({ answer }) => answer)),
    deny: anyOf(denies.map(({ answer }) => answer)),
    ...(allowing ? { allowing } : {}),
    ...(denying ? { denying } : {}),
  }
}

function weigh(statement: Statement, action: string, facts: RequestFacts, number: number, alone: boolean): Ground {
  const answer = applies(statement, action, facts)
  const undecided = answer === 'unknown' ? undecidedKeys(statement, facts) : []
  return { ...(statement.sid === undefined ? {} : { sid: statement.sid }), number, alone, answer, undecided }
}

function strongest(grounds: readonly Ground[]): Ground | undefined {
  return grounds.find(({ answer }) => answer === 'yes') ?? grounds.find(({ answer }) => answer === 'unknown')
}
