/** Ctrl-C: the first stops new calls and lets the running ones finish, the second leaves at once. */
import { setMaxListeners } from 'node:events'
import type { Clock } from '../aws/gateways.js'
import { EXIT_STATUSES, XtraceError } from '../errors.js'

export interface Interruption {
  clock: Clock
  /** Throws INTERRUPTED once the user wants to stop; asked before every call. */
  checkpoint(): void
}

export function interruption(): Interruption {
  const stopping = new AbortController()
  // Every call that waits listens: as many as are in work at a time.
  setMaxListeners(0, stopping.signal)
  const stop = () => {
    if (stopping.signal.aborted) process.exit(EXIT_STATUSES.interrupted.status)
    stopping.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return {
    clock: { now: Date.now, sleep: (ms) => sleepUnless(stopping.signal, ms) },
    checkpoint: () => {
      if (stopping.signal.aborted) throw interrupted()
    },
  }
}

function interrupted(): XtraceError {
  return new XtraceError('INTERRUPTED', 'Interrupted: no further call was made.')
}

function sleepUnless(signal: AbortSignal, ms: number): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(interrupted())
    const stop = () => {
      clearTimeout(timer)
      reject(interrupted())
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
