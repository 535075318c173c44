/** From flags and words to the choice of functions: named one by one, or selected, never both. */

import { type Selection, tagFilters } from '../core/selection.js'
import { XtraceError } from '../errors.js'
import type { Choice } from '../usecases/choose.js'
import { namedFunctions } from './named-functions.js'

export interface SelectionFlags {
  all: boolean
  match?: string[] | undefined
  exclude?: string[] | undefined
  tag?: string[] | undefined
  runtime?: string[] | undefined
  stack?: string | undefined
  interactive: boolean
}

/** @throws XtraceError USAGE when nothing, or too much, is chosen: a mistake never widens a selection */
export async function choiceOf(argv: readonly unknown[], flags: SelectionFlags, command: string): Promise<Choice> {
  const conditions = [flags.match, flags.tag, flags.runtime, flags.stack].some((flag) => flag !== undefined)
  const selecting = flags.all || conditions || flags.interactive
  if (argv.length > 0) {
    if (selecting || flags.exclude) throw usage('Functions are either named or selected by flags, not both.', command)
    return { refs: await namedFunctions(argv, command) }
  }
  if (flags.all && conditions) {
    throw usage('--all means every function: leave the other conditions out, or leave out --all.', command)
  }
  if (!selecting) throw usage('No function was chosen.', command)
  return { selection: selectionOf(flags, command) }
}

function selectionOf(flags: SelectionFlags, command: string): Selection {
  const { match = [], exclude = [], runtime = [], tag = [], stack } = flags
  const tags = tagFilters(tag, stack)
  if (tags.some(({ key }) => key === '' || key.startsWith('='))) throw usage('--tag takes KEY or KEY=VALUE.', command)
  if ([...match, ...exclude, ...runtime].includes('') || stack === '') {
    throw usage('A condition is empty: is a variable unset?', command)
  }
  return { match, exclude, runtimes: runtime, tags }
}

function usage(message: string, command: string): XtraceError {
  return new XtraceError('USAGE', message, {
    suggestions: [
      `xtrace ${command} my-function`,
      `xtrace ${command} --match 'api-*' --tag team=web`,
      `xtrace ${command} --all --region us-east-1`,
    ],
  })
}
