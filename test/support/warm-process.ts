/** Processes in which the built command has run before: to run there once more costs a fraction of a new process. */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** What one run is given; it inherits nothing. */
export interface Job {
  words: string[]
  env: Record<string, string>
  cwd: string
  input: string
}

export interface Ended {
  status: number | null
  stdout: string
  stderr: string
}

const PROGRAM = fileURLToPath(new URL('warm-process.mjs', import.meta.url))
/** Of each test process. */
const MOST = 4

const idle: ChildProcess[] = []
const waiting: Array<() => void> = []
let busy = 0

/**
 * Has a process to itself for so long; waits where all are busy.
 * @param patience milliseconds; a run that takes longer hangs
 */
export async function runWarm(job: Job, patience: number): Promise<Ended> {
  if (busy === MOST) await new Promise<void>((resolve) => waiting.push(resolve))
  else busy++
  try {
    const process = idle.pop() ?? fork(PROGRAM, { env: {}, execArgv: [] })
    const ended = await endOf(job, process, patience)
    idle.push(process)
    return ended
  } finally {
    const next = waiting.shift()
    if (next) next()
    else busy--
  }
}

function endOf(job: Job, process: ChildProcess, patience: number): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      process.kill('SIGKILL')
      reject(new Error(`xtrace ${job.words.join(' ')} ${what}`))
    }
    const timer = setTimeout(fail, patience, 'hangs')
    const exited = (status: number | null) => fail(`ended the process that it ran in, with ${status}`)
    process.once('exit', exited)
    process.once('message', (ended: Ended) => {
      clearTimeout(timer)
      process.off('exit', exited)
      resolve(ended)
    })
    process.send(job)
  })
}
