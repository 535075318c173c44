/** A small audit with one of everything: drift, a gap, an accepted gap, a stack's template, a place in a file. */
import { type Cell, type Report, report, type Tone } from '../../src/core/report.js'

const cell = (tone: Tone, text: string): Cell => ({ text, tone })
const arn = (region: string, name: string) => `arn:aws:lambda:${region}:111122223333:function:${name}`

export const audit: Report = report(
  'audit',
  { counts: { traced: 121, off: 7, blind: 1 }, functions: [{ name: 'orders' }, { name: 'legacy_jobs' }] },
  {
    outcome: 'incomplete',
    table: [
      {
        columns: ['REGION', 'traced', 'off', { text: 'exempt', wide: true }, 'blind'],
        counts: { labels: 1 },
        rows: [
          ['us-east-1', cell('good', '1'), '0', '0', cell('bad', '1')],
          ['eu-central-1', cell('good', '120'), cell('bad', '7'), '0', '0'],
        ],
      },
      {
        title: 'Functions',
        main: true,
        groupBy: 2,
        columns: ['FUNCTION', 'REGION', 'VERDICT', 'BECAUSE', { text: 'ARN', wide: true }],
        rows: [
          [
            'orders',
            'us-east-1',
            cell('bad', 'blind'),
            'Active, but role "orders" cannot write',
            arn('us-east-1', 'orders'),
          ],
          ['web', 'us-east-1', cell('good', 'traced'), 'Active', arn('us-east-1', 'web')],
          ['legacy_jobs', 'eu-central-1', cell('bad', 'blind'), '=cmd|/C calc', arn('eu-central-1', 'legacy_jobs')],
        ],
      },
    ],
    findings: [
      {
        id: 'XT002',
        severity: 'high',
        subject: arn('us-east-1', 'orders'),
        message: 'Active, but role orders cannot write',
        evidence: ['mode Active', 'no statement allows xray:PutTraceSegments'],
        repair: `xtrace enable ${arn('us-east-1', 'orders')}`,
        template: 'Orders:\n  Properties:\n    Policies: [AWSXRayDaemonWriteAccess]',
      },
      {
        id: 'XT004',
        severity: 'medium',
        subject: arn('eu-central-1', 'legacy_jobs'),
        message: 'exempt until 2026-03-31',
        evidence: [],
        repair: 'Give the rule a later day, or trace the function.',
        place: { file: './rules/our team.yml', line: 7, column: 14 },
      },
    ],
    coverage: [
      { account: '111122223333', region: 'us-east-1', status: 'read' },
      { account: '111122223333', region: 'eu-west-1', status: 'denied-scp', reason: 'explicit deny' },
      { account: '111122223333', region: 'me-south-1', status: 'not-enabled', reason: 'off', accepted: true },
    ],
    notes: ['1 of 3 regions could not be read'],
  },
)
