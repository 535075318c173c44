/** Ctrl-C: the first stops new calls and lets the running ones finish, the second leaves at once. */
import { EXIT_STATUSES } from '../errors.js'
import { type Stoppable, stoppable } from './stoppable.js'

export function interruption(): Stoppable {
  const stopping = new AbortController()
  const stop = () => {
    if (stopping.signal.aborted) process.exit(EXIT_STATUSES.interrupted.status)
    stopping.abort()
  }
  process.on('SIGINT', stop)
  process.on('SIGTERM', stop)
  return stoppable(stopping.signal)
}
