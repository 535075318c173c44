/** Reads the text of a template, YAML or JSON, and refuses what is none. */
import { XtraceError } from '../../errors.js'
import { mapping, type Node, valueAt } from './read/node.js'
import { readPlainYaml } from './read/plain-yaml.js'
import { type Position, positionsIn } from './read/position.js'
import { readJson } from './read/read-json.js'
import { readYaml } from './read/read-yaml.js'
import { Unreadable } from './read/unreadable.js'
import { type Sections, sectionsOf } from './sections.js'

export interface Template extends Sections {
  /** As the user named it, for messages. */
  file: string
  text: string
  positionOf: (offset: number) => Position
}

/** In UTF-16 units; CloudFormation itself takes 1 MB. */
const MAX_LENGTH = 4_000_000

const BYTE_ORDER_MARK = '\uFEFF'
const FIRST_SIGN = /[^ \t\r\n]/g

/** @throws XtraceError UNREADABLE_TEMPLATE, with the place */
export function readTemplate(text: string, file: string): Template {
  const positionOf = positionsIn(text)
  try {
    return { file, text, positionOf, ...readSections(text) }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    const { line, column } = positionOf(error.offset)
    throw new XtraceError('UNREADABLE_TEMPLATE', `${file}:${line}:${column}: ${error.message}`)
  }
}

function readSections(text: string): Sections {
  if (text.length > MAX_LENGTH)
    throw new Unreadable(0, `too large: ${megabytes(text)} MB, where CloudFormation takes 1 MB and xtrace reads 4 MB`)
  const binary = text.indexOf('\0')
  if (binary >= 0) throw new Unreadable(binary, 'a NUL byte: the file is binary, or not UTF-8')
  const root = readRoot(text)
  const top = mapping(root)
  if (top === undefined || !hasResources(root))
    throw new Unreadable(root.start, 'not a template: there are no Resources')
  return sectionsOf(top)
}

function megabytes(text: string): string {
  return (text.length / 1_000_000).toFixed(1)
}

function readRoot(text: string): Node {
  const start = text.startsWith(BYTE_ORDER_MARK) ? 1 : 0
  FIRST_SIGN.lastIndex = start
  if (FIRST_SIGN.exec(text)?.[0] !== '{') return readAnyYaml(text, start)
  try {
    return readJson(text, start)
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    return readBraces(text, start, error)
  }
}

/** JSON that is not quite JSON, with comments or a comma too many, may be YAML: else the reader that got further reports. */
function readBraces(text: string, start: number, asJson: Unreadable): Node {
  try {
    const root = readAnyYaml(text, start)
    if (hasResources(root)) return root
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    if (error.offset > asJson.offset) throw error
  }
  throw asJson
}

function readAnyYaml(text: string, start: number): Node {
  return readPlainYaml(text, start) ?? readYaml(text)
}

function hasResources(root: Node): boolean {
  return mapping(valueAt(mapping(root), 'Resources')) !== undefined
}
