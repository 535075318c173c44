/** How the list is drawn on terminals of every size. */
import { expect, test } from 'vitest'
import { filtered, moved, pickList, toggled } from '../../../src/cli/pick/pick-list.js'
import { drawList, pageSize } from '../../../src/cli/pick/pick-screen.js'
import { fn } from '../../core/build-observation.js'

const WIDE = { columns: 100, rows: 30, paint: (_tone: string, text: string) => text }
const LIST = pickList([fn('api', { mode: 'Active' }), fn('worker', { region: 'ap-southeast-1' })])
const FLEET = pickList(Array.from({ length: 5_000 }, (_, index) => fn(`fn-${String(index).padStart(4, '0')}`)))

test('the line that is typed in, a row each, the count and the keys', () => {
  expect(drawList(toggled(moved(LIST, 1)), 'Functions to enable:', WIDE)).toEqual([
    'Functions to enable: ',
    [
      '  [ ] api     us-east-1       Active',
      '> [x] worker  ap-southeast-1  PassThrough',
      '1 of 2 picked · enter accepts · esc leaves',
      'space picks · ctrl-a all that match · type to filter, + before a further word',
    ].join('\n'),
  ])
})

test('with a filter it says how many match, and the columns stay where they are', () => {
  const [line, below] = drawList(filtered(LIST, 'act'), 'Functions to enable:', WIDE)
  expect(line).toBe('Functions to enable: act')
  expect(below).toContain('> [ ] api     us-east-1       Active\n1 match · 0 of 2 picked')
})

test('it says so where nothing matches', () => {
  expect(drawList(filtered(LIST, 'zzz'), '?', WIDE)[1]).toContain('nothing matches\n0 match · 0 of 2 picked')
})

test('the row under the cursor stands out, and so do those that are picked', () => {
  const tones: string[] = []
  const paint = (tone: string, text: string) => {
    if (text.includes('[')) tones.push(`${tone} ${text.trim()}`)
    return text
  }
  drawList(moved(toggled(LIST), 1), '?', { ...WIDE, paint })
  expect(tones).toEqual([expect.stringMatching(/^good \[x\] api/), expect.stringMatching(/^strong > \[ \] worker/)])
})

test('twelve rows are drawn of thousands, fewer on a low terminal, one at least', () => {
  const rows = (height: number) => drawList(FLEET, '?', { ...WIDE, rows: height })[1].split('\n').length - 2
  expect([rows(50), rows(16), rows(10), rows(5), rows(2)]).toEqual([12, 12, 6, 1, 1])
  expect(pageSize({ rows: 16 })).toBe(12)
})

test.each([20, 40, 60, 80])('no line reaches the end of a terminal of %i columns', (columns) => {
  const long = pickList([fn('a'.repeat(64)), fn('b', { region: 'ap-southeast-1' })])
  for (const line of drawList(long, '?', { ...WIDE, columns })[1].split('\n')) expect(line.length).toBeLessThan(columns)
})

test('a long name is cut in its middle, so that both ends and the mode are seen', () => {
  const long = pickList([fn(`${'stack-'.repeat(8)}handler-XYZ`)])
  expect(drawList(long, '?', { ...WIDE, columns: 60 })[1].split('\n')[0]).toBe(
    '> [ ] stack-stack-st…ck-handler-XYZ  us-east-1  PassThrough',
  )
})
