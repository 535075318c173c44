/** What only the user's machine knows, looked up when the user asks for it: without starting Node, in words that every shell has. */

const variable = (name: string, fallback: string) => `\${${name}:-${fallback}}`

const CONFIG = variable('AWS_CONFIG_FILE', '$HOME/.aws/config')
const CREDENTIALS = variable('AWS_SHARED_CREDENTIALS_FILE', '$HOME/.aws/credentials')
const STATE = variable('XTRACE_STATE_DIR', `${variable('XDG_STATE_HOME', '$HOME/.local/state')}/xtrace`)

/** Prints the names of the profiles of the AWS configuration, a line each. Without single quotes; indented as in a function. */
export const PROFILES = String.raw`  {
    command sed -n -e "s/^[[:space:]]*\[[[:space:]]*profile[[:space:]]\{1,\}\([^]]*[^][:space:]]\)[[:space:]]*\].*/\1/p" \
      -e "s/^[[:space:]]*\[[[:space:]]*default[[:space:]]*\].*/default/p" "${CONFIG}"
    command sed -n "s/^[[:space:]]*\[[[:space:]]*\([^]]*[^][:space:]]\)[[:space:]]*\].*/\1/p" "${CREDENTIALS}"
  } 2>/dev/null | command tr -d \" | command sort -u`

/** Prints "last" and the ids of the runs of this machine, newest first. Without single quotes; indented as in a function. */
export const RUNS = String.raw`  echo last
  command ls -r "${STATE}/runs" 2>/dev/null | command grep "^[0-9]\{8\}T[0-9]\{6\}Z-[0-9a-z]\{8\}$"`
