/** Points programs at a sandbox, and measures what one of them needs there: time, and memory from outside. */
import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../../src/sandbox/server.js'
import { type Ended, ended, home, node, type Program, XTRACE } from './program.js'

const preload = fileURLToPath(new URL('report-memory.cjs', import.meta.url))

export const ACCOUNT = '123456789012'

export function against(sandbox: Sandbox, program: Program, region = 'us-east-1'): Program {
  const env = {
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: `AKIA${ACCOUNT}BENCH`,
    AWS_SECRET_ACCESS_KEY: 'bench',
    XTRACE_STATE_DIR: join(home(), 'state'),
  }
  return { ...program, env: { ...env, ...program.env } }
}

export interface Measured extends Ended {
  /** MB, the largest resident set. */
  memory: number
}

/** @param words of xtrace, or a script of Node's and its words */
export async function measured(sandbox: Sandbox, words: string[], script = XTRACE): Promise<Measured> {
  const file = join(home(), 'memory')
  const program = node('--require', preload, script, ...words)
  const end = await ended(against(sandbox, { ...program, env: { XTRACE_BENCH_MEMORY: file } }))
  const memory = Number(readFileSync(file, 'utf8')) / 1024
  rmSync(file)
  return { ...end, memory }
}
