/** The outcome in words: loud where something was not read, and never more than is known. */
import { expect, test } from 'vitest'
import { type Coverage, type Finding, type Report, report } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { OPTIONS } from './sample.js'

const place = (region: string, more: Partial<Coverage> = {}): Coverage => ({
  account: '111122223333',
  region,
  status: 'read',
  ...more,
})
const read = [place('us-east-1'), place('eu-west-1')]
const denied = place('sa-east-1', { status: 'denied-scp', reason: 'explicit deny' })
const accepted = place('me-south-1', { status: 'not-enabled', accepted: true })
const unknown = { rows: [['unknown', '1']] }

const finding = (severity: Finding['severity']): Finding => ({
  id: 'XT001',
  severity,
  subject: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
  message: 'mode is PassThrough',
  evidence: [],
  repair: 'xtrace enable orders',
})

/** Its tone, its heading and its sentences. */
function outcomeOf(more: Partial<Report>): string[] {
  const page = renderHtml(report('audit', {}, more), OPTIONS)
  const [, tone = '', inside = ''] =
    /<section id="outcome" class="outcome (\w+)">([\s\S]*?)<\/section>/.exec(page) ?? []
  return [tone, ...[...inside.matchAll(/<(h2|p)>(.*?)<\/\1>/g)].map(([, , text = '']) => text)]
}

test.each<[string, Partial<Report>, string[]]>([
  [
    'all read and as it should be',
    { coverage: read },
    ['good', 'In order', 'Nothing that was read differs from what is wanted.'],
  ],
  [
    'a gap that was accepted is said all the same',
    { coverage: [...read, accepted] },
    [
      'good',
      'In order',
      'Nothing that was read differs from what is wanted.',
      '1 region was not read; that gap was accepted beforehand.',
    ],
  ],
  ['done, without a word of what was not looked at', {}, ['good', 'In order']],
  [
    'drift, by severity',
    { outcome: 'drift', coverage: read, findings: [finding('low'), finding('high'), finding('high')] },
    ['bad', 'Drift', '3 findings: 2 high, 1 low.'],
  ],
  [
    'a gap comes before what was found, and what was found is of the rest',
    { outcome: 'incomplete', coverage: [denied, ...read], findings: [finding('medium')] },
    [
      'loud',
      'Incomplete',
      '1 of 3 regions was not read: this page says nothing of what is there.',
      '1 finding in what was read: 1 medium.',
    ],
  ],
  [
    'of many accounts, the gaps are places',
    {
      outcome: 'incomplete',
      coverage: [
        ...read,
        denied,
        { ...denied, account: '444455556666' },
        accepted,
        { ...accepted, region: 'af-south-1' },
      ],
    },
    [
      'loud',
      'Incomplete',
      '2 of 6 places were not read: this page says nothing of what is there.',
      '2 places were not read; those gaps were accepted beforehand.',
    ],
  ],
  [
    'functions about which too little is known',
    { outcome: 'incomplete', coverage: read, table: [unknown] },
    ['loud', 'Incomplete', '1 function is unknown: something that decides could not be read.'],
  ],
  [
    'incomplete for another reason',
    { outcome: 'incomplete' },
    ['loud', 'Incomplete', 'Part was done or read, part was not.'],
  ],
  [
    'nothing could be done',
    {
      outcome: 'credentials',
      error: { code: 'NO_CREDENTIALS', message: 'no credentials <here>', suggestions: ['Sign in.'], exit: 4 },
    },
    ['loud', 'No access', 'no credentials &lt;here&gt;', 'Sign in.'],
  ],
])('%s', (_, more, said) => {
  expect(outcomeOf(more)).toEqual(said)
})
