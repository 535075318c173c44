/** Reads a query: `SELECT property, … WHERE condition`. */
import type { Condition } from './condition.js'
import { invalidExpression } from './errors.js'
import { SIMPLE } from './properties.js'
import { Reader } from './reader.js'

export interface Query {
  readonly fields: readonly string[]
  /** Absent: everything. */
  readonly where?: Condition
}

/** Characters that must stand before the wildcard of a LIKE. */
const SHORTEST_STEM = 3

/** @throws AwsError InvalidExpressionException */
export function readQuery(text: string): Query {
  const reader = new Reader(text)
  reader.expectWord('SELECT')
  const fields = reader.takeSign('*') ? SIMPLE : reader.list(() => reader.property('select'))
  const where = reader.takeWord('WHERE') ? readAlternatives(reader) : undefined
  reader.expectEnd()
  return where === undefined ? { fields } : { fields, where }
}

function readAlternatives(reader: Reader): Condition {
  return readJoined('OR', () => readJoined('AND', () => readPart(reader), reader), reader)
}

function readJoined(word: 'AND' | 'OR', readOne: () => Condition, reader: Reader): Condition {
  const first = readOne()
  const parts = [first]
  while (reader.takeWord(word)) parts.push(readOne())
  return parts.length === 1 ? first : { kind: word === 'AND' ? 'and' : 'or', parts }
}

function readPart(reader: Reader): Condition {
  if (reader.takeWord('NOT')) return { kind: 'not', part: readPart(reader) }
  if (!reader.takeSign('(')) return readComparison(reader)
  const inner = readAlternatives(reader)
  reader.expectSign(')')
  return inner
}

function readComparison(reader: Reader): Condition {
  const property = reader.property('compare')
  if (reader.takeSign('=')) return { kind: 'in', property, values: [reader.value()] }
  if (reader.takeSign('!=')) return { kind: '!=', property, values: [reader.value()] }
  if (reader.takeWord('LIKE')) return { kind: 'like', property, pattern: readPattern(reader) }
  reader.expectWord('IN')
  reader.expectSign('(')
  const values = reader.list(() => reader.value())
  reader.expectSign(')')
  return { kind: 'in', property, values }
}

function readPattern(reader: Reader): string {
  const pattern = reader.value()
  const stem = pattern.slice(0, -1)
  if (/[%_]$/.test(pattern) && !stem.includes('%') && stem.length >= SHORTEST_STEM) return pattern
  throw invalidExpression(`A wildcard can only end a value, after ${SHORTEST_STEM} characters at least: ${pattern}`)
}
