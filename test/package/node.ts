/** Runs Node away from this machine's credentials, as a user's own program would. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CODE_CACHE, home, SECRET_KEY } from '../support/xtrace.js'

export interface NodeOptions {
  aws?: { readonly url: string }
  cwd?: string
  env?: Record<string, string>
}

const run = promisify(execFile)

/** What it printed, however it ended. */
export async function node(words: string[], { aws, cwd = home(), env }: NodeOptions = {}) {
  const keys = {
    AWS_ACCESS_KEY_ID: 'AKIA123456789012TEST',
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    AWS_ENDPOINT_URL: aws?.url ?? 'http://127.0.0.1:9',
  }
  const clean = { PATH: process.env.PATH, HOME: home(), XDG_CACHE_HOME: CODE_CACHE, ...keys, ...env }
  const ended = run(process.execPath, words, { cwd, env: clean, timeout: 30_000 })
  return ended.catch((failed: { stdout: string; stderr: string }) => failed)
}
