/** Says on stderr what is going on: a spinner on a terminal, a line now and then elsewhere. */
import type { Ora } from 'ora'
import { clean } from '../render/clean.js'
import type { Progress } from '../usecases/tools.js'

/** Milliseconds; nothing is said of what takes less than a second. */
const PATIENCE = 1_000
const LINE_EVERY = 5_000

export interface TerminalProgress extends Progress {
  close(): void
}

export function terminalProgress(wanted: boolean): TerminalProgress {
  if (!wanted) return { say: () => undefined, close: () => undefined }
  return process.stderr.isTTY ? spinner() : lines()
}

function text(doing: string, done?: number, total?: number): string {
  if (done === undefined) return clean(doing)
  return clean(total === undefined ? `${doing}: ${done}` : `${doing}: ${done} of ${total}`)
}

/** ora is loaded only when a command turns out to be slow: its import alone takes 40 ms. */
function spinner(): TerminalProgress {
  let current = ''
  let shown: Ora | undefined
  let closed = false
  const timer = setTimeout(async () => {
    const { default: ora } = await import('ora')
    if (!closed) shown = ora({ text: current, stream: process.stderr, discardStdin: false }).start()
  }, PATIENCE)
  timer.unref()
  return {
    say: (...said) => {
      current = text(...said)
      if (shown) shown.text = current
    },
    close: () => {
      closed = true
      clearTimeout(timer)
      shown?.stop()
    },
  }
}

function lines(): TerminalProgress {
  let current = ''
  let last = ''
  const timer = setInterval(() => {
    if (current !== last) process.stderr.write(`${current}\n`)
    last = current
  }, LINE_EVERY)
  timer.unref()
  return {
    say: (...said) => {
      current = text(...said)
    },
    close: () => clearInterval(timer),
  }
}
