/** Findings: gathered by kind, with all that shows them and the command that repairs them. */
import { describe, expect, test } from 'vitest'
import { type Finding, report } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { OPTIONS } from './sample.js'

const ARN = 'arn:aws:lambda:us-east-1:111122223333:function:orders'

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'XT001',
  severity: 'medium',
  subject: ARN,
  message: 'mode is PassThrough',
  evidence: ['mode PassThrough'],
  repair: `xtrace enable ${ARN}`,
  ...more,
})

function findingsOf(findings: Finding[]): string {
  return (
    /<section id="findings">([\s\S]*?)<\/section>/.exec(renderHtml(report('audit', {}, { findings }), OPTIONS))?.[1] ??
    ''
  )
}

test('kinds stand by severity, then by id, with their number and meaning', () => {
  const markup = findingsOf([
    finding({ id: 'XT103', severity: 'low' }),
    finding(),
    finding({ id: 'XT003', severity: 'high' }),
    finding({ id: 'XT002', severity: 'high' }),
    finding(),
  ])
  const kinds = [...markup.matchAll(/<code>(XT\d+)<\/code> <span class="severity (\w+)">\2<\/span> <b>(\d+)<\/b>/g)]
  expect(kinds.map(([, ...kind]) => kind.join(' '))).toEqual([
    'XT002 high 1',
    'XT003 high 1',
    'XT001 medium 2',
    'XT103 low 1',
  ])
  expect(markup).toContain(
    '<span class="meaning">Tracing is off: Lambda sends no traces of this function.</span></summary>',
  )
})

test('everything about a finding', () => {
  const markup = findingsOf([
    finding({
      evidence: ['mode PassThrough', 'alias live → version 3'],
      template: 'Orders:\n  Tracing: Active',
      place: { file: 'xtrace.yml', line: 12, column: 3 },
    }),
  ])
  expect(markup).toContain(
    '<h3>arn:aws:lambda:us-east-1:111122223333:function:<b>orders</b></h3><p>mode is PassThrough</p>',
  )
  expect(markup).toContain('<ul><li>mode PassThrough</li><li>alias live → version 3</li></ul>')
  expect(markup).toContain('<p class="dim">xtrace.yml:12:3</p>')
  expect(markup).toContain(
    `<p class="command"><code>xtrace enable ${ARN}</code><button type="button" class="copy">Copy</button></p>`,
  )
  expect(markup).toContain('<pre>Orders:\n  Tracing: Active</pre>')
})

test('a subject that is no function stands as it is', () => {
  expect(findingsOf([finding({ subject: 'orders' })])).toContain('<h3><b>orders</b></h3>')
})

describe('copying', () => {
  test('a sentence is no command', () => {
    const markup = findingsOf([
      finding({ repair: 'Ask the owner of the role.' }),
      finding({ repair: 'xtraces nothing' }),
    ])
    expect(markup).toContain('<p>Ask the owner of the role.</p>')
    expect(markup).not.toContain('<button')
  })

  test('all commands of a kind at once, where there are several', () => {
    const aws = finding({ repair: 'aws lambda update-alias --function-name orders' })
    expect(findingsOf([finding(), aws, finding({ repair: 'Wait.' })])).toContain(
      'class="copy-all">Copy 2 commands</button>',
    )
    expect(findingsOf([finding()])).not.toContain('copy-all')
  })
})

test('few findings are open, many are folded', () => {
  const many = (count: number) => findingsOf(Array.from({ length: count }, () => finding()))
  expect(many(12)).toContain('<details class="kind" open>')
  expect(many(13)).toContain('<details class="kind"><summary>')
})
