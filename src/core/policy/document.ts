/** Reads a policy document, as IAM returns it, into statements. */

/** `Action` or `NotAction`, `Resource` or `NotResource`. Never empty. */
export interface Selector {
  /** The `Not…` form: everything but these patterns. */
  except: boolean
  patterns: readonly string[]
}

/** One line of a condition block: the key compared with any of the values. */
export interface Condition {
  operator: string
  key: string
  values: readonly string[]
}

export interface Statement {
  sid?: string
  effect: 'Allow' | 'Deny'
  actions: Selector
  /** Absent in trust policies only. */
  resources?: Selector
  /** All must hold. */
  conditions: readonly Condition[]
  /** As written; identity policies have none. */
  principal?: unknown
  /** Whether `${…}` is a policy variable: from version 2012-10-17 on; ordinary text before. */
  variables: boolean
}

export type Document = { statements: readonly Statement[] } | { malformed: string }

class Malformed extends Error {}

/**
 * Takes URL-encoded JSON (what IAM sends), JSON, or the parsed value. What IAM itself would not have stored is
 * malformed as a whole: half of a document that is not understood is not an answer. Never throws.
 * Source: IAM user guide, "Grammar of the IAM JSON policy language".
 */
export function parseDocument(document: unknown): Document {
  try {
    const policy = objectOf(typeof document === 'string' ? parseText(document) : document, 'the document')
    const variables = readsVariables(own(policy, 'Version'))
    if (!Object.hasOwn(policy, 'Statement')) throw new Malformed('it has no Statement')
    return { statements: listOf(own(policy, 'Statement')).map((statement) => readStatement(statement, variables)) }
  } catch (error) {
    if (error instanceof Malformed) return { malformed: error.message }
    throw error
  }
}

/** A JSON text may hold `%` signs of its own, but never begins with one; an encoded object always does. */
function parseText(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('%') ? decodeURIComponent(text) : text)
  } catch {
    throw new Malformed('it is not JSON')
  }
}

function readsVariables(version: unknown): boolean {
  if (version === '2012-10-17') return true
  if (version === undefined || version === '2008-10-17') return false
  throw new Malformed('its Version is none that IAM knows')
}

function readStatement(value: unknown, variables: boolean): Statement {
  const statement = objectOf(value, 'a Statement')
  const sid = own(statement, 'Sid')
  const effect = own(statement, 'Effect')
  if (effect !== 'Allow' && effect !== 'Deny') throw new Malformed('an Effect is neither Allow nor Deny')
  const actions = readSelector(statement, 'Action', 'NotAction')
  if (actions === undefined) throw new Malformed('a Statement has no Action')
  const resources = readSelector(statement, 'Resource', 'NotResource')
  return {
    ...(typeof sid === 'string' && sid !== '' ? { sid } : {}),
    effect,
    actions,
    ...(resources ? { resources } : {}),
    conditions: readConditions(own(statement, 'Condition')),
    principal: own(statement, 'Principal'),
    variables,
  }
}

function readSelector(statement: object, name: string, notName: string): Selector | undefined {
  const only = own(statement, name)
  const except = own(statement, notName)
  if (only === undefined && except === undefined) return undefined
  if (only !== undefined && except !== undefined) throw new Malformed(`a Statement has both ${name} and ${notName}`)
  const patterns: string[] = []
  for (const pattern of listOf(only ?? except)) {
    if (typeof pattern !== 'string') throw new Malformed(`a Statement's ${name} is not text`)
    patterns.push(pattern)
  }
  if (patterns.length === 0) throw new Malformed(`a Statement's ${name} is empty`)
  return { except: only === undefined, patterns }
}

function readConditions(value: unknown): Condition[] {
  if (value === undefined) return []
  return Object.entries(objectOf(value, 'a Condition')).flatMap(([operator, keys]) =>
    Object.entries(objectOf(keys, 'a Condition')).map(([key, values]) => ({ operator, key, values: scalars(values) })),
  )
}

/** Numbers and booleans may be written without quotation marks. */
function scalars(values: unknown): string[] {
  const texts: string[] = []
  for (const value of listOf(values)) {
    const scalar = typeof value === 'string' || typeof value === 'boolean' || Number.isSafeInteger(value)
    if (!scalar) throw new Malformed('a Condition compares with something that is not text, a number or a boolean')
    texts.push(String(value))
  }
  return texts
}

function listOf(value: unknown): readonly unknown[] {
  if (value === undefined) return []
  return Array.isArray(value) ? value : [value]
}

function objectOf(value: unknown, what: string): object {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Malformed(`${what} is not a JSON object`)
}

function own(value: object, name: string): unknown {
  return Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined
}
