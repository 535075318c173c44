/** The Lambda functions of a template. */
import type { Evaluator } from './evaluate/evaluator.js'
import { listItems, mapping, type Node, plainText, valueAt } from './read/node.js'
import type { Resource, Sections } from './sections.js'

export type FunctionKind = 'Lambda' | 'Serverless'

export interface TemplateFunction {
  resource: Resource
  kind: FunctionKind
}

const KINDS: ReadonlyMap<string, FunctionKind> = new Map([
  ['AWS::Lambda::Function', 'Lambda'],
  ['AWS::Serverless::Function', 'Serverless'],
])

/** In the order of the file. */
export function functionsIn(sections: Sections): TemplateFunction[] {
  return [...sections.resources.values()].flatMap((resource) => {
    const kind = KINDS.get(resource.type)
    return kind === undefined ? [] : [{ resource, kind }]
  })
}

/** `Globals.Function`, which every serverless function inherits. */
export function functionGlobals(sections: Sections): Node | undefined {
  return valueAt(mapping(valueAt(sections.root, 'Globals')), 'Function')
}

/** Whether a serverless function takes a property from Globals when it has none of its own. */
export function inherits(fn: TemplateFunction, property: string): boolean {
  if (fn.kind !== 'Serverless') return false
  const ignored = valueAt(fn.resource.body, 'IgnoreGlobals')
  if (ignored === undefined) return true
  const names = [ignored, ...listItems(ignored)].map((item) => plainText(item))
  return !names.includes(property) && !names.includes('*')
}

/** A property that may come from Globals. */
export function propertyOf(
  fn: TemplateFunction,
  name: string,
  sections: Sections,
  evaluator: Evaluator,
): Node | undefined {
  const properties = settledMapping(valueAt(fn.resource.body, 'Properties'), evaluator)
  const own = valueAt(properties, name)
  return own ?? (inherits(fn, name) ? valueAt(mapping(functionGlobals(sections)), name) : undefined)
}

function settledMapping(node: Node | undefined, evaluator: Evaluator) {
  return mapping(node && evaluator.settle(node))
}
