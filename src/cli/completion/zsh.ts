/** The grammar of a command line as a completion script for zsh. */
import type { CommandGrammar, FlagGrammar, Grammar, Values } from './grammar.js'
import { PROFILES, RUNS } from './lookups.js'

/** Works as a file of `fpath`, and as the input of `source`. */
export function zshCompletion({ commands, topics, regions }: Grammar): string {
  const topicEntries = [...topics].map(([word, summary]) => ({ word, summary }))
  return `#compdef xtrace
# Completes xtrace in zsh; made by \`xtrace completion zsh\`.

_xtrace_read_profiles() {
${PROFILES}
}

_xtrace_profiles() {
  local -a profiles=("\${(@f)$(_xtrace_read_profiles)}")
  compadd "$@" -a profiles
}

_xtrace_read_runs() {
${RUNS}
}

_xtrace_runs() {
  local -a runs=("\${(@f)$(_xtrace_read_runs)}")
  compadd "$@" -o nosort -a runs
}

_xtrace_regions() {
  local -a regions=(${regions.join(' ')})
  compadd "$@" -a regions
}
${commands.map((command) => commandFunction(command)).join('')}${topicEntries
  .map(({ word }) => dispatcher(nameOf([word]), nameOf([word]), entriesUnder([word], commands)))
  .join('')}${dispatcher(`_xtrace`, nameOf([]), [...entriesUnder([], commands), ...topicEntries], VERSION)}
# As a file of fpath this is the body of the function itself.
if [[ $funcstack[1] == _xtrace ]]; then
  _xtrace "$@"
else
  compdef _xtrace xtrace
fi
`
}

const VERSION = ` '(- *)'{-v,--version}'[Show the version]'`

/** Of the function for a command, or for a topic. */
function nameOf(words: readonly string[]): string {
  return ['_xtrace_command', ...words].join('_')
}

interface Entry {
  word: string
  summary: string
}

function entriesUnder(topic: readonly string[], commands: readonly CommandGrammar[]): Entry[] {
  return commands
    .filter(({ words }) => words.length === topic.length + 1 && topic.every((word, index) => words[index] === word))
    .map(({ words, summary }) => ({ word: words.at(-1) ?? '', summary }))
}

/**
 * Offers the next word, and hands what comes after it to the function of that word.
 * @param under how the names of these functions begin
 */
function dispatcher(name: string, under: string, entries: readonly Entry[], flags = ''): string {
  return `
${name}() {
  local curcontext=$curcontext context state state_descr line
  local -A opt_args
  _arguments -C '(- *)'{-h,--help}'[Show help]'${flags} '1:command:->command' '*::argument:->argument' && return
  if [[ $state == command ]]; then
    local -a commands=(
${entries.map(({ word, summary }) => `      ${quoted(`${word.replaceAll(':', '\\:')}:${summary}`)}\n`).join('')}    )
    _describe command commands
  elif (( $+functions[${under}_$words[1]] )); then
    ${under}_$words[1]
  fi
}
`
}

function commandFunction({ words, flags, argument }: CommandGrammar): string {
  const rest = argument.kind === 'free' ? [] : [quoted(`*:argument:${actionOf(argument)}`)]
  return `
${nameOf(words)}() {
  ${['_arguments -s -S :', ...flags.map(flagSpec), ...rest].join(' \\\n    ')}
}
`
}

/** As _arguments wants it: \`(what it excludes)names[description]:value name:what completes the value\`. */
function flagSpec({ long, short, description, repeatable, value }: FlagGrammar): string {
  const equals = value ? '=' : ''
  const told = `[${escaped(description)}]${value ? `:${escaped(value.name)}:${actionOf(value.values)}` : ''}`
  if (short === undefined) return quoted(`${repeatable ? '*' : ''}--${long}${equals}${told}`)
  const before = repeatable ? '*' : long === 'help' ? '(- *)' : `(-${short} --${long})`
  return `${quoted(before)}{-${short}${value ? '+' : ''},--${long}${equals}}${quoted(told)}`
}

function actionOf(values: Values): string {
  switch (values.kind) {
    case 'words':
      return values.list ? `_sequence compadd - ${values.words.join(' ')}` : `(${values.words.join(' ')})`
    case 'regions':
      return values.list ? `_sequence _xtrace_regions` : `_xtrace_regions`
    case 'profiles':
    case 'runs':
      return `_xtrace_${values.kind}`
    case 'files':
      return '_files'
    case 'free':
      return ' '
  }
}

function escaped(text: string): string {
  return text.replace(/[[\]:\\]/g, '\\$&')
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`
}
