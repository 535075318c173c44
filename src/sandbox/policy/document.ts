/** A policy document: its shape, reading it from text, and writing it as IAM answers it. */
import { AwsError } from '../aws-error.js'

export interface PolicyStatement {
  Sid?: string
  Effect: 'Allow' | 'Deny'
  Principal?: string | Readonly<Record<string, string | readonly string[]>>
  Action?: string | readonly string[]
  NotAction?: string | readonly string[]
  Resource?: string | readonly string[]
  NotResource?: string | readonly string[]
  Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>
}

export interface PolicyDocument {
  Version?: string
  Id?: string
  Statement: PolicyStatement | readonly PolicyStatement[]
}

/** A document with the text that was given: IAM gives back the same text. */
export interface StoredDocument {
  readonly text: string
  readonly document: PolicyDocument
}

export function storeDocument(document: PolicyDocument): StoredDocument {
  return { text: JSON.stringify(document), document }
}

/** @throws AwsError MalformedPolicyDocument */
export function readDocument(text: string): StoredDocument {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch (cause) {
    throw malformed('This policy contains invalid Json', cause)
  }
  if (!isDocument(parsed)) throw malformed('Syntax errors in policy.')
  return { text, document: parsed }
}

export function statementsOf(document: PolicyDocument): readonly PolicyStatement[] {
  return listOf(document.Statement)
}

export function listOf<T>(value: T | readonly T[] | undefined): readonly T[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value as T]
}

/** RFC 3986: more than `encodeURIComponent` leaves alone. */
export function encodeDocument(stored: StoredDocument): string {
  return encodeURIComponent(stored.text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  )
}

function isDocument(value: unknown): value is PolicyDocument {
  if (typeof value !== 'object' || value === null || !('Statement' in value)) return false
  return listOf(value.Statement).every(
    (statement) =>
      typeof statement === 'object' &&
      statement !== null &&
      'Effect' in statement &&
      (statement.Effect === 'Allow' || statement.Effect === 'Deny'),
  )
}

function malformed(text: string, cause?: unknown): AwsError {
  const error = new AwsError(400, 'MalformedPolicyDocument', text)
  if (cause !== undefined) error.cause = cause
  return error
}
