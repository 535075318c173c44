/** One function's chain link by link, what its traces say over the window, and the newest of them as a waterfall. */
import type { Link, LinkState } from '../../core/proof/chain.js'
import type { Cell, Finding, Section, Tone } from '../../core/report.js'
import { PREPARED_NOTE } from '../../core/trace/function-trace.js'
import { millisecondsText } from '../../core/trace/milliseconds.js'
import { waterfallSection } from '../../core/trace/waterfall-section.js'
import type { NewestTrace, ProofRow, VerifiedRow } from './request.js'

/** @param findings of all functions: the one of this says what repairs it */
export function chainSections({ arn, name, region, proof }: VerifiedRow, findings: readonly Finding[]): Section[] {
  const { newest } = proof
  const repair = findings.find(({ subject }) => subject === arn)?.repair
  return [
    {
      title: `${name} (${region})`,
      rows: [...proof.links.flatMap((link) => linkRows(link, repair)), ...windowRows(proof)],
    },
    ...phaseSections(name, proof),
    ...(newest ? newestSections(name, newest) : []),
  ]
}

const MARKS: Record<LinkState, { mark: string; tone: Tone }> = {
  holds: { mark: '✓', tone: 'good' },
  broken: { mark: '✗', tone: 'bad' },
  open: { mark: '?', tone: 'warn' },
}

function linkRows({ link, state, because, next }: Link, repair: string | undefined): Cell[][] {
  const todo = next ?? (state === 'broken' ? repair : undefined)
  const { mark, tone } = MARKS[state]
  return [
    [{ text: link, tone: 'dim' }, { text: mark, tone }, because],
    ...(todo === undefined ? [] : [['', '', { text: todo, tone: 'dim' } as const]]),
  ]
}

function windowRows({ window, traces, newest }: ProofRow): Cell[][] {
  if (!window) return []
  const rows: Cell[][] = [label('window', `${window.from} to ${window.to}`)]
  if (!traces || traces.traces === 0) return rows
  const shares = [
    `${share(traces.faults, traces.traces)} with a fault`,
    `${share(traces.errors, traces.traces)} with an error`,
    `${share(traces.throttles, traces.traces)} throttled`,
  ]
  const times =
    traces.p50 === null ? '' : `, p50 ${millisecondsText(traces.p50)}, p95 ${millisecondsText(traces.p95 ?? 0)}`
  return [...rows, label('of the traces', `${shares.join(', ')}${times}`), ...(newest ? [newestRow(newest)] : [])]
}

function newestRow({ id, startedAt, coldStart }: NewestTrace): Cell[] {
  return label('newest', [id, startedAt, coldStart && 'cold start'].filter(Boolean).join(', '))
}

function label(text: string, value: string): Cell[] {
  return [{ text, tone: 'dim' }, '', value]
}

function share(count: number, all: number): string {
  return `${Number(((count / all) * 100).toFixed(1))} %`
}

function phaseSections(name: string, { phases, readInFull, coldStarts }: ProofRow): Section[] {
  if (phases.length === 0) return []
  const traces = readInFull === 1 ? 'the newest trace' : `the newest ${readInFull} traces`
  return [
    {
      title: `Phases of ${name} in ${traces}, ${coldStarts} cold`,
      columns: ['PHASE', 'TRACES', 'P50', 'P95'],
      rows: phases.map(({ phase, count, p50, p95 }) => [
        phase,
        String(count),
        millisecondsText(p50),
        millisecondsText(p95),
      ]),
    },
  ]
}

function newestSections(name: string, newest: NewestTrace): Section[] {
  const { startedAt, ...trace } = newest
  const began = startedAt === null ? {} : { startedAt: Date.parse(startedAt) }
  const section = waterfallSection({ ...trace, ...began }, `Newest trace of ${name}`)
  const notes = [
    ...(newest.prepared ? [PREPARED_NOTE] : []),
    ...(newest.skewed ? ['The clocks of its segments differ: what is drawn is cut to what can be.'] : []),
    ...(newest.unreadable > 0 ? [`${newest.unreadable} parts of it could not be read.`] : []),
  ]
  return [
    section,
    ...(notes.length > 0 ? [{ rows: notes.map((note): Cell[] => [{ text: 'note', tone: 'warn' }, note]) }] : []),
  ]
}
