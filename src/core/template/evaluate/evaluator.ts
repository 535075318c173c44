/** Works out what the values of a template are, for given parameters and assumptions. */
import type { Answer } from '../../policy/answer.js'
import {
  behindAlias,
  listItems,
  type Mapping,
  mapping,
  type Node,
  plainText,
  type Scalar,
  valueAt,
} from '../read/node.js'
import type { Sections } from '../sections.js'
import { type Assumption, excludedIn, Fork, holdsIn, valueIn } from './assumption.js'
import { decide } from './condition.js'
import { argumentsOf, type Call, callOf } from './intrinsic.js'
import { isKnown, loneReference, marked } from './marked-text.js'
import { textOfCall } from './text-function.js'

const NO_VALUE = 'AWS::NoValue'
const DYNAMIC = '{{resolve:'
/** Conditions may name each other; a template has a few levels of it, a cycle has no end. */
const MAX_CHAIN = 50
/** Above this, only the value asked for and all others are told apart. */
const MAX_ALTERNATIVES = 8

export class Evaluator {
  /** Parameters whose Default was used. */
  readonly defaults = new Map<string, string>()
  private readonly sections: Sections
  private readonly given: ReadonlyMap<string, string>
  private readonly assumed: readonly Assumption[]
  private readonly decided = new Map<string, Answer>()
  private readonly deciding: string[] = []

  constructor(sections: Sections, given: ReadonlyMap<string, string>, assumed: readonly Assumption[]) {
    this.sections = sections
    this.given = given
    this.assumed = assumed
  }

  /**
   * What stands there: conditions decided, mappings looked up. A call that is left makes text, or cannot be carried out.
   * @returns undefined for `AWS::NoValue`
   * @throws Fork
   */
  settle(node: Node): Exclude<Node, { kind: 'alias' }> | undefined {
    const call = callOf(node)
    if (call === undefined) return behindAlias(node)
    if (call.name === 'Ref' && plainText(call.argument) === NO_VALUE) return undefined
    const found = this.chosen(call)
    return found === undefined ? behindAlias(node) : this.settle(found)
  }

  /**
   * The text of a settled value, marked where only the deployment knows; undefined where it is no text.
   * @throws Fork
   */
  text(node: Node): string | undefined {
    const settled = this.settle(node)
    if (settled === undefined) return undefined
    const call = callOf(settled)
    if (call !== undefined) return textOfCall(call, this)
    const text = plainText(settled)
    return text?.includes(DYNAMIC) ? marked(text) : text
  }

  /**
   * The items of a list, settled; anything else counts as the one item of a list, a list that is not known too.
   * @throws Fork
   */
  items(node: Node): Node[] {
    const settled = this.settle(node)
    if (settled === undefined) return []
    const call = callOf(settled)
    if (call !== undefined) return this.pieces(call, settled) ?? [settled]
    const items = settled.kind === 'list' ? settled.items : [settled]
    return items.flatMap((item) => this.settle(item) ?? [])
  }

  /** @throws Fork */
  holds(condition: string): boolean {
    const assumed = holdsIn(this.assumed, condition)
    if (assumed !== undefined) return assumed
    const answer = this.decideNamed(condition)
    if (answer !== 'unknown') return answer === 'yes'
    throw new Fork([
      { condition, holds: true },
      { condition, holds: false },
    ])
  }

  /** @returns the value of a parameter; marked where it is open, and for resources */
  reference(name: string): string {
    const value = valueIn(this.assumed, name) ?? this.givenValue(name)
    return value ?? marked(name)
  }

  /** @throws Fork where the text is one open parameter */
  equals(text: string, known: string): Answer {
    const name = loneReference(text)
    if (name === undefined || !this.isOpen(name)) return 'unknown'
    if (excludedIn(this.assumed, name, known)) return 'no'
    throw new Fork(this.alternatives(name, known))
  }

  private decideNamed(condition: string): Answer {
    const known = this.decided.get(condition)
    if (known !== undefined) return known
    const definition = this.sections.conditions.get(condition)
    const endless = this.deciding.includes(condition) || this.deciding.length > MAX_CHAIN
    if (definition === undefined || endless) return 'unknown'
    this.deciding.push(condition)
    const answer = decide(definition, this)
    this.deciding.pop()
    this.decided.set(condition, answer)
    return answer
  }

  private isOpen(name: string): boolean {
    return name.startsWith('AWS::') || this.sections.parameters.has(name)
  }

  private alternatives(reference: string, value: string): Assumption[] {
    const values = allowedValues(this.sections.parameters.get(reference)).filter(
      (one) => !excludedIn(this.assumed, reference, one),
    )
    if (values.length > 0 && values.length <= MAX_ALTERNATIVES) return values.map((is) => ({ reference, is }))
    return [
      { reference, is: value },
      { reference, isNot: value },
    ]
  }

  private givenValue(name: string): string | undefined {
    const declaration = this.sections.parameters.get(name)
    if (declaration === undefined) return name.startsWith('AWS::') ? this.given.get(name) : undefined
    if (isStoredElsewhere(declaration)) return undefined
    const given = this.given.get(name)
    if (given !== undefined) return given
    const byDefault = plainText(valueAt(declaration, 'Default'))
    if (byDefault !== undefined) this.defaults.set(name, byDefault)
    return byDefault
  }

  /** The node that `Fn::If` or `Fn::FindInMap` leads to, or undefined for another call or an unknown one. */
  private chosen(call: Call): Node | undefined {
    if (call.name === 'Fn::FindInMap') return this.mapped(call)
    if (call.name !== 'Fn::If') return undefined
    const [condition, then, otherwise] = argumentsOf(call)
    const name = plainText(condition)
    if (name === undefined) return undefined
    return this.holds(name) ? then : otherwise
  }

  private mapped(call: Call): Node | undefined {
    const [name, top, second, more] = argumentsOf(call)
    const table = name && this.sections.mappings.get(this.text(name) ?? '')
    const row = table && top && this.keyIn(table, top)
    if (table === undefined || row === undefined || second === undefined) return undefined
    const columns = mapping(valueAt(table, row))
    const column = columns && this.keyIn(columns, second)
    if (columns !== undefined && column === undefined) return undefined
    const value = column === undefined ? undefined : valueAt(columns, column)
    return value === undefined ? valueAt(mapping(more), 'DefaultValue') : literal(value)
  }

  /**
   * @returns the text of a key, whether it is there or not; undefined where it is not known
   * @throws Fork over the keys that are there, where it is one open parameter
   */
  private keyIn(table: Mapping, key: Node): string | undefined {
    const text = this.text(key)
    if (text === undefined || isKnown(text)) return text
    const reference = loneReference(text)
    const keys = table.entries.map((entry) => entry.key.text)
    const few = keys.length > 0 && keys.length <= MAX_ALTERNATIVES
    if (reference !== undefined && this.isOpen(reference) && few) throw new Fork(keys.map((is) => ({ reference, is })))
    return undefined
  }

  /** A parameter may hold a list, with commas; `Fn::Split` makes one of any text. */
  private pieces(call: Call, node: Node): Scalar[] | undefined {
    if (call.name !== 'Ref' && call.name !== 'Fn::Split') return undefined
    const [separator, list] = call.name === 'Ref' ? [',', node] : this.splitting(call)
    const text = list && this.text(list)
    if (separator === undefined || text === undefined || !isKnown(text)) return undefined
    return text.split(separator).map((piece) => scalarAt(node, piece.trim()))
  }

  private splitting(call: Call): [separator: string | undefined, text: Node | undefined] {
    const [separator, text] = argumentsOf(call)
    return [plainText(separator), text]
  }
}

/** Mappings hold no calls; one that did could lead back to itself. */
function literal(node: Node): Node | undefined {
  const found = behindAlias(node)
  const items = found.kind === 'list' && found.tag === undefined ? found.items : [found]
  return items.every((item) => plainText(item) !== undefined) ? found : undefined
}

function isStoredElsewhere(declaration: Mapping): boolean {
  return plainText(valueAt(declaration, 'Type'))?.startsWith('AWS::SSM::Parameter::') === true
}

function allowedValues(declaration: Mapping | undefined): string[] {
  return listItems(valueAt(declaration, 'AllowedValues')).flatMap((item) => plainText(item) ?? [])
}

function scalarAt(place: Node, text: string): Scalar {
  return { kind: 'scalar', start: place.start, end: place.end, text, style: 'plain' }
}
