/** Sections of counts: numbers to read, bars to compare. */
import { expect, test } from 'vitest'
import { report, type Section } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { OPTIONS } from './sample.js'

function drawn(section: Section): string {
  const page = renderHtml(report('audit', {}, { table: [section] }), OPTIONS)
  return /<section id="counts-1">([\s\S]*?)<\/section>/.exec(page)?.[1] ?? ''
}

const rects = (markup: string) =>
  [...markup.matchAll(/<rect class="(\w+)" x="(.*?)%" width="(.*?)%"/g)].map(([, ...rect]) => rect)
const numbers = (markup: string) =>
  [...markup.matchAll(/<td class="number([^"]*)">([^<]*)/g)].map(([, kind, text]) => `${kind} ${text}`.trim())

test('bars are drawn to the scale of the longest row, numbers stand beside them with their sum', () => {
  const markup = drawn({
    title: 'Regions',
    counts: { labels: 1 },
    columns: ['REGION', 'traced', 'blind'],
    rows: [
      ['us-east-1', '1500', { text: '500', tone: 'bad' }],
      ['eu-west-1', '1000', '0'],
    ],
  })
  expect(markup).toContain('<h2>Regions</h2>')
  expect(rects(markup)).toEqual([
    ['traced', '0', '75'],
    ['blind', '75', '25'],
    ['traced', '0', '50'],
  ])
  expect(numbers(markup)).toEqual([
    'all 2,000',
    'v traced 1,500',
    'v blind 500',
    'all 1,000',
    'v traced 1,000',
    'zero 0',
  ])
})

test('several columns may name a row; only verdicts are drawn and summed, whatever their case', () => {
  const markup = drawn({
    counts: { labels: 2 },
    columns: ['ACCOUNT', 'REGION', { text: 'OFF', wide: true }, 'FUNCTIONS', 'roles'],
    rows: [['111122223333', 'us-east-1', '3', '4', 'n/a'], ['444455556666']],
  })
  expect(markup).toContain('<tr><th scope="row">111122223333<th scope="row">us-east-1<td class="drawn">')
  expect(rects(markup)).toEqual([['off', '0', '100']])
  expect(numbers(markup)).toEqual(['all 3', 'v off 3', '4', 'n/a', 'all 0', '', '', ''])
})

test('many rows are folded to the same scale', () => {
  const rows = Array.from({ length: 43 }, (_, n) => [`region-${n}`, n === 42 ? '10' : '5'])
  const markup = drawn({ counts: { labels: 1 }, columns: ['REGION', 'off'], rows })
  expect(markup).toContain('<details><summary>3 more rows</summary>')
  expect(rects(markup).map(([, , width]) => width)).toEqual([...Array.from({ length: 42 }, () => '50'), '100'])
})
