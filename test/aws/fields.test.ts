/** Fields of answers: what is of the model's type is taken, what is not is refused by its name alone. */
import { describe, expect, test } from 'vitest'
import { each, optional, required, WrongField } from '../../src/aws/fields.js'

interface Answer {
  text?: string | undefined
  number?: number | undefined
  flag?: boolean | undefined
  time?: Date | undefined
  list?: string[] | undefined
  record?: { a?: string } | undefined
}

/** An answer is what came over the wire, whatever the SDK's types say. */
const answered = (fields: object): Answer => fields

const GOOD = {
  text: ['a', '', '__proto__'],
  number: [0, -1.5, 1e308],
  flag: [true, false],
  time: [new Date(0)],
  list: [[], [null]],
  record: [{}, { a: 1 }],
}
type Kind = keyof typeof GOOD
const KINDS = Object.keys(GOOD) as Kind[]
const OF_NO_KIND = [Number.NaN, Number.POSITIVE_INFINITY, Symbol('x'), () => 'x']

describe.each(KINDS)('a %s', (kind) => {
  const take = (value: unknown) => optional(answered({ [kind]: value }), kind, kind as never)

  test('is taken as it is', () => {
    for (const value of GOOD[kind]) expect(take(value)).toBe(value)
  })

  test('that is not there, or null, is nothing where it may be', () => {
    expect(take(undefined)).toBeUndefined()
    expect(take(null)).toBeUndefined()
  })

  test('of another kind is refused', () => {
    const others = KINDS.filter((other) => other !== kind).flatMap((other): unknown[] => GOOD[other])
    for (const value of [...others, ...OF_NO_KIND]) {
      expect(() => take(value), String(value)).toThrow(new WrongField(`${kind} is no ${kind}`))
    }
  })

  test.each([undefined, null])('that must be there is missed when it is %s', (value) => {
    expect(() => required(answered({ [kind]: value }), kind, kind as never)).toThrow(`${kind} is missing`)
  })
})

test('a text that must be there is not empty; a list may be', () => {
  expect(() => required(answered({ text: '' }), 'text', 'text')).toThrow('text is missing')
  expect(required(answered({ list: [] }), 'list', 'list')).toEqual([])
})

test('a time that is none is refused', () => {
  expect(() => optional(answered({ time: new Date(Number.NaN) }), 'time', 'time')).toThrow('time is no time')
})

test('a value is never repeated', () => {
  const take = () => required(answered({ number: 'hunter2' }), 'number', 'number')
  expect(take).toThrow('number is no number')
  expect(take).not.toThrow('hunter2')
})

test.each([null, undefined, 42, 'x', []])('of %j instead of an answer no field is taken', (nothing) => {
  expect(() => required(nothing as unknown as Answer, 'text', 'text')).toThrow(TypeError)
})

test('every item of a list', () => {
  expect(each([1, 2.5], 'number')).toEqual([1, 2.5])
  expect(each<string>([], 'text')).toEqual([])
  expect(() => each([1, '2' as unknown as number], 'number')).toThrow(new WrongField('an item is no number'))
  expect(() => each([null as unknown as string], 'text')).toThrow(WrongField)
})
