/** Says on stderr what is going on: a spinner on a terminal, a line now and then elsewhere. */
import type { Ora } from 'ora'
import { clean } from '../../render/clean.js'
import type { Progress } from '../../usecases/tools.js'

/** Milliseconds; nothing is said of what takes less than a second. */
const PATIENCE = 1_000
const LINE_EVERY = 5_000

export interface TerminalProgress extends Progress {
  /** Something to know at once, on a line of its own. */
  note(text: string): void
  /** Leaves the terminal to a question; it goes on when there is more to say. */
  pause(): void
  close(): void
}

export function terminalProgress(wanted: boolean): TerminalProgress {
  if (!wanted) return { say: () => undefined, note: () => undefined, pause: () => undefined, close: () => undefined }
  return process.stderr.isTTY ? spinner() : lines()
}

type Said = Parameters<Progress['say']>

function text([doing, done, total, besides]: Said, bar: boolean): string {
  if (done === undefined) return clean(doing)
  const count = total === undefined ? `${done}` : `${done} of ${total}`
  const drawn = bar && total !== undefined && total > 0 ? `${barOf(done / total)} ` : ''
  return clean([`${drawn}${doing}: ${count}`, besides].filter(Boolean).join(', '))
}

const BAR = 20

function barOf(share: number): string {
  const filled = Math.round(Math.min(1, share) * BAR)
  return '█'.repeat(filled) + '░'.repeat(BAR - filled)
}

/** ora is loaded only when a command turns out to be slow: its import alone takes 40 ms. */
function spinner(): TerminalProgress {
  let current = ''
  let shown: Ora | undefined
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const show = async () => {
    const { default: ora } = await import('ora')
    if (timer !== undefined && !closed)
      shown = ora({ text: current, stream: process.stderr, discardStdin: false }).start()
  }
  const pause = () => {
    clearTimeout(timer)
    timer = undefined
    shown?.stop()
    shown = undefined
  }
  return {
    say: (...said) => {
      current = text(said, true)
      if (shown) shown.text = current
      if (timer === undefined && !closed) timer = setTimeout(show, PATIENCE).unref()
    },
    note,
    pause,
    close: () => {
      closed = true
      pause()
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
      current = text(said, false)
    },
    note,
    pause: () => undefined,
    close: () => clearInterval(timer),
  }
}

function note(said: string): void {
  process.stderr.write(`${clean(said)}\n`)
}
