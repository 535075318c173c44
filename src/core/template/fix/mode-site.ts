/** Where the tracing mode of a function is written, or could be. */
import type { Splice } from '../edit.js'
import { type Mapping, mapping, type Node, ownEntry, valueAt } from '../read/node.js'
import { foreignEntry } from '../sections.js'
import { inherits, type TemplateFunction } from '../template-function.js'
import { insertBefore, insertEntry } from './insert.js'
import type { NewNode } from './new-node.js'
import { Obstacle } from './obstacle.js'
import type { Page } from './page.js'
import { findEntry, ownMapping, ownWord, replaceWord } from './site.js'

/** A template as the editing parts see it. */
export interface EditedPage extends Page {
  /** Nodes that aliases name. */
  shared: readonly Node[]
}

export interface ModeSite {
  /** Whether Globals decides so far; the change here then overrides it. */
  inherited: boolean
  change: (mode: string) => Splice | Obstacle
}

const PROPERTIES = 'its Properties block'

export function modeSite(fn: TemplateFunction, page: EditedPage): ModeSite | Obstacle {
  const own = ownSite(fn, page)
  const properties = mapping(valueAt(fn.resource.body, 'Properties'))
  const mayInherit = inherits(fn, 'Tracing') && valueAt(properties, 'Tracing') === undefined
  if (!mayInherit || foreignEntry(fn.resource.body) || (properties && foreignEntry(properties))) return own
  return { inherited: true, change: (mode) => (own instanceof Obstacle ? own : own.change(mode)) }
}

function ownSite({ kind, resource }: TemplateFunction, page: EditedPage): ModeSite | Obstacle {
  const { entry, loop } = resource
  if (loop !== undefined) return new Obstacle(entry.key.start, `it is made by ${loop}`)
  const body = ownMapping(entry.value, 'the resource', page.shared)
  if (body instanceof Obstacle) return body
  const properties = findEntry(body, 'Properties', 'the resource')
  if (properties instanceof Obstacle) return properties
  if (properties === 'absent')
    return kind === 'Lambda'
      ? new Obstacle(entry.key.start, 'it has no Properties')
      : addition(page, body, 'Properties', (mode) => ({ entries: [['Tracing', { text: mode }]] }))
  const map = ownMapping(properties.value, PROPERTIES, page.shared)
  if (map instanceof Obstacle) return map
  return kind === 'Lambda' ? lambdaSite(map, page) : wordSite(page, map, 'Tracing', PROPERTIES)
}

function lambdaSite(properties: Mapping, page: EditedPage): ModeSite | Obstacle {
  const config = findEntry(properties, 'TracingConfig', PROPERTIES)
  if (config instanceof Obstacle) return config
  if (config === 'absent')
    return addition(page, properties, 'TracingConfig', (mode) => ({ entries: [['Mode', { text: mode }]] }))
  const map = ownMapping(config.value, 'TracingConfig', page.shared)
  return map instanceof Obstacle ? map : wordSite(page, map, 'Mode', 'its TracingConfig')
}

/** `Globals.Function.Tracing`, all of which may have to be added. */
export function globalsSite(page: EditedPage): ModeSite | Obstacle {
  const tracing = (mode: string): NewNode => ({ entries: [['Tracing', { text: mode }]] })
  const globals = findEntry(page.root, 'Globals', 'the template')
  if (globals instanceof Obstacle) return globals
  if (globals === 'absent') {
    const resources = ownEntry(page.root, 'Resources')
    if (resources === undefined) return new Obstacle(page.root.start, 'Resources is merged from an anchor')
    const change = (mode: string) =>
      insertBefore(page, resources, 'Globals', { entries: [['Function', tracing(mode)]] })
    return { inherited: false, change }
  }
  const map = ownMapping(globals.value, 'Globals', page.shared)
  if (map instanceof Obstacle) return map
  const inFunction = findEntry(map, 'Function', 'Globals')
  if (inFunction instanceof Obstacle) return inFunction
  if (inFunction === 'absent') return addition(page, map, 'Function', tracing)
  const properties = ownMapping(inFunction.value, 'Function in Globals', page.shared)
  return properties instanceof Obstacle ? properties : wordSite(page, properties, 'Tracing', 'Function in Globals')
}

/** @param what the mapping is, for people */
function wordSite(page: EditedPage, map: Mapping, key: string, what: string): ModeSite | Obstacle {
  const found = findEntry(map, key, what)
  if (found instanceof Obstacle) return found
  if (found === 'absent') return addition(page, map, key, (mode) => ({ text: mode }))
  const word = ownWord(found.value, key === 'Mode' ? 'TracingConfig.Mode' : key, page.shared)
  if (word instanceof Obstacle) return word
  return { inherited: false, change: (mode) => replaceWord(word, mode) }
}

function addition(page: EditedPage, map: Mapping, key: string, value: (mode: string) => NewNode): ModeSite {
  return { inherited: false, change: (mode) => insertEntry(page, map, key, value(mode)) }
}
