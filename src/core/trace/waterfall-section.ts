/** FunctionTrace → rows of a report, with the bars that are drawn beside them. */
import type { Cell, Section, Timeline, Tone } from '../report.js'
import type { FunctionTrace } from './function-trace.js'
import { millisecondsText } from './milliseconds.js'
import type { Span, SpanKind } from './span.js'

const TONES: Record<SpanKind, Tone> = {
  service: 'dim',
  function: 'strong',
  queue: 'dim',
  attempt: 'dim',
  call: 'plain',
  calls: 'dim',
  initialization: 'warn',
  restore: 'warn',
  invocation: 'good',
  overhead: 'dim',
  responseLatency: 'good',
  responseDuration: 'plain',
  runtimeOverhead: 'dim',
  extensionOverhead: 'dim',
}

/** Deeper rows stand no further to the right. */
const DEEPEST = 6
/** With the blanks before it: leaves room for bars in 80 columns. */
const LONGEST_NAME = 32

/** Without rows where the trace does not tell of the function. */
export function waterfallSection({ spans, totalMs }: FunctionTrace, title: string): Section {
  return {
    title,
    columns: ['SPAN', 'START', 'DURATION', 'NOTE'],
    rows: spans.map(rowOf),
    timeline: { totalMs, bars: spans.map((span) => barOf(span, totalMs)) },
  }
}

function rowOf(span: Span): Cell[] {
  const { label, depth, startMs, durationMs, notes } = span
  return [
    nameOf(label, Math.min(depth, DEEPEST)),
    millisecondsText(startMs),
    durationMs === undefined ? '' : millisecondsText(durationMs),
    { text: notes.join(', '), tone: toneOf(span) === 'bad' ? 'bad' : 'warn' },
  ]
}

function nameOf(label: string, depth: number): string {
  const characters = [...label]
  const room = LONGEST_NAME - 2 * depth
  const shown = characters.length > room ? `${characters.slice(0, room - 1).join('')}…` : label
  return `${'  '.repeat(depth)}${shown}`
}

/** Never outside of the picture, whatever the clocks said; what goes on reaches its edge. */
function barOf(span: Span, totalMs: number): Timeline['bars'][number] {
  const within = (ms: number) => Math.min(totalMs, Math.max(0, ms))
  const startMs = within(span.startMs)
  const endMs = span.durationMs === undefined ? totalMs : within(span.startMs + span.durationMs)
  return { startMs, lengthMs: endMs - startMs, tone: toneOf(span) }
}

function toneOf(span: Span): Tone {
  if (span.fault) return 'bad'
  return span.error || span.throttle ? 'warn' : TONES[span.kind]
}
