/** What a shell needs to know to complete a command line: the commands, their flags, and what the values of these are. */
import { compare } from '../../core/compare.js'
import { KNOWN_REGIONS } from '../../core/known-regions.js'

/** `free` is anything, of which nothing can be offered. Profiles, runs and files are looked up when the user asks. */
export type Values =
  | { kind: 'free' | 'files' | 'profiles' | 'runs' }
  | { kind: 'regions'; list: boolean }
  | { kind: 'words'; words: readonly string[]; list: boolean }

export interface FlagGrammar {
  /** Without dashes. */
  long: string
  short?: string
  description: string
  repeatable: boolean
  /** Absent for a flag that takes no value. */
  value?: { name: string; values: Values }
}

export interface CommandGrammar {
  /** As they are typed: `template`, `check`. */
  words: readonly string[]
  summary: string
  flags: readonly FlagGrammar[]
  argument: Values
}

export interface Grammar {
  /** Sorted by their words. */
  commands: readonly CommandGrammar[]
  /** Word that begins several commands → what they are about. */
  topics: ReadonlyMap<string, string>
  regions: readonly string[]
}

/** As the manifest of oclif has them. */
export interface ManifestFlag {
  name: string
  char?: string
  description?: string
  hidden?: boolean
  type: 'boolean' | 'option'
  multiple?: boolean
  delimiter?: string
  helpValue?: string | string[]
  options?: readonly string[]
}

export interface ManifestCommand {
  id: string
  summary?: string
  hidden?: boolean
  flags: Record<string, ManifestFlag>
  args: Record<string, { name: string; options?: readonly string[] }>
}

const HELP: FlagGrammar = { long: 'help', short: 'h', description: 'Show help', repeatable: false }

/** @param topics commands may be among them */
export function grammarOf(
  commands: readonly ManifestCommand[],
  topics: readonly { name: string; description?: string }[],
): Grammar {
  const shown = commands.filter(({ hidden }) => !hidden).map(commandGrammar)
  const begin = new Set(shown.flatMap(({ words: [word = '', ...more] }) => (more.length > 0 ? word : [])))
  return {
    commands: shown.sort((a, b) => compare(a.words.join(' '), b.words.join(' '))),
    topics: new Map(
      topics.flatMap(({ name, description = '' }) => (begin.has(name) ? [[name, inShort(description)] as const] : [])),
    ),
    regions: Object.values(KNOWN_REGIONS).flat(),
  }
}

function commandGrammar({ id, summary = '', flags, args }: ManifestCommand): CommandGrammar {
  const shown = Object.values(flags).filter(({ hidden }) => !hidden)
  const [argument] = Object.values(args)
  return {
    words: id.split(':'),
    summary: inShort(summary),
    flags: [...shown.map(flagGrammar), HELP].sort((a, b) => compare(a.long, b.long)),
    argument: argument ? argumentValues(argument) : { kind: 'free' },
  }
}

function flagGrammar(flag: ManifestFlag): FlagGrammar {
  const { name: long, char, description = '', type, multiple: repeatable = false } = flag
  const value = type === 'option' && { value: { name: valueName(flag), values: flagValues(flag) } }
  return { long, ...(char && { short: char }), description: inShort(description), repeatable, ...value }
}

function valueName({ name, helpValue = name.toUpperCase() }: ManifestFlag): string {
  return String(helpValue)
}

function flagValues(flag: ManifestFlag): Values {
  const list = flag.delimiter !== undefined
  if (flag.options) return { kind: 'words', words: flag.options, list }
  const name = valueName(flag)
  if (name === 'REGION') return { kind: 'regions', list }
  if (/\bFILE$/.test(name)) return { kind: 'files' }
  return { kind: flag.name === 'profile' ? 'profiles' : 'free' }
}

/** Arguments whose values a shell can look up, by the names that the commands give them. */
const ARGUMENTS: Readonly<Record<string, Values>> = {
  plan: { kind: 'files' },
  files: { kind: 'files' },
  run: { kind: 'runs' },
}

function argumentValues({ name, options }: { name: string; options?: readonly string[] }): Values {
  if (options) return { kind: 'words', words: options, list: false }
  return ARGUMENTS[name] ?? { kind: 'free' }
}

/** The first statement, which is what there is room for beside the word. */
function inShort(description: string): string {
  const [first = ''] = description.split(/[;.:]\s/)
  return first.replace(/\.$/, '')
}
