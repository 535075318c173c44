/** Says what somebody probably meant who mistyped a command or a flag. */
import { nearMiss } from '../core/rules/near-miss.js'
import { XtraceError } from '../errors.js'

/**
 * @param typed the words before the first flag; arguments may be among them
 * @param commands the words of each
 */
export function unknownCommand(typed: readonly string[], commands: readonly (readonly string[])[]): XtraceError {
  const [first = ''] = typed
  if (first.startsWith('-'))
    return new XtraceError('USAGE', `The first word is ${first}, and no command.`, {
      suggestions: ['Flags stand behind the command, as in xtrace audit --region us-east-1.'],
    })
  if (commands.some((words) => words.length === 1 && words[0] === first))
    return new XtraceError(
      'USAGE',
      `xtrace ${first} takes no argument, but it was given "${typed.slice(1).join(' ')}".`,
      {
        suggestions: [`xtrace ${first} --help shows what it takes.`],
      },
    )
  const topics = new Set(commands.flatMap(([word = '', ...more]) => (more.length > 0 ? word : [])))
  const known = topics.has(first)
  const said = `There is no command "${typed.slice(0, known ? 2 : 1).join(' ')}"`
  const meant = meantCommand(typed, commands)
  const guess = meant === undefined || meant === first ? '.' : `; did you mean "${meant}"?`
  return new XtraceError('USAGE', said + guess, {
    suggestions: [known ? `xtrace ${first} --help shows its commands.` : 'xtrace --help shows every command.'],
  })
}

function meantCommand(
  [first = '', second = '']: readonly string[],
  commands: readonly (readonly string[])[],
): string | undefined {
  const word = nearest(
    first,
    commands.map(([one = '']) => one),
  )
  const under = commands.filter(([one, ...more]) => one === word && more.length > 0)
  const next = nearest(
    second,
    under.map(([, one = '']) => one),
  )
  return next === undefined ? word : `${word} ${next}`
}

/**
 * @param typed with their dashes, and with values that were given by =
 * @param known without dashes
 */
export function unknownFlags(typed: readonly string[], known: readonly string[]): string {
  const names = typed.map((flag) => flag.replace(/=.*/s, ''))
  const guesses = names.flatMap((flag) => {
    const meant = flag.startsWith('--') ? nearest(flag.slice(2), known) : undefined
    return meant === undefined ? [] : [`--${meant}`]
  })
  const said = names.length === 1 ? `There is no flag ${names[0]}` : `There are no flags ${names.join(', ')}`
  return guesses.length === 0 ? `${said}.` : `${said}; did you mean ${guesses.join(', ')}?`
}

/** Too few letters to tell slips of the pen from other words. */
const SHORTEST = 3

function nearest(typed: string, words: readonly string[]): string | undefined {
  if (typed.length < SHORTEST) return undefined
  const begun = new Set(words.filter((word) => word.startsWith(typed)))
  const [only] = begun
  return begun.size === 1 ? only : nearMiss(typed, words)
}
