/** Where xtrace keeps its runs on this machine. */
import { homedir } from 'node:os'
import { join } from 'node:path'

/** XTRACE_STATE_DIR, else the folder that the system has for such things. */
export function stateFolder(env: NodeJS.ProcessEnv): string {
  if (env.XTRACE_STATE_DIR) return env.XTRACE_STATE_DIR
  if (process.platform === 'win32' && env.LOCALAPPDATA) return join(env.LOCALAPPDATA, 'xtrace')
  return join(env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'xtrace')
}
