/** Starts and kills processes that hold a run. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('hold-run.ts', import.meta.url))

export interface HeldRun {
  run: string
  child: ChildProcess
  /** SIGKILL, and the wait until the process is gone. */
  kill(): Promise<void>
}

export async function holdRun(state: string): Promise<HeldRun> {
  const child = spawn(process.execPath, ['--import', 'tsx', SCRIPT, state], { stdio: ['ignore', 'pipe', 'inherit'] })
  const gone = once(child, 'exit')
  const [line] = await Promise.race([once(child.stdout, 'data'), gone.then(() => [''])])
  const run = String(line).trim()
  if (run === '') throw new Error('the process ended before it held a run')
  const kill = async () => {
    child.kill('SIGKILL')
    await gone
  }
  return { run, child, kill }
}
