/** Runs the built command against a sandbox, and measures its time and memory from outside. */
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../src/sandbox/server.js'

const preload = fileURLToPath(new URL('report-memory.cjs', import.meta.url))

export interface MeasuredRun {
  status: number | null
  stdout: string
  stderr: string
  seconds: number
  /** MB, the largest resident set. */
  memory: number
}

export async function measuredRun(bin: string, words: string[], sandbox: Sandbox): Promise<MeasuredRun> {
  const folder = mkdtempSync(join(tmpdir(), 'xtrace-bench-'))
  const memoryFile = join(folder, 'memory')
  const env = {
    PATH: process.env.PATH,
    HOME: folder,
    AWS_ENDPOINT_URL: sandbox.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIA123456789012BENCH',
    AWS_SECRET_ACCESS_KEY: 'bench',
    XTRACE_STATE_DIR: join(folder, 'state'),
    XTRACE_BENCH_MEMORY: memoryFile,
  }
  const start = performance.now()
  const child = spawn(process.execPath, ['--require', preload, bin, ...words], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr.on('data', (chunk) => {
    stderr += chunk
  })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  const seconds = (performance.now() - start) / 1000
  const memory = Number(readFileSync(memoryFile, 'utf8')) / 1024
  rmSync(folder, { recursive: true })
  return { status, stdout, stderr, seconds, memory }
}
