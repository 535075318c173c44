/** What holds for every text, and for every name put together from its parts. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FunctionRef, parseFunctionRef } from '../../src/core/function-ref.js'
import { XtraceError } from '../../src/errors.js'
import { anyCharacter } from '../support/any-character.js'

const ALPHABET = 'abcxyzABZ0189-_'
const REGIONS = ['us-east-1', 'ap-southeast-2', 'us-gov-east-1', 'cn-north-1', 'eu-isoe-west-1', 'eusc-de-east-1']

const account = fc.stringMatching(/^\d{12}$/)
const region = fc.constantFrom(...REGIONS)
const partition = fc.constantFrom('aws', 'aws-cn', 'aws-us-gov', 'aws-iso-b', 'aws-eusc')
const name = fc.oneof(
  fc.string({ unit: fc.constantFrom(...ALPHABET, '.'), minLength: 1, maxLength: 64 }),
  fc.constantFrom('function', 'arn', 'lambda', '123456789012', 'us-east-1'),
)
const qualifier = fc.oneof(
  fc.constantFrom('$LATEST', '$LATEST.PUBLISHED', '1', '42', 'live', 'function'),
  fc.string({ unit: fc.constantFrom(...ALPHABET), minLength: 1, maxLength: 60 }),
)
const tail = fc.option(qualifier, { nil: undefined })

function suffix(text: string, mark: string | undefined): string {
  return mark === undefined ? text : `${text}:${mark}`
}

function parts(ref: FunctionRef): Array<string | undefined> {
  return [ref.partition, ref.region, ref.account, ref.name, ref.qualifier]
}

const pieces = fc.constantFrom(
  'arn',
  'aws',
  'lambda',
  'us-east-1',
  '123456789012',
  'function',
  'fn',
  '$LATEST',
  '',
  '7',
)
const nearly = fc.array(pieces, { maxLength: 10 }).map((list) => list.join(':'))
const anyText = fc.oneof(fc.string(), fc.string({ unit: anyCharacter, maxLength: 300 }), nearly)

test('any text is a name, or is refused with MALFORMED_NAME on one line', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      try {
        expect(parseFunctionRef(text)).toMatchObject({ text, name: expect.stringMatching(/^[\w.-]{1,64}$/) })
      } catch (error) {
        if (!(error instanceof XtraceError)) throw error
        expect(error.code).toBe('MALFORMED_NAME')
        expect(error.message).toMatch(/ is not a function name: it .+\.$/)
      }
    }),
    { numRuns: 600 },
  )
})

test('a full ARN gives its parts back', () => {
  fc.assert(
    fc.property(partition, region, account, name, tail, (p, r, a, n, q) => {
      const text = suffix(`arn:${p}:lambda:${r}:${a}:function:${n}`, q)
      expect(parts(parseFunctionRef(text))).toEqual([p, r, a, n, q])
    }),
    { numRuns: 400 },
  )
})

test('a partial ARN gives its parts back, with and without a region', () => {
  fc.assert(
    fc.property(fc.option(region, { nil: undefined }), account, name, tail, (r, a, n, q) => {
      const text = suffix(`${r === undefined ? '' : `${r}:`}${a}:function:${n}`, q)
      expect(parts(parseFunctionRef(text))).toEqual([undefined, r, a, n, q])
    }),
    { numRuns: 400 },
  )
})

test('a bare name is that name, whatever it looks like', () => {
  fc.assert(
    fc.property(name, (n) => {
      expect(parts(parseFunctionRef(n))).toEqual([undefined, undefined, undefined, n, undefined])
    }),
  )
})

test('a qualifier divides from a bare name, unless the name looks like the head of an ARN', () => {
  const plain = name.filter((n) => n !== 'function' && !/^\d{12}$/.test(n) && !REGIONS.includes(n))
  fc.assert(
    fc.property(plain, qualifier, (n, q) => {
      expect(parts(parseFunctionRef(`${n}:${q}`))).toEqual([undefined, undefined, undefined, n, q])
    }),
  )
})
