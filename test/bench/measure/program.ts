/** Runs a program to its end in a clean environment, and tells how it ended and how long that took. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface Program {
  file: string
  words: string[]
  env?: Record<string, string>
}

export interface Ended {
  status: number | null
  stdout: string
  stderr: string
  seconds: number
}

/** The command as it is built. */
export const XTRACE = fileURLToPath(new URL('../../../bin/run.js', import.meta.url))

export const node = (...words: string[]): Program => ({ file: process.execPath, words })

export const xtrace = (...words: string[]): Program => node(XTRACE, ...words)

export async function ended({ file, words, env }: Program): Promise<Ended> {
  const start = performance.now()
  const child = spawn(file, words, { env: { ...cleanEnvironment(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  return { status, stdout, stderr, seconds: (performance.now() - start) / 1000 }
}

/** @throws Error where it ends with any other status than 0 */
export async function done(program: Program): Promise<Ended> {
  const end = await ended(program)
  if (end.status === 0) return end
  throw new Error(`${[program.file, ...program.words].join(' ')} ended with ${end.status}: ${end.stderr}`)
}

/** Nothing that reaches an account, and no certificates that Node reads at every start: 40 ms that belong to nobody. */
function cleanEnvironment(): Record<string, string | undefined> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(AWS_|XTRACE_|XDG_|NODE_)/.test(name))
  return {
    ...Object.fromEntries(kept),
    HOME: home(),
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  }
}

let temporary: string | undefined

/** Empty at first, and the same for all: the code cache is made once, as on a user's machine. */
export function home(): string {
  if (temporary === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'xtrace-bench-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    temporary = made
  }
  return temporary
}
