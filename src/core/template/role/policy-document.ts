/** Turns a policy document of a template into the one that IAM would get. */
import type { Evaluator } from '../evaluate/evaluator.js'
import { callOf } from '../evaluate/intrinsic.js'
import { isKnown, shownText, withReferencesAs } from '../evaluate/marked-text.js'
import { allEntries, type Mapping, type Node } from '../read/node.js'
import { foreignEntry } from '../sections.js'

/** Thrown inside this file only. */
class Unsettled extends Error {}

/** A policy variable that nothing is known of, so that what depends on it stays undecided. */
const UNKNOWN = `\${xtrace:unknown}`

/** Text where it does not matter which. */
const SOMETHING = 'something'

/** Facts of the role that only its deployment gives; what compares them with a literal text cannot be decided. */
const OF_THE_DEPLOYMENT = new Set(['aws:principalarn', 'aws:principalaccount', 'aws:resourceaccount'])
const OWN_ACCOUNT = /^\$\{aws:(Principal|Resource)Account\}$/i

export type Settled = { document: unknown } | { document: undefined; unreadable: string }

/** @throws Fork */
export function settledDocument(node: Node | undefined, evaluator: Evaluator): Settled {
  if (node === undefined) return { document: undefined, unreadable: 'it has no document' }
  try {
    return { document: plainValue(node, '', evaluator) }
  } catch (error) {
    if (error instanceof Unsettled) return { document: undefined, unreadable: error.message }
    throw error
  }
}

/** @param key the nearest one above */
function plainValue(node: Node, key: string, evaluator: Evaluator): unknown {
  const settled = evaluator.settle(node)
  if (settled === undefined) return undefined
  if (callOf(settled) !== undefined) return calledValue(settled, key, evaluator)
  if (settled.kind === 'scalar') return plainLeaf(evaluator.text(settled), key)
  if (settled.kind === 'list') return listedValue(settled.items, key, evaluator)
  const foreign = foreignEntry(settled)
  if (foreign) throw new Unsettled(`${foreign.key.text} brings in what is not in this file`)
  return key === 'Condition' ? plainConditions(settled, evaluator) : plainObject(settled, evaluator)
}

/** A call may stand for several items of a list. */
function calledValue(node: Node, key: string, evaluator: Evaluator): unknown {
  const values = evaluator.items(node).map((item) => plainLeaf(evaluator.text(item), key))
  return values.length === 1 ? values[0] : values
}

function listedValue(items: readonly Node[], key: string, evaluator: Evaluator): unknown[] {
  return items.flatMap((item) => {
    const value = plainValue(item, key, evaluator)
    return value === undefined ? [] : value
  })
}

function plainObject(map: Mapping, evaluator: Evaluator): object {
  const entries = allEntries(map).flatMap(({ key, value }) => {
    const plain = plainValue(value, key.text, evaluator)
    return plain === undefined ? [] : [[key.text, plain] as const]
  })
  return Object.fromEntries(entries)
}

function plainLeaf(text: string | undefined, key: string): string {
  if (text === undefined) throw new Unsettled('a part of it is not in this file')
  if (isKnown(text)) return text
  if (key === 'Resource' || key === 'NotResource') return withReferencesAs(text, UNKNOWN)
  if (key === 'Sid' || key === 'AWS') return withReferencesAs(text, SOMETHING)
  throw new Unsettled(`it depends on ${shownText(text)}`)
}

/** A condition that only the deployment decides gets a key that stands for nothing known. */
function plainConditions(operators: Mapping, evaluator: Evaluator): object {
  const entries = operators.entries.map(({ key: operator, value }) => {
    const keys = evaluator.settle(value)
    if (keys?.kind !== 'map' || callOf(keys)) throw new Unsettled('a part of its conditions is not in this file')
    return [
      operator.text,
      Object.fromEntries(keys.entries.map((entry) => comparison(entry.key.text, entry.value, evaluator))),
    ]
  })
  return Object.fromEntries(entries)
}

function comparison(key: string, value: Node, evaluator: Evaluator): [key: string, values: string[]] {
  const values = evaluator.items(value).map((item) => evaluator.text(item) ?? '')
  const literal = OF_THE_DEPLOYMENT.has(key.toLowerCase()) && !values.every((text) => OWN_ACCOUNT.test(text))
  const open = literal || !values.every(isKnown)
  return [open ? `${key} at deployment` : key, values.map((text) => withReferencesAs(text, SOMETHING))]
}
