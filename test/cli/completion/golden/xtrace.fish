# Completes xtrace in fish; made by `xtrace completion fish`.

function __xtrace_profiles
  command sh -c '  {
    command sed -n -e "s/^[[:space:]]*\\[[[:space:]]*profile[[:space:]]\\{1,\\}\\([^]]*[^][:space:]]\\)[[:space:]]*\\].*/\\1/p" \\
      -e "s/^[[:space:]]*\\[[[:space:]]*default[[:space:]]*\\].*/default/p" "${AWS_CONFIG_FILE:-$HOME/.aws/config}"
    command sed -n "s/^[[:space:]]*\\[[[:space:]]*\\([^]]*[^][:space:]]\\)[[:space:]]*\\].*/\\1/p" "${AWS_SHARED_CREDENTIALS_FILE:-$HOME/.aws/credentials}"
  } 2>/dev/null | command tr -d \\" | command sort -u'
end

function __xtrace_runs
  command sh -c '  echo last
  command ls -r "${XTRACE_STATE_DIR:-${XDG_STATE_HOME:-$HOME/.local/state}/xtrace}/runs" 2>/dev/null | command grep "^[0-9]\\{8\\}T[0-9]\\{6\\}Z-[0-9a-z]\\{8\\}$"'
end

function __xtrace_regions
  printf '%s\n' eu-west-1 us-east-1
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
complete -c xtrace -n '__xtrace_only' -a template -d 'What the team\'s templates say'
complete -c xtrace -n '__xtrace_only' -a audit -d 'Say of every function: traced?'
complete -c xtrace -n '__xtrace_only' -a completion -d 'Print this script'
complete -c xtrace -n '__xtrace_only template' -a check -d 'Check templates'
complete -c xtrace -n '__xtrace_only' -a undo -d 'Take a run back'
complete -c xtrace -n __xtrace_only -s h -l help -d 'Show help'
complete -c xtrace -n __xtrace_only -s v -l version -d 'Show the version'

complete -c xtrace -n '__xtrace_is audit' -l fail-on -x -a '(__fish_append , drift never)' -d 'What fails'
complete -c xtrace -n '__xtrace_is audit' -l format -x -a 'table html' -d 'Form [of the] result'
complete -c xtrace -n '__xtrace_is audit' -s h -l help -d 'Show help'
complete -c xtrace -n '__xtrace_is audit' -l match -x -d 'All of \'*\' and "?" and \\d: $HOME'
complete -c xtrace -n '__xtrace_is audit' -s o -l output -r -F -d 'Where to'
complete -c xtrace -n '__xtrace_is audit' -l profile -x -k -a '(__xtrace_profiles)' -d 'Whose account'
complete -c xtrace -n '__xtrace_is audit' -s r -l region -x -a '(__fish_append , (__xtrace_regions))' -d 'Where'

complete -c xtrace -n '__xtrace_is completion' -a 'bash fish'

complete -c xtrace -n '__xtrace_is template check' -l format -x -a 'table sarif' -d 'Form of the result'
complete -c xtrace -n '__xtrace_is template check' -s q -l quiet -d 'No notes'
complete -c xtrace -n '__xtrace_is template check' -F

complete -c xtrace -n '__xtrace_is undo' -k -a '(__xtrace_runs)'
