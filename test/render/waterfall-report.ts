/** A report with a timeline, as `verify` makes one: every tone, a point in time, and a row that goes on. */
import { type Report, report, type Section } from '../../src/core/report.js'

export const waterfall: Section = {
  title: 'orders: newest trace',
  columns: ['SPAN', 'START', 'DURATION', 'NOTE'],
  rows: [
    ['AWS::Lambda', '0 ms', '1,200 ms', ''],
    ['  AWS::Lambda::Function', '50 ms', '1,100 ms', ''],
    ['    Initialization', '60 ms', '400 ms', { text: 'cold start', tone: 'warn' }],
    ['    Invocation', '460 ms', '640 ms', { text: 'fault', tone: 'bad' }],
    ['      DynamoDB', '480 ms', '120 ms', ''],
    ['      SQS', '1,000 ms', '', { text: 'in progress', tone: 'warn' }],
    ['    Overhead', '1,100 ms', '0.4 ms', ''],
  ],
  timeline: {
    totalMs: 1_200,
    bars: [
      { startMs: 0, lengthMs: 1_200, tone: 'dim' },
      { startMs: 50, lengthMs: 1_100, tone: 'strong' },
      { startMs: 60, lengthMs: 400, tone: 'warn' },
      { startMs: 460, lengthMs: 640, tone: 'bad' },
      { startMs: 480, lengthMs: 120, tone: 'plain' },
      { startMs: 1_000, lengthMs: 200, tone: 'good' },
      { startMs: 1_100, lengthMs: 0.4, tone: 'dim' },
    ],
  },
}

export const verify: Report = report('verify', {}, { table: [waterfall], notes: ['times are as X-Ray was told them'] })
