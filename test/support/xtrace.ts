/** Runs the built command away from this machine's credentials, and looks for what must never be printed. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Ended, runWarm } from './warm-process.js'
import { SECRET } from './world.js'

export const ROOT = fileURLToPath(new URL('../../', import.meta.url))
export const SECRET_KEY = 'secret-key-not-for-printing'

/** The compiled code that all children share; their home is new in every test process. */
export const CODE_CACHE = join(ROOT, 'node_modules/.cache/xtrace-tests')

/** Milliseconds; a child that takes longer hangs. */
const PATIENCE = 30_000

export interface RunOptions {
  /** Where AWS_ENDPOINT_URL points. */
  aws?: { readonly url: string }
  /** On top of the clean environment; undefined takes a variable out. */
  env?: Record<string, string | undefined>
  /** Standard input; it is closed at once where there is none. */
  input?: string
  /** Where the runs are kept; a folder that many tests share if not said. */
  state?: string
  /** The folder it runs in; an empty one if not said. */
  cwd?: string
}

export interface StartOptions extends RunOptions {
  /** Options of node itself. */
  nodeOptions?: string[]
  /** Where the package lies; this repository if not said. */
  root?: string
}

export interface Run extends Ended {
  /** The one JSON document that stdout is. */
  json<T>(): T
}

export interface Started {
  child: ChildProcess
  /** What stdout holds so far. */
  printed(): string
  ended: Promise<Run>
}

/** Runs the command in a process where others have run before it, which is much cheaper than one of its own. */
export async function run(words: string[], options: RunOptions = {}): Promise<Run> {
  const { cwd = home(), input = '' } = options
  return checked(words, await runWarm({ words, env: cleanEnvironment(options), cwd, input }, PATIENCE))
}

/** Runs the command as people do: for what is about the process itself, its start and its end. */
export async function runAlone(words: string[], options: StartOptions = {}): Promise<Run> {
  return start(words, options).ended
}

/** A process of its own, to be talked to and killed. */
export function start(words: string[], options: StartOptions = {}): Started {
  const env = cleanEnvironment(options)
  const child = spawn(
    process.execPath,
    [...(options.nodeOptions ?? []), join(options.root ?? ROOT, 'bin/run.js'), ...words],
    {
      env,
      cwd: options.cwd ?? home(),
    },
  )
  let stdout = ''
  let stderr = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  // A command that does not read its input closes the pipe first: that is no failure.
  child.stdin.on('error', () => undefined)
  child.stdin.end(options.input ?? '')
  const ended = new Promise<Run>((resolve, reject) => {
    const timer = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new Error(`xtrace ${words.join(' ')} hangs\nstdout: ${stdout}\nstderr: ${stderr}`))
    }, PATIENCE)
    child.once('error', reject)
    child.once('close', (status) => {
      clearTimeout(timer)
      try {
        resolve(checked(words, { status, stdout, stderr }))
      } catch (leak) {
        reject(leak)
      }
    })
  })
  return { child, printed: () => stdout, ended }
}

const LEAKS: ReadonlyArray<readonly [what: string, pattern: RegExp]> = [
  ['an environment variable of a function', new RegExp(SECRET)],
  ['the secret access key', new RegExp(SECRET_KEY)],
  ['a presigned URL', /X-Amz-|sandbox-token-of-|awslambda-.*snapshots/],
  ['a stack trace', /^ {4}at /m],
  ['the command framework', /oclif/i],
]

/** @throws Error where it printed what must never be printed */
function checked(words: string[], { status, stdout, stderr }: Ended): Run {
  const leak = leakIn(stdout + stderr)
  if (leak !== undefined) throw new Error(`xtrace ${words.join(' ')} printed ${leak}:\n${stdout}${stderr}`)
  return { status, stdout, stderr, json: () => parse(words, stdout, stderr) }
}

/** What the text holds that must never be printed or kept. */
export function leakIn(text: string): string | undefined {
  return LEAKS.find(([, pattern]) => pattern.test(text))?.[0]
}

function parse<T>(words: string[], stdout: string, stderr: string): T {
  try {
    return JSON.parse(stdout) as T
  } catch {
    throw new Error(`xtrace ${words.join(' ')} printed no JSON:\n${stdout}\nstderr: ${stderr}`)
  }
}

function cleanEnvironment({ aws, env, state }: RunOptions): Record<string, string> {
  const all = {
    PATH: process.env.PATH,
    HOME: home(),
    XDG_CACHE_HOME: CODE_CACHE,
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: aws?.url ?? 'http://127.0.0.1:9',
    AWS_ACCESS_KEY_ID: 'AKIA123456789012TEST',
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    AWS_REGION: 'us-east-1',
    XTRACE_STATE_DIR: state ?? join(home(), 'state'),
    ...env,
  }
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined))
}

let temporary: string | undefined

/** An empty folder, with no AWS configuration in it. */
export function home(): string {
  if (temporary === undefined) {
    const made = mkdtempSync(join(tmpdir(), 'xtrace-home-'))
    process.once('exit', () => rmSync(made, { recursive: true, force: true }))
    temporary = made
  }
  return temporary
}
