/** A clock and a checkpoint that a signal stops: no call begins after it, and nobody goes on waiting. */
import { setMaxListeners } from 'node:events'
import { setTimeout as waitFor } from 'node:timers/promises'
import type { Clock } from '../aws/gateways.js'
import { XtraceError } from '../errors.js'

export interface Stoppable {
  clock: Clock
  /** Throws INTERRUPTED once it is stopped; asked before every call. */
  checkpoint(): void
}

/** @param given the time to go by; the machine's if not said */
export function stoppable(signal?: AbortSignal, given?: Clock): Stoppable {
  const stopping = new AbortController()
  // Whatever waits listens: as many as there are calls at a time.
  setMaxListeners(0, stopping.signal)
  if (signal?.aborted) stopping.abort()
  signal?.addEventListener('abort', () => stopping.abort(), { once: true })
  const checkpoint = () => {
    if (stopping.signal.aborted) throw new XtraceError('INTERRUPTED', 'Interrupted: no further call was made.')
  }
  const sleep = async (ms: number) => {
    checkpoint()
    try {
      if (given) await unlessAborted(given.sleep(ms), stopping.signal)
      else await waitFor(ms, undefined, { signal: stopping.signal })
    } finally {
      checkpoint()
    }
  }
  return { clock: { now: () => given?.now() ?? Date.now(), sleep }, checkpoint }
}

function unlessAborted(waiting: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = () => resolve()
    signal.addEventListener('abort', stop, { once: true })
    waiting.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}
