/** Which tracing mode a template gives a function. */
import type { Deployment } from './deployment.js'
import type { Evaluator } from './evaluate/evaluator.js'
import { callOf } from './evaluate/intrinsic.js'
import { isKnown, shownText } from './evaluate/marked-text.js'
import { type Mapping, mapping, type Node, valueAt } from './read/node.js'
import { foreignEntry, type Sections } from './sections.js'
import { functionGlobals, inherits, type TemplateFunction } from './template-function.js'

/** `PassThrough` is what Lambda makes of a mode that is left out. */
export type Mode = { because: string } & ({ mode: 'Active' } | { mode: 'PassThrough' | 'unknown' })

/** @throws Fork */
export function tracingMode(fn: TemplateFunction, deployment: Deployment): Mode {
  const mode = writtenMode(fn, deployment)
  const defaults = [...deployment.evaluator.defaults].map(([name, value]) => `${name} is ${value}`)
  return defaults.length === 0 ? mode : { ...mode, because: `${mode.because} (by default ${defaults.join(', ')})` }
}

function writtenMode(fn: TemplateFunction, { sections, evaluator }: Deployment): Mode {
  const written = valueAt(fn.resource.body, 'Properties')
  const properties = written && evaluator.settle(written)
  if (properties !== undefined && mapping(properties) === undefined)
    return { mode: 'unknown', because: 'its Properties are not in this file' }
  const mode =
    fn.kind === 'Lambda'
      ? lambdaMode(mapping(properties), evaluator)
      : (ownMode(mapping(properties), evaluator) ?? inheritedMode(fn, sections, evaluator))
  return mode ?? leftOut(fn, mapping(properties))
}

function lambdaMode(properties: Mapping | undefined, evaluator: Evaluator): Mode | undefined {
  const config = valueAt(properties, 'TracingConfig')
  if (config === undefined) return undefined
  const settled = evaluator.settle(config)
  if (settled === undefined) return { mode: 'PassThrough', because: 'TracingConfig is AWS::NoValue' }
  const map = mapping(settled)
  const mode = valueAt(map, 'Mode')
  if (map === undefined || callOf(map) !== undefined || (mode === undefined && foreignEntry(map)))
    return { mode: 'unknown', because: 'its TracingConfig is not in this file' }
  return mode === undefined
    ? { mode: 'PassThrough', because: 'TracingConfig has no Mode' }
    : modeText(mode, 'TracingConfig.Mode', evaluator)
}

function ownMode(properties: Mapping | undefined, evaluator: Evaluator): Mode | undefined {
  const tracing = valueAt(properties, 'Tracing')
  return tracing && modeText(tracing, 'Tracing', evaluator)
}

function inheritedMode(fn: TemplateFunction, sections: Sections, evaluator: Evaluator): Mode | undefined {
  if (!inherits(fn, 'Tracing')) return undefined
  const globals = valueAt(sections.root, 'Globals')
  const inFunction = functionGlobals(sections)
  const tracing = valueAt(mapping(inFunction), 'Tracing')
  if (tracing !== undefined) return modeText(tracing, 'Tracing in Globals', evaluator)
  const given = [globals, inFunction].filter((node) => node !== undefined)
  const foreign = given.some((node) => mapping(node) === undefined || callOf(node) || foreignIn(node))
  return foreign ? { mode: 'unknown', because: 'Globals brings in what is not in this file' } : undefined
}

/** No mode is written anywhere: unless the properties come from elsewhere too, it is left out. */
function leftOut(fn: TemplateFunction, properties: Mapping | undefined): Mode {
  const foreign = foreignEntry(fn.resource.body) ?? (properties && foreignEntry(properties))
  if (foreign) return { mode: 'unknown', because: `${foreign.key.text} brings in properties that are not in this file` }
  const because = fn.kind === 'Lambda' ? 'there is no TracingConfig' : 'there is no Tracing, nor one in Globals'
  return { mode: 'PassThrough', because }
}

function modeText(node: Node, where: string, evaluator: Evaluator): Mode {
  const text = evaluator.text(node)
  if (text === undefined && evaluator.settle(node) === undefined)
    return { mode: 'PassThrough', because: `${where} is AWS::NoValue` }
  if (text === undefined) return { mode: 'unknown', because: `${where} is not text` }
  if (text === 'Active') return { mode: 'Active', because: `${where} is Active` }
  if (text === 'PassThrough') return { mode: 'PassThrough', because: `${where} is PassThrough` }
  if (text === 'Disabled' && where !== 'TracingConfig.Mode')
    return { mode: 'PassThrough', because: `${where} is Disabled, which leaves the mode out` }
  if (isKnown(text)) return { mode: 'unknown', because: `${where} is ${shownText(text)}, which is no mode` }
  return openMode(text, where, evaluator)
}

/** `equals` forks where the text is an open parameter, so that here it is another value than Active. */
function openMode(text: string, where: string, evaluator: Evaluator): Mode {
  return evaluator.equals(text, 'Active') === 'no'
    ? { mode: 'PassThrough', because: `${where} is ${shownText(text)}` }
    : { mode: 'unknown', because: `${where} is ${shownText(text)}, known at deployment only` }
}

function foreignIn(node: Node): boolean {
  const map = mapping(node)
  return map !== undefined && foreignEntry(map) !== undefined
}
