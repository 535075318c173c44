/** The intrinsic functions that make text, as far as they can be carried out without a deployment. */
import { behindAlias, type Mapping, type Node, plainText, valueAt } from '../read/node.js'
import { argumentsOf, attributeName, type Call } from './intrinsic.js'
import { marked } from './marked-text.js'

/** What the functions need to know; text may be marked, and is undefined where there is none. */
export interface TextSource {
  reference(name: string): string | undefined
  text(node: Node): string | undefined
  items(node: Node): readonly Node[]
}

type TextFunction = (call: Call, source: TextSource) => string | undefined

const FUNCTIONS: Readonly<Record<string, TextFunction>> = {
  Ref: (call, source) => {
    const name = plainText(call.argument)
    return name === undefined ? marked('Ref') : source.reference(name)
  },
  'Fn::GetAtt': (call) => marked(attributeName(call) ?? 'Fn::GetAtt'),
  'Fn::Sub': substitute,
  'Fn::Join': join,
  'Fn::Select': select,
}

/** A function that is not carried out leaves its name as a mark. */
export function textOfCall(call: Call, source: TextSource): string | undefined {
  const carryOut = Object.hasOwn(FUNCTIONS, call.name) ? FUNCTIONS[call.name] : undefined
  return carryOut ? carryOut(call, source) : marked(call.name)
}

const VARIABLE = /\$\{(!?)([^}]*)\}/g

function substitute(call: Call, source: TextSource): string {
  const [first, second] = argumentsOf(call)
  const pattern = plainText(call.argument) ?? plainText(first)
  if (pattern === undefined) return marked('Fn::Sub')
  const values = second === undefined ? undefined : behindAlias(second)
  return pattern.replace(VARIABLE, (_, literal: string, written: string) => {
    if (literal !== '') return `\${${written}}`
    return variable(written.trim(), values?.kind === 'map' ? values : undefined, source)
  })
}

function variable(name: string, values: Mapping | undefined, source: TextSource): string {
  const value = valueAt(values, name)
  if (value !== undefined) return source.text(value) ?? marked(name)
  return (name.includes('.') ? undefined : source.reference(name)) ?? marked(name)
}

function join(call: Call, source: TextSource): string {
  const [delimiter, list] = argumentsOf(call)
  const between = plainText(delimiter)
  if (between === undefined || list === undefined) return marked('Fn::Join')
  return source
    .items(list)
    .map((item) => source.text(item) ?? marked('Fn::Join'))
    .join(between)
}

function select(call: Call, source: TextSource): string | undefined {
  const [index, list] = argumentsOf(call)
  const number = index === undefined ? undefined : source.text(index)
  if (number === undefined || list === undefined || !/^\d{1,6}$/.test(number)) return marked('Fn::Select')
  const item = source.items(list)[Number(number)]
  return item === undefined ? marked('Fn::Select') : source.text(item)
}
