/** Reading policy documents: every form that IAM sends, and every form that it would not store. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseDocument } from '../../../src/core/policy/document.js'
import { allow, document } from './build-role.js'

const policy = document(allow('s3:100%25', { Sid: 'One', Condition: { Bool: { 'aws:SecureTransport': true } } }))

test.each([
  ['parsed', policy],
  ['JSON', JSON.stringify(policy)],
  ['URL-encoded JSON', encodeURIComponent(JSON.stringify(policy))],
])('%s', (_, form) => {
  expect(parseDocument(form)).toEqual({
    statements: [
      {
        sid: 'One',
        effect: 'Allow',
        actions: { except: false, patterns: ['s3:100%25'] },
        resources: { except: false, patterns: ['*'] },
        conditions: [{ operator: 'Bool', key: 'aws:SecureTransport', values: ['true'] }],
        principal: undefined,
        variables: true,
      },
    ],
  })
})

test.each([
  ['it is not JSON', ''],
  ['it is not JSON', '%7B%'],
  ['the document is not a JSON object', undefined],
  ['the document is not a JSON object', null],
  ['the document is not a JSON object', 7],
  ['the document is not a JSON object', [policy]],
  ['the document is not a JSON object', JSON.stringify(JSON.stringify(policy))],
  ['it has no Statement', {}],
  ['its Version is none that IAM knows', { Version: '2030-01-01', Statement: [] }],
  ['a Statement is not a JSON object', { Statement: ['Allow'] }],
  ['an Effect is neither Allow nor Deny', document({ Action: '*', Resource: '*' })],
  ['an Effect is neither Allow nor Deny', document({ Effect: 'DENY', Action: '*', Resource: '*' })],
  ['a Statement has no Action', document({ Effect: 'Allow', Resource: '*' })],
  ['a Statement has both Action and NotAction', document(allow('*', { NotAction: 's3:*' }))],
  ['a Statement has both Resource and NotResource', document(allow('*', { NotResource: '*' }))],
  ["a Statement's Action is not text", document(allow(['s3:*', 7]))],
  ["a Statement's Action is empty", document(allow([]))],
  ['a Condition is not a JSON object', document(allow('*', { Condition: 'never' }))],
  ['a Condition is not a JSON object', document(allow('*', { Condition: { Bool: 'never' } }))],
  [
    'a Condition compares with something that is not text, a number or a boolean',
    document(allow('*', { Condition: { Bool: { a: {} } } })),
  ],
])('malformed: %s', (malformed, form) => {
  expect(parseDocument(form)).toEqual({ malformed })
})

test('a document without statements is read, and says nothing', () => {
  expect(parseDocument(document())).toEqual({ statements: [] })
})

test('any JSON value and any text is read or malformed, never thrown at', () => {
  const form = fc.oneof(fc.jsonValue(), fc.json(), fc.string(), fc.anything())
  fc.assert(
    fc.property(form, (value) => {
      expect(Object.keys(parseDocument(value))).toHaveLength(1)
    }),
    { numRuns: 400 },
  )
})
