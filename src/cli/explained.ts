/** oclif's complaints about flags and arguments, as usage errors in our own form. */
import { asXtraceError, XtraceError } from '../errors.js'
import { unknownFlags } from './did-you-mean.js'

/** What oclif writes around the message of an error that the parse function of a flag throws. */
const AROUND_FLAG_ERROR = /^Parsing --\S+ \n\t([\s\S]*)\nSee more help with --help$/

/** Lines that oclif adds to its complaints; the note is about flags that take several words, and ours take one. */
const NOISE = /^(See more help|Note: --)/

/** What stands before the complaints about flags that do not go together. */
const PREAMBLE = /^The following errors? occurred: /

export function explained(thrown: unknown, command?: string): XtraceError {
  if (thrown instanceof XtraceError) thrown.message = thrown.message.replace(AROUND_FLAG_ERROR, '$1')
  return isUsageError(thrown) ? usage(saidIn(thrown), command, thrown) : asXtraceError(thrown)
}

/**
 * `--constructor` is no flag of ours, but oclif finds it in the object that holds them.
 * @throws XtraceError USAGE
 */
export function refuseInherited(argv: readonly string[], command?: string): void {
  const words = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const inherited = words.filter((word) => word.startsWith('--') && word.slice(2).replace(/=.*/s, '') in {})
  if (inherited.length > 0) throw usage(unknownFlags(inherited, []), command)
}

function usage(message: string, command: string | undefined, cause?: Error): XtraceError {
  const help = command ? `xtrace ${command.replaceAll(':', ' ')} --help` : 'xtrace --help'
  return new XtraceError('USAGE', message, { suggestions: [`${help} shows every flag with examples.`], cause })
}

function saidIn(thrown: Error): string {
  if (isUnknownFlags(thrown)) return unknownFlags(thrown.flags, Object.keys(thrown.parse.input.flags))
  if (isMissingArgs(thrown)) return thrown.args.map(missingArg).join(' ')
  const lines = thrown.message.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))
  const said = lines.filter((line) => line !== '' && !NOISE.test(line)).join(' ')
  return said.replace(PREAMBLE, '').replace(/^Parsing (--\S+) /, '$1: ')
}

function isUsageError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'oclif' in thrown && !(thrown instanceof XtraceError)
}

/** oclif does not export the classes, and the build renames them. */
interface UnknownFlagsError extends Error {
  flags: string[]
  parse: { input: { flags: Record<string, unknown> } }
}

function isUnknownFlags(thrown: Error): thrown is UnknownFlagsError {
  return 'flags' in thrown && 'parse' in thrown && /^Nonexistent flags?:/.test(thrown.message)
}

interface MissingArgsError extends Error {
  args: { name: string; description?: string; options?: readonly string[] }[]
}

function isMissingArgs(thrown: Error): thrown is MissingArgsError {
  return 'args' in thrown && /^Missing \d+ required args?/.test(thrown.message)
}

function missingArg({ name, description, options }: MissingArgsError['args'][number]): string {
  const what = options ? `${options.join(', ')}.` : (description ?? '')
  return `${name.toUpperCase()} is missing: ${what}`
}
