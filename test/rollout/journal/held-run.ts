/** Starts and kills processes that hold a run. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'

const SCRIPT = fileURLToPath(new URL('hold-run.ts', import.meta.url))

export interface HeldRun {
  run: string
  child: ChildProcess
  /** SIGKILL, and the wait until the process is gone. */
  kill(): Promise<void>
}

export async function holdRun(state: string): Promise<HeldRun> {
  script ??= bundled()
  const child = spawn(process.execPath, ['--input-type=module', '-', state], { stdio: ['pipe', 'pipe', 'inherit'] })
  child.stdin.end(await script)
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

let script: Promise<string> | undefined

/** As JavaScript in one piece: that costs less than to load what turns TypeScript into it in every process. */
async function bundled(): Promise<string> {
  const bundle = await rolldown({ input: SCRIPT, platform: 'node' })
  const { output } = await bundle.generate({ format: 'esm', codeSplitting: false })
  await bundle.close()
  return output[0].code
}
