/** Every function that was verified in one row: what needs a hand first. */
import { decisiveLink } from '../../core/proof/chain.js'
import type { Cell, Column, Section, Tone } from '../../core/report.js'
import { ACCOUNT_COLUMN, byAccount } from '../account-column.js'
import type { ProofRow, VerifiedRow } from './request.js'

const WIDE: Column[] = ['FAULTS', 'ERRORS', 'THROTTLES', 'P50 MS', 'P95 MS', 'ARN'].map((text) => ({
  text,
  wide: true,
}))

/** What needs a hand comes first; what is proved last. */
const ATTENTION: readonly ProofRow['answer'][] = ['no', 'unknown', 'yes']

export function functionSection(rows: readonly VerifiedRow[]): Section {
  const sorted = rows.toSorted((a, b) => ATTENTION.indexOf(a.proof.answer) - ATTENTION.indexOf(b.proof.answer))
  return {
    main: true,
    columns: ['FUNCTION', ACCOUNT_COLUMN, 'REGION', 'ARRIVE', 'LINK', 'CALLS', 'TRACES', 'BECAUSE', ...WIDE],
    rows: sorted.map(cells),
    ...byAccount(rows, 1),
  }
}

function cells({ name, account, region, arn, proof }: VerifiedRow): Cell[] {
  const { answer, because, invocations, traces, links } = proof
  const link = answer === 'yes' ? '' : (decisiveLink(links)?.link ?? '')
  return [
    { text: name, tone: 'strong' },
    account,
    region,
    answerCell(answer),
    link,
    invocations === null ? '' : String(invocations),
    traces === null ? '' : String(traces.traces),
    because,
    ...(traces === null
      ? ['', '', '', '', '']
      : [
          String(traces.faults),
          String(traces.errors),
          String(traces.throttles),
          figure(traces.p50),
          figure(traces.p95),
        ]),
    arn,
  ]
}

const TONES: Record<ProofRow['answer'], Tone> = { yes: 'good', no: 'bad', unknown: 'warn' }

export function answerCell(answer: ProofRow['answer']): Cell {
  return { text: answer, tone: TONES[answer] }
}

/** Milliseconds, to the tenth. */
function figure(ms: number | null): string {
  return ms === null ? '' : String(Math.round(ms * 10) / 10)
}
