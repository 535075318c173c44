/** The grammar of a command line as a completion script for fish. */
import type { CommandGrammar, FlagGrammar, Grammar, Values } from './grammar.js'
import { PROFILES, RUNS } from './lookups.js'

export function fishCompletion({ commands, topics, regions }: Grammar): string {
  const lines = [
    ...[...topics].map(([topic, about]) => wordLine([topic], about)),
    ...commands.map(({ words, summary }) => wordLine(words, summary)),
    `complete -c xtrace -n __xtrace_only -s h -l help -d 'Show help'`,
    `complete -c xtrace -n __xtrace_only -s v -l version -d 'Show the version'`,
    ...commands.flatMap((command) => ['', ...commandLines(command)]),
  ]
  return `# Completes xtrace in fish; made by \`xtrace completion fish\`.

function __xtrace_profiles
  command sh -c ${quoted(PROFILES)}
end

function __xtrace_runs
  command sh -c ${quoted(RUNS)}
end

function __xtrace_regions
  printf '%s\\n' ${regions.join(' ')}
end

# Whether the command line begins with these words.
function __xtrace_is
  set -l words (commandline -opc)
  set -e words[1]
  set words $words[1..(count $argv)]
  test "$words" = "$argv"
end

# Whether nothing but these words stands before the cursor.
function __xtrace_only
  set -l words (commandline -opc)
  set -e words[1]
  test "$words" = "$argv"
end

complete -c xtrace -f
${lines.join('\n')}
`
}

/** Offers the last of the words where only the others stand before it. */
function wordLine(words: readonly string[], summary: string): string {
  const when = [`__xtrace_only`, ...words.slice(0, -1)].join(' ')
  return `complete -c xtrace -n ${quoted(when)} -a ${words.at(-1)} -d ${quoted(summary)}`
}

function commandLines({ words, flags, argument }: CommandGrammar): string[] {
  const begin = `complete -c xtrace -n ${quoted([`__xtrace_is`, ...words].join(' '))}`
  const offer = offerOf(argument)
  return [...flags.map((flag) => `${begin} ${flagWords(flag)}`), ...(offer ? [`${begin} ${offer}`] : [])]
}

function flagWords({ long, short, description, value }: FlagGrammar): string {
  const name = [...(short ? ['-s', short] : []), '-l', long].join(' ')
  const offer = value && offerOf(value.values)
  const takes = value && (value.values.kind === 'files' ? '-r' : '-x')
  return [name, takes, offer, `-d ${quoted(description)}`].filter(Boolean).join(' ')
}

/** @returns nothing where there is nothing to offer */
function offerOf(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `-a ${quoted(itemsOf(values.words.join(' '), values.list))}`
    case 'regions':
      return `-a ${quoted(itemsOf(`(__xtrace_regions)`, values.list))}`
    case 'profiles':
    case 'runs':
      return `-k -a ${quoted(`(__xtrace_${values.kind})`)}`
    case 'files':
      return '-F'
    case 'free':
      return ''
  }
}

/** Of a comma list the last item is completed. */
function itemsOf(words: string, list: boolean): string {
  return list ? `(__fish_append , ${words})` : words
}

function quoted(text: string): string {
  return `'${text.replace(/['\\]/g, '\\$&')}'`
}
