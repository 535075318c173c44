# Completes xtrace in bash; made by `xtrace completion bash`.

_xtrace_regions='eu-west-1 us-east-1'

_xtrace_profiles() {
  {
    command sed -n -e "s/^[[:space:]]*\[[[:space:]]*profile[[:space:]]\{1,\}\([^]]*[^][:space:]]\)[[:space:]]*\].*/\1/p" \
      -e "s/^[[:space:]]*\[[[:space:]]*default[[:space:]]*\].*/default/p" "${AWS_CONFIG_FILE:-$HOME/.aws/config}"
    command sed -n "s/^[[:space:]]*\[[[:space:]]*\([^]]*[^][:space:]]\)[[:space:]]*\].*/\1/p" "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}"
  } 2>/dev/null | command tr -d \" | command sort -u
}

_xtrace_runs() {
  echo last
  command ls -r "${XTRACE_STATE_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/xtrace}/runs" 2>/dev/null | command grep "^[0-9]\{8\}T[0-9]\{6\}Z-[0-9a-z]\{8\}$"
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
  [[ $typed == *,* ]] && lead+=${typed%,*},
  typed=${typed##*,}
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
  local IFS=$' \t\n' typed=${COMP_WORDS[COMP_CWORD]} lead=''
  local before="${COMP_WORDS[*]:1:COMP_CWORD-1}"
  case $before in
    '') _xtrace_offer audit completion template undo --help --version; return ;;
    template) _xtrace_offer check --help; return ;;
  esac

  # Where = parts words, as it does unless COMP_WORDBREAKS says otherwise, it is a word itself.
  local flag at=$((COMP_CWORD - 1))
  if [[ $typed == = || ${COMP_WORDS[at]} == = ]]; then
    [[ $typed == = ]] && typed='' || at=$((at - 1))
    [[ ${COMP_WORDS[at]} == -* ]] || at=$((at - 1))
    [[ ${COMP_WORDS[at]} == = ]] && at=$((at - 1))
  fi
  flag=${COMP_WORDS[at]}
  [[ $typed == --*=* ]] && flag=${typed%%=*} lead=${typed%%=*}= typed=${typed#*=}

  local command=${COMP_WORDS[1]} flags=''
  case $command in template) command+=" ${COMP_WORDS[2]}" ;; esac
  case "$command $flag" in
    *' --fail-on')
      _xtrace_offer_items drift never; return ;;
    'audit --format')
      _xtrace_offer table html; return ;;
    *' --match')
      return ;;
    *' --output' | *' -o')
      _xtrace_offer_files; return ;;
    *' --profile')
      _xtrace_offer_lines < <(_xtrace_profiles); return ;;
    *' --region' | *' -r')
      _xtrace_offer_items $_xtrace_regions; return ;;
    'template check --format')
      _xtrace_offer table sarif; return ;;
  esac
  [[ $typed == -* ]] || case $command in
    completion)
      _xtrace_offer bash fish; return ;;
    'template check')
      _xtrace_offer_files; return ;;
    undo)
      _xtrace_offer_lines < <(_xtrace_runs); return ;;
  esac
  [[ " $before " == *' -- '* ]] || case $command in
    audit) flags='--fail-on --format --help --match --output --profile --region' ;;
    completion) flags='' ;;
    'template check') flags='--format --quiet' ;;
    undo) flags='' ;;
  esac
  _xtrace_offer $flags
}

complete -F _xtrace xtrace
