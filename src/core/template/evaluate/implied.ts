/** What must be so wherever a resource is created that has a condition. */
import { type Node, plainText } from '../read/node.js'
import type { Assumption } from './assumption.js'
import { argumentsOf, callOf } from './intrinsic.js'

/** More than any template has; a chain without end is cut off. */
const MAX_IMPLIED = 50

/** @param conditions by name */
export function impliedBy(condition: string, conditions: ReadonlyMap<string, Node>): Assumption[] {
  const implied: Assumption[] = []
  const follow = (name: string, holds: boolean): void => {
    if (implied.length >= MAX_IMPLIED) return
    if (implied.some((one) => 'condition' in one && one.condition === name)) return
    implied.push({ condition: name, holds })
    const definition = conditions.get(name)
    if (definition !== undefined) implied.push(...consequences(definition, holds, follow))
  }
  follow(condition, true)
  return implied
}

/** Only what follows for sure: that one of several does not hold says nothing of each. */
function consequences(node: Node, holds: boolean, follow: (name: string, holds: boolean) => void): Assumption[] {
  const call = callOf(node)
  if (call === undefined) return []
  const operands = argumentsOf(call)
  const name = plainText(call.argument)
  if (call.name === 'Condition' && name !== undefined) follow(name, holds)
  if (call.name === 'Fn::Equals') return comparison(operands, holds)
  if (call.name === 'Fn::Not') return operands.flatMap((operand) => consequences(operand, !holds, follow))
  const eachFollows = call.name === (holds ? 'Fn::And' : 'Fn::Or')
  return eachFollows ? operands.flatMap((operand) => consequences(operand, holds, follow)) : []
}

function comparison(operands: readonly Node[], holds: boolean): Assumption[] {
  const reference = operands.flatMap((operand) => referenceName(operand) ?? [])[0]
  const value = operands.flatMap((operand) => plainText(operand) ?? [])[0]
  if (reference === undefined || value === undefined) return []
  return [holds ? { reference, is: value } : { reference, isNot: value }]
}

function referenceName(node: Node): string | undefined {
  const call = callOf(node)
  return call?.name === 'Ref' ? plainText(call.argument) : undefined
}
