/** Coverage: every account × region with its status and reason, gaps first, drawn. */
import { describe, expect, test } from 'vitest'
import { type Coverage, type CoverageStatus, report } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { OPTIONS } from './sample.js'

const place = (
  account: string,
  region: string,
  status: CoverageStatus = 'read',
  more: Partial<Coverage> = {},
): Coverage => ({
  account,
  region,
  status,
  ...more,
})

function coverageOf(coverage: Coverage[]): string {
  return (
    /<section id="coverage">([\s\S]*?)<\/section>/.exec(renderHtml(report('audit', {}, { coverage }), OPTIONS))?.[1] ??
    ''
  )
}

/** Texts of the cells of a table of that class, row by row. */
function rowsOf(markup: string, className: string): string[][] {
  const tables = [
    ...markup.matchAll(new RegExp(`<table class="${className}">[\\s\\S]*?<tbody>([\\s\\S]*?)</tbody>`, 'g')),
  ]
  return tables.flatMap(([, body = '']) =>
    [...body.matchAll(/<tr>([\s\S]*?)<\/tr>/g)].map(([, row = '']) =>
      row
        .split(/<t[dh][^>]*>/)
        .slice(1)
        .map((cell) => cell.replace(/<[^>]*>/g, '')),
    ),
  )
}

test('gaps stand by status, accepted ones last and marked; what was read comes after them', () => {
  const markup = coverageOf([
    place('1', 'us-east-1'),
    place('1', 'me-south-1', 'not-enabled', { reason: 'off', accepted: true }),
    place('1', 'sa-east-1', 'throttled', { reason: '429' }),
    place('1', 'eu-west-1'),
    place('1', 'af-south-1', 'denied-scp', { reason: 'deny' }),
    place('1', 'ca-west-1', 'failed'),
  ])
  expect(rowsOf(markup, 'gaps')).toEqual([
    ['denied-scp', '1', 'af-south-1', 'deny'],
    ['throttled', '1', 'sa-east-1', '429'],
    ['failed', '1', 'ca-west-1', ''],
    ['not-enabled accepted', '1', 'me-south-1', 'off'],
  ])
  expect(rowsOf(markup, 'read-places')).toEqual([['1', '2', 'eu-west-1, us-east-1']])
  expect(markup).toContain('<h2>Coverage <small>2 of 6 regions read</small></h2>')
  expect(markup.indexOf('class="gaps"')).toBeLessThan(markup.indexOf('class="read-places"'))
})

test('each status is drawn with its number and its share', () => {
  const markup = coverageOf([place('1', 'a'), place('1', 'b'), place('1', 'c', 'denied-iam'), place('1', 'd')])
  expect(markup).toContain('<rect class="read" x="0%" width="75%" height="100%"/><rect class="denied-iam" x="75%"')
  expect(markup).toContain('<span class="v denied-iam">denied-iam</span> <b>1</b> <span class="share">25 %</span>')
})

describe('gaps for one reason', () => {
  test('stand together by account, other reasons apart', () => {
    const markup = coverageOf([
      place('1', 'b', 'failed', { reason: 'x' }),
      place('1', 'a', 'failed', { reason: 'x' }),
      place('1', 'c', 'failed', { reason: 'y' }),
      place('2', 'a', 'failed', { reason: 'x' }),
      place('2', 'b'),
    ])
    expect(rowsOf(markup, 'gaps')).toEqual([
      ['failed', '1', 'a, b', 'x'],
      ['failed', '1', 'c', 'y'],
      ['failed', '2', 'a', 'x'],
    ])
  })

  test('an account of which nothing was read', () => {
    const markup = coverageOf([...['a', 'b', 'c'].map((region) => place('1', region, 'denied-iam')), place('2', 'a')])
    expect(rowsOf(markup, 'gaps')).toEqual([['denied-iam', '1', 'all 3 regions', '']])
  })

  test('one region is called by its name even where there is no other', () => {
    expect(rowsOf(coverageOf([place('1', 'a', 'failed')]), 'gaps')).toEqual([['failed', '1', 'a', '']])
  })
})

describe('the map', () => {
  test('shows accounts with gaps by region, a letter for each status', () => {
    const markup = coverageOf([
      place('1', 'a'),
      place('1', 'b', 'denied-scp'),
      place('2', 'a'),
      place('2', 'b'),
      place('3', 'b', 'denied-iam', { accepted: true }),
    ])
    expect(rowsOf(markup, 'map')).toEqual([
      ['1', '·', 'S'],
      ['3', '', 'I'],
    ])
  })

  test.each([
    ['one account', [place('1', 'a'), place('1', 'b', 'failed')]],
    ['no gap', [place('1', 'a'), place('2', 'b')]],
    ['one region', [place('1', 'a'), place('2', 'a', 'failed')]],
  ])('is not drawn of %s', (_, coverage) => {
    expect(coverageOf(coverage)).not.toContain('class="map"')
  })
})

test('a large organization is folded, and nothing of it is lost', () => {
  const accounts = Array.from({ length: 50 }, (_, n) => String(n))
  const markup = coverageOf(accounts.flatMap((account) => [place(account, 'a', 'failed'), place(account, 'b')]))
  const summaries = [...markup.matchAll(/<details><summary>(.*?)<\/summary>/g)].map(([, text]) => text)
  expect(summaries).toEqual(['38 more gaps', '35 more accounts', 'Read: 50 places'])
  for (const className of ['gaps', 'map', 'read-places']) expect(rowsOf(markup, className)).toHaveLength(50)
})
