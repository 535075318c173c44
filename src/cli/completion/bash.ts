/** The grammar of a command line as a completion script for bash, from the release 3.2 of macOS on. */
import { grouped } from '../../core/grouped.js'
import { shellWord } from '../../core/shell-word.js'
import type { CommandGrammar, Grammar, Values } from './grammar.js'
import { PROFILES, RUNS } from './lookups.js'

export function bashCompletion({ commands, topics, regions }: Grammar): string {
  const first = [...new Set(commands.map(({ words: [word = ''] }) => word))]
  const topicWords = [...topics.keys()]
  return `# Completes xtrace in bash; made by \`xtrace completion bash\`.

_xtrace_regions='${regions.join(' ')}'

_xtrace_profiles() {
${PROFILES}
}

_xtrace_runs() {
${RUNS}
}

# Offers those words that go on with what is typed.
_xtrace_offer() {
  local word
  for word; do
    [[ $word == "$typed"* ]] || continue
    printf -v word %q "$word"
    COMPREPLY+=("$lead$word")
  done
}

# The same for the last item of a comma list.
_xtrace_offer_items() {
  [[ $typed == *,* ]] && lead+=\${typed%,*},
  typed=\${typed##*,}
  _xtrace_offer "$@"
}

# The same for lines of standard input.
_xtrace_offer_lines() {
  local line
  while IFS= read -r line; do _xtrace_offer "$line"; done
}

_xtrace_offer_files() {
  local file
  compopt -o filenames 2>/dev/null
  while IFS= read -r file; do COMPREPLY+=("$lead$file"); done < <(compgen -f -- "$typed")
}

_xtrace() {
  COMPREPLY=()
  local IFS=$' \\t\\n' typed=\${COMP_WORDS[COMP_CWORD]} lead=''
  local before="\${COMP_WORDS[*]:1:COMP_CWORD-1}"
  case $before in
    '') _xtrace_offer ${first.map(shellWord).join(' ')} --help --version; return ;;
${topicWords.map((topic) => `    ${shellWord(topic)}) _xtrace_offer ${subcommands(topic, commands)} --help; return ;;\n`).join('')}  esac

  # Where = parts words, as it does unless COMP_WORDBREAKS says otherwise, it is a word itself.
  local flag at=$((COMP_CWORD - 1))
  if [[ $typed == = || \${COMP_WORDS[at]} == = ]]; then
    [[ $typed == = ]] && typed='' || at=$((at - 1))
    [[ \${COMP_WORDS[at]} == -* ]] || at=$((at - 1))
    [[ \${COMP_WORDS[at]} == = ]] && at=$((at - 1))
  fi
  flag=\${COMP_WORDS[at]}
  [[ $typed == --*=* ]] && flag=\${typed%%=*} lead=\${typed%%=*}= typed=\${typed#*=}

  local command=\${COMP_WORDS[1]} flags=''
  case $command in ${topicWords.map(shellWord).join(' | ')}) command+=" \${COMP_WORDS[2]}" ;; esac
  case "$command $flag" in
${flagBranches(commands)}
  esac
  [[ $typed == -* ]] || case $command in
${argumentBranches(commands)}
  esac
  [[ " $before " == *' -- '* ]] || case $command in
${commands.map(flagsBranch).join('\n')}
  esac
  _xtrace_offer $flags
}

complete -F _xtrace xtrace
`
}

function subcommands(topic: string, commands: readonly CommandGrammar[]): string {
  return commands.flatMap(({ words: [first, second = ''] }) => (first === topic ? shellWord(second) : [])).join(' ')
}

function flagsBranch({ words, flags }: CommandGrammar): string {
  return `    ${shellWord(words.join(' '))}) flags='${flags.map(({ long }) => `--${long}`).join(' ')}' ;;`
}

/** A flag that takes the same values wherever there is such a flag stands there once. */
function flagBranches(commands: readonly CommandGrammar[]): string {
  const uses = commands.flatMap(({ words, flags }) =>
    flags.flatMap(({ long, short, value }) =>
      [`--${long}`, ...(short ? [`-${short}`] : [])].map((flag) => ({
        flag,
        command: words.join(' '),
        offer: value && offerOf(value.values),
      })),
    ),
  )
  const alike = new Set(
    [...grouped(uses, ({ flag }) => flag)].flatMap(([flag, all]) =>
      new Set(all.map(({ offer }) => offer)).size === 1 ? [flag] : [],
    ),
  )
  const patterns = uses.flatMap(({ flag, command, offer }) =>
    offer === undefined ? [] : [{ offer, pattern: alike.has(flag) ? `*' ${flag}'` : `'${command} ${flag}'` }],
  )
  return branches(patterns)
}

function argumentBranches(commands: readonly CommandGrammar[]): string {
  return branches(
    commands.flatMap(({ words, argument }) =>
      argument.kind === 'free' ? [] : [{ offer: offerOf(argument), pattern: shellWord(words.join(' ')) }],
    ),
  )
}

function branches(patterns: readonly { offer: string; pattern: string }[]): string {
  return [...grouped(patterns, ({ offer }) => offer)]
    .map(([offer, all]) => {
      const list = [...new Set(all.map(({ pattern }) => pattern))].join(' | ')
      return `    ${list})\n      ${[offer, 'return'].filter(Boolean).join('; ')} ;;`
    })
    .join('\n')
}

/** @returns the commands that offer them; none where there is nothing to offer */
function offerOf(values: Values): string {
  switch (values.kind) {
    case 'words':
      return `_xtrace_offer${values.list ? '_items' : ''} ${values.words.map(shellWord).join(' ')}`
    case 'regions':
      return `_xtrace_offer${values.list ? '_items' : ''} $_xtrace_regions`
    case 'profiles':
      return `_xtrace_offer_lines < <(_xtrace_profiles)`
    case 'runs':
      return `_xtrace_offer_lines < <(_xtrace_runs)`
    case 'files':
      return `_xtrace_offer_files`
    case 'free':
      return ''
  }
}
