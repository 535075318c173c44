/** Columns of the list: which can be chosen by, how wide they are, and their names on a phone. */
import { describe, expect, test } from 'vitest'
import type { Cell } from '../../../src/core/report.js'
import { columnStyle } from '../../../src/render/html/column-style.js'
import { columnsOf } from '../../../src/render/html/columns.js'

const facts = (texts: Cell[]) => columnsOf({ columns: ['A'], rows: texts.map((text) => [text]) })[0]
const choices = (texts: Cell[]) => facts(texts)?.choices
const repeated = (count: number) => Array.from({ length: count * 2 }, (_, n) => `text ${n % count}`)

describe('choices', () => {
  test('few texts, each with its rows, in order', () => {
    expect(choices(['off', { text: 'off', tone: 'warn' }, 'blind', '', 'off', ''])).toEqual([
      ['', 2],
      ['blind', 1],
      ['off', 3],
    ])
  })

  test('texts are compared as they are shown', () => {
    expect(choices(['a\u0000', 'a', 'b', 'b'])).toEqual([
      ['a', 2],
      ['b', 2],
    ])
  })

  test.each<[string, Cell[], number]>([
    ['none where all rows are alike', ['a', 'a', 'a'], 0],
    ['none where most rows differ', ['a', 'b', 'c', 'a'], 0],
    ['none of no rows', [], 0],
    ['as many as there are regions', repeated(40), 40],
    ['too many to choose from', repeated(41), 0],
    ['a text of 40 characters', ['a', 'a', 'x'.repeat(40), 'a'], 2],
    ['texts too long to choose from', ['a', 'a', 'x'.repeat(41), 'a'], 0],
  ])('%s', (_, texts, count) => {
    expect(choices(texts)).toHaveLength(count)
  })
})

test('the longest text counts, a missing cell is empty', () => {
  const rows: Cell[][] = [['abc', { text: 'abcde', tone: 'bad' }], ['a']]
  expect(columnsOf({ columns: ['A', { text: 'B', wide: true }], rows })).toEqual([
    { name: 'A', longest: 3, figures: false, choices: [] },
    { name: 'B', longest: 5, figures: false, choices: [] },
  ])
})

describe('style', () => {
  const column = (name: string, longest: number) => ({ name, longest, figures: false, choices: [] })

  test('tracks are as wide as texts or headings, and no wider than can be read', () => {
    const style = columnStyle([
      column('FUNCTION', 64),
      column('REGION', 14),
      column('PERMISSION', 3),
      column('ARN', 90),
    ])
    expect(style).toContain(
      '{#list table{min-width:118ch}#list tr{grid-template-columns:minmax(0,30fr) minmax(0,18fr) minmax(0,14fr) minmax(0,56fr)}}',
    )
    expect(style).toContain('@media print{#list td:nth-child(1),#list td:nth-child(4){overflow-wrap:anywhere}}')
  })

  test('nothing is broken on paper where nothing is long', () => {
    expect(columnStyle([column('A', 52)])).not.toContain('@media print')
  })

  test('names stand before the values on a phone, whatever they hold', () => {
    const style = columnStyle([column('FUNCTION NAME 2', 1), column('"}\\</style>\n😀', 1)])
    expect(style).toContain('#list td:nth-child(1)::before{content:"FUNCTION NAME 2"}')
    expect(style).toContain(
      String.raw`#list td:nth-child(2)::before{content:"\22 \7d \5c \3c \2f style\3e \a \1f600 "}`,
    )
  })
})

test('figures stand to the right and are not chosen from; the id of an account is a name', () => {
  const rows = [
    ['12', '111122223333'],
    ['-0.5', '111122223333'],
    ['', '111122223333'],
    ['12', '444455556666'],
  ]
  const columns = columnsOf({ columns: ['COST', 'ACCOUNT'], rows })
  expect(columns.map(({ figures, choices }) => [figures, choices.length])).toEqual([
    [true, 0],
    [false, 2],
  ])
  expect(columnStyle(columns)).toContain('#list td:nth-child(1){text-align:right}')
  expect(columnStyle(columns)).not.toContain('td:nth-child(2){text-align')
})
