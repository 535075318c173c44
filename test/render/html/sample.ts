/** A report that uses every part of the page, with room for any text wherever text may come from AWS. */
import { type Cell, type Report, report, type Tone } from '../../../src/core/report.js'

export const OPTIONS = { title: 'Tracing of 111122223333', version: '1.2.3', printedAt: '2026-11-22T20:05:02Z' }

const cell = (tone: Tone, text: string): Cell => ({ text, tone })

/** How many texts there are: names, reasons, evidence, whatever AWS or a user may have written. */
export const TEXTS = 19

/** @param text text number n; the same report comes of the same texts */
export function sampleReport(text: (n: number) => string): Report {
  return report(
    'audit',
    {},
    {
      outcome: 'incomplete',
      table: [
        {
          rows: [
            [cell('strong', 'functions'), '3'],
            [cell('good', 'traced'), '1'],
            [cell('warn', 'off'), '2'],
            [text(0), text(1)],
          ],
        },
        { title: text(2), counts: { labels: 1 }, columns: [text(3), 'traced', 'off'], rows: [[text(4), '1', '2']] },
        {
          title: text(5),
          main: true,
          columns: ['FUNCTION', { text: text(6), wide: true }, 'VERDICT'],
          rows: [
            [cell('strong', text(7)), text(8), cell('warn', 'off')],
            [cell('strong', text(9)), cell('dim', text(8)), cell('warn', 'off')],
            [cell('strong', text(10)), text(8), cell('good', 'traced')],
            [cell('strong', text(10)), text(11), cell('good', 'traced')],
          ],
        },
        { title: text(12), columns: [text(13)], rows: [[text(14)], [text(15)]] },
        { rows: [[text(14), text(15)]] },
      ],
      findings: [
        {
          id: 'XT001',
          severity: 'medium',
          subject: `arn:aws:lambda:us-east-1:111122223333:function:${text(7)}`,
          message: text(8),
          evidence: [text(9), text(10)],
          repair: `xtrace enable ${text(7)}`,
          template: `${text(11)}\n${text(12)}`,
          place: { file: text(13), line: 1, column: 2 },
        },
        { id: 'XT001', severity: 'medium', subject: text(14), message: text(15), evidence: [], repair: text(0) },
      ],
      coverage: [
        { account: `1${text(1)}`, region: `1${text(2)}`, status: 'denied-scp', reason: text(3) },
        { account: `2${text(4)}`, region: `2${text(5)}`, status: 'failed', reason: text(6), accepted: true },
        { account: '111122223333', region: 'us-east-1', status: 'read' },
      ],
      notes: [text(16), text(17), text(18)],
      text: `${text(9)}\n${text(10)}`,
      error: { code: 'FAULT', message: text(11), suggestions: [text(12)], exit: 1 },
    },
  )
}
