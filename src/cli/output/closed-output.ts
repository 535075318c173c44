/** What happens when whoever reads standard output goes away, or the disk behind it is full. */
import { EXIT_STATUSES } from '../../errors.js'

/**
 * @param goesOn asked when the reader has gone: a command that changes things must come to its end, and so must one that has
 * printed everything; any other stops, and has read only part
 * @param changes whether the disk may be full in the middle of a change
 */
export function watchOutput(goesOn: () => boolean, changes = false): void {
  advice = changes ? '  → xtrace runs tells what was done, and xtrace resume finishes it.\n' : ''
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') endAsUnwritten(error)
    if (!goesOn()) process.exit(EXIT_STATUSES.incomplete.status)
  })
  // Nobody is left to complain to.
  process.stderr.on('error', () => undefined)
}

let advice = ''

/**
 * Resolves when more may be written: whatever a slow reader has not taken yet stays in memory.
 * A file behind standard output is written at once: where the disk is full, the write itself throws.
 */
export function writeOut(text: string): Promise<void> {
  try {
    return process.stdout.write(text) ? Promise.resolve() : readyForMore()
  } catch (error) {
    endAsUnwritten(error as NodeJS.ErrnoException)
  }
}

let waiting: Promise<void> | undefined

/** A reader who goes away keeps nobody waiting: the stream then closes, and each further write fails by itself. */
function readyForMore(): Promise<void> {
  waiting ??= new Promise((resolve) => {
    const end = () => {
      waiting = undefined
      for (const event of ['drain', 'close']) process.stdout.off(event, end)
      resolve()
    }
    for (const event of ['drain', 'close']) process.stdout.once(event, end)
  })
  return waiting
}

/** What was asked has been done or read, but nobody gets to know: part of it is missing. */
function endAsUnwritten({ code, message }: NodeJS.ErrnoException): never {
  process.stderr.write(`Error: the result could not be written to standard output: ${code ?? message}\n${advice}`)
  process.exit(EXIT_STATUSES.incomplete.status)
}
