/** What happens when whoever reads standard output goes away, or the disk behind it is full. */
import { EXIT_STATUSES } from '../errors.js'

/**
 * @param goesOn asked when the reader has gone: a command that changes things must come to its end, and so must one that has
 * printed everything; any other stops, and has read only part
 */
export function watchOutput(goesOn: () => boolean): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') endAsUnwritten(error)
    if (!goesOn()) process.exit(EXIT_STATUSES.incomplete.status)
  })
  // Nobody is left to complain to.
  process.stderr.on('error', () => undefined)
}

/** A file behind standard output is written at once: where the disk is full, the write itself throws. */
export function writeOut(text: string): void {
  try {
    process.stdout.write(text)
  } catch (error) {
    endAsUnwritten(error as NodeJS.ErrnoException)
  }
}

function endAsUnwritten({ code, message }: NodeJS.ErrnoException): never {
  process.stderr.write(`Error: the result could not be written to standard output: ${code ?? message}\n`)
  process.exit(EXIT_STATUSES.fault.status)
}
