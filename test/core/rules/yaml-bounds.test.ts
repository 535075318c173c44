/** What would take the YAML package too long, or too deep, is seen before it is built up. */
import { expect, test } from 'vitest'
import { type CST, Parser } from 'yaml'
import { excessOf } from '../../../src/core/rules/yaml-bounds.js'

function documentOf(text: string): CST.Document {
  for (const token of new Parser().parse(text)) if (token.type === 'document') return token
  throw new Error('no document')
}

test.each([
  ['flow lists', '['.repeat(20) + ']'.repeat(20), undefined],
  ['flow lists', '['.repeat(21) + ']'.repeat(21), 20],
  ['block lists', '- '.repeat(20), undefined],
  ['block lists', '- '.repeat(21), 40],
  ['maps', `a: [0, {${'b: {'.repeat(17)}`, undefined],
  ['maps', `a: [0, {${'b: {'.repeat(18)}`, 79],
  ['keys', `${'? '.repeat(19)}a`, undefined],
  ['keys', `${'? '.repeat(20)}a`, 40],
])('%s of at most 20 levels are built up: %s', (_, text, offset) => {
  expect(excessOf(documentOf(text))).toEqual(offset && { offset, says: 'this is nested too deeply' })
})

test.each([['start'], ['end']])('signs are counted, wherever the parser keeps them (%s)', (field) => {
  const comma: CST.SourceToken = { type: 'comma', offset: 1, indent: 0, source: ',' }
  const commas = (count: number) => Array.from({ length: count }, () => comma)
  const list = (start: CST.SourceToken[], end: CST.SourceToken[]): CST.FlowCollection => {
    const bracket: CST.SourceToken = { ...comma, type: 'flow-seq-start', source: '[' }
    return { type: 'flow-collection', offset: 0, indent: 0, start: bracket, items: [{ start }], end }
  }
  const excess = (count: number) => {
    const value = field === 'start' ? list(commas(count), []) : list([], commas(count))
    return excessOf({ type: 'document', offset: 7, start: [], value })?.says
  }
  expect(excess(499_000)).toBeUndefined()
  expect(excess(500_000)).toBe('the file has too many words and signs')
})
