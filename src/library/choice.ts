/** From the functions that a program means to the choice that a use case takes. */
import { choiceOf } from '../cli/chosen/choice.js'
import { isPublished, parseFunctionRef } from '../core/function-ref.js'
import { XtraceError } from '../errors.js'
import type { NamedAccounts } from '../usecases/read/accounts.js'
import type { Choice } from '../usecases/read/choose.js'
import type { Connection } from './connection.js'
import type { FunctionFilter, Functions, XtraceOptions } from './options.js'
import { refuseOddFunctions } from './options-check.js'

/** @throws XtraceError MALFORMED_NAME or USAGE: a mistake never widens a choice */
export async function chosen(functions: Functions, command: string): Promise<Choice> {
  refuseOddFunctions(command, functions)
  if (!isNames(functions)) return filtered(functions, command)
  if (functions.length === 0) throw new XtraceError('USAGE', 'No function was named: the list is empty.')
  return { refs: functions.map(parseFunctionRef) }
}

/** @throws XtraceError USAGE for a version or an alias: what is asked is asked of whole functions */
export async function wholeFunctions(functions: Functions, command: string): Promise<Choice> {
  const choice = await chosen(functions, command)
  const version = 'refs' in choice && choice.refs.find(isPublished)
  if (version) throw new XtraceError('USAGE', `${version.text} names a version or an alias, and no whole function.`)
  return choice
}

function isNames(functions: Functions): functions is readonly string[] {
  return Array.isArray(functions)
}

function filtered({ all, match, exclude, runtime, tag, stack }: FunctionFilter, command: string): Promise<Choice> {
  const list = (words: readonly string[] | undefined) => words && [...words]
  const conditions = { match: list(match), exclude: list(exclude), runtime: list(runtime), tag: list(tag), stack }
  return choiceOf([], { all: all === true, ...conditions }, command)
}

/** Whose functions are meant, and how they are reached. */
export interface Place {
  options: XtraceOptions
  connection: Connection
}

export interface Places {
  regions: readonly string[]
  accounts?: NamedAccounts
}

/** Where the functions are looked for; names that say their region need no other. */
export async function placesOf(choice: Choice, { options, connection }: Place): Promise<Places> {
  const said = 'refs' in choice && choice.refs.every((ref) => ref.region)
  const { accounts: ids } = options
  if (ids === undefined) return { regions: said ? [] : await connection.regions() }
  const regions = said ? [] : options.regions === 'all' ? 'all' : await connection.regions()
  return { regions: [], accounts: { ids, regions, home: await connection.home() } }
}
