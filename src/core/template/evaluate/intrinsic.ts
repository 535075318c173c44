/** Recognizes intrinsic functions in their short and long forms. */
import { behindAlias, type Node, plainText } from '../read/node.js'

export interface Call {
  /** The long name: `Ref`, `Condition`, `Fn::Sub`. */
  name: string
  argument: Node
}

const BARE_NAMES = new Set(['Ref', 'Condition'])

/** `!Sub x` and `{Fn::Sub: x}` alike; undefined for a literal value. */
export function callOf(node: Node): Call | undefined {
  const found = behindAlias(node)
  if (found.tag !== undefined) {
    const name = found.tag.slice(1)
    const { tag: _, ...argument } = found
    return { name: BARE_NAMES.has(name) ? name : `Fn::${name}`, argument }
  }
  const [entry, ...others] = found.kind === 'map' ? found.entries : []
  if (entry === undefined || others.length > 0) return undefined
  const name = entry.key.text
  if (name.startsWith('Fn::')) return { name, argument: entry.value }
  return BARE_NAMES.has(name) && plainText(entry.value) !== undefined ? { name, argument: entry.value } : undefined
}

/** The arguments of a function that takes several. */
export function argumentsOf(call: Call): readonly Node[] {
  const argument = behindAlias(call.argument)
  return argument.kind === 'list' && argument.tag === undefined ? argument.items : []
}

/** `Logical.Attribute` of `Fn::GetAtt`, which may be written as a list. */
export function attributeName(call: Call): string | undefined {
  const parts = argumentsOf(call).map((part) => plainText(part))
  return plainText(call.argument) ?? (parts.length > 1 && !parts.includes(undefined) ? parts.join('.') : undefined)
}
