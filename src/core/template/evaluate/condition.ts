/** Decides the conditions of a template. */
import { type Answer, allOf, answerOf, anyOf, negate } from '../../policy/answer.js'
import { type Node, plainText } from '../read/node.js'
import { argumentsOf, callOf } from './intrinsic.js'
import { isKnown } from './marked-text.js'

export interface ConditionSource {
  /** Of a condition by its name. */
  holds(condition: string): boolean
  /** May be marked. */
  text(node: Node): string | undefined
  /** Whether text that is marked is this text after all. */
  equals(text: string, known: string): Answer
}

/** What cannot be decided is `unknown`. */
export function decide(node: Node, source: ConditionSource): Answer {
  const call = callOf(node)
  if (call === undefined) return 'unknown'
  const operands = () => argumentsOf(call).map((operand) => decide(operand, source))
  switch (call.name) {
    case 'Condition': {
      const name = plainText(call.argument)
      return name === undefined ? 'unknown' : answerOf(source.holds(name))
    }
    case 'Fn::And':
      return allOf(operands())
    case 'Fn::Or':
      return anyOf(operands())
    case 'Fn::Not':
      return negate(allOf(operands()))
    case 'Fn::Equals':
      return equal(argumentsOf(call), source)
    default:
      return 'unknown'
  }
}

function equal(operands: readonly Node[], source: ConditionSource): Answer {
  const [left, right] = operands.map((operand) => source.text(operand))
  if (left === undefined || right === undefined) return 'unknown'
  if (left === right) return 'yes'
  if (isKnown(left) && isKnown(right)) return 'no'
  return isKnown(left) ? source.equals(right, left) : isKnown(right) ? source.equals(left, right) : 'unknown'
}
