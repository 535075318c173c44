/** From flags and words to the choice of functions: named one by one, or selected, never both. */
import { FUNCTION_NAME, faultOfGlob, type GlobSubject, RUNTIME } from '../../core/glob.js'
import { type Selection, tagFilters } from '../../core/selection.js'
import { XtraceError } from '../../errors.js'
import type { Choice } from '../../usecases/read/choose.js'
import { namedFunctions } from './named-functions.js'

export interface SelectionFlags {
  all: boolean
  match?: string[] | undefined
  exclude?: string[] | undefined
  tag?: string[] | undefined
  runtime?: string[] | undefined
  stack?: string | undefined
  interactive?: boolean
}

/**
 * @param all whether nothing said means everything, as for commands that only read
 * @throws XtraceError USAGE when nothing, or too much, is chosen: a mistake never widens a selection
 */
export async function choiceOf(
  argv: readonly unknown[],
  flags: SelectionFlags,
  command: string,
  all = false,
): Promise<Choice> {
  const conditions = [flags.match, flags.tag, flags.runtime, flags.stack].some((flag) => flag !== undefined)
  const selecting = flags.all || conditions || flags.interactive === true
  if (argv.length > 0) {
    if (selecting || flags.exclude) throw usage('Functions are either named or selected by flags, not both.', command)
    return { refs: await namedFunctions(argv, command) }
  }
  if (flags.all && conditions) {
    throw usage('--all means every function: leave the other conditions out, or leave out --all.', command)
  }
  if (!selecting && !all) throw usage('No function was chosen.', command)
  return { selection: selectionOf(flags, command) }
}

function selectionOf(flags: SelectionFlags, command: string): Selection {
  const { match = [], exclude = [], runtime = [], tag = [], stack } = flags
  const tags = tagFilters(tag, stack)
  if (tags.some(({ key }) => key === '' || key.startsWith('='))) throw usage('--tag takes KEY or KEY=VALUE.', command)
  if ([...match, ...exclude, ...runtime].includes('') || stack === '') {
    throw usage('A condition is empty: is a variable unset?', command)
  }
  for (const glob of [...match, ...exclude]) refuseGlob(glob, FUNCTION_NAME, command)
  for (const glob of runtime) refuseGlob(glob, RUNTIME, command)
  return { match, exclude, runtimes: runtime, tags }
}

/** A glob that does not mean what it seems to would choose other functions than were meant. */
function refuseGlob(glob: string, subject: GlobSubject, command: string): void {
  const fault = faultOfGlob(glob, subject)
  if (fault !== undefined) throw usage(`"${glob}" ${fault}.`, command)
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
