/** Trust policies: whom they let in. */
import { expect, test } from 'vitest'
import { trusts } from '../../../src/core/policy/trust.js'
import { document } from './build-role.js'

const LAMBDA = 'lambda.amazonaws.com'
const letIn = (principal: unknown, extra = {}) => ({
  Effect: 'Allow',
  Principal: principal,
  Action: 'sts:AssumeRole',
  ...extra,
})
const lambda = letIn({ Service: LAMBDA })

test.each([
  ['Lambda', document(lambda), true],
  ['URL-encoded', encodeURIComponent(JSON.stringify(document(lambda))), true],
  ['several services', document(letIn({ Service: ['edgelambda.amazonaws.com', LAMBDA] })), true],
  ['several statements', document(letIn({ AWS: '111122223333' }), lambda), true],
  ['everyone', document(letIn('*')), true],
  ['everyone, in the long form', document(letIn({ AWS: '*' })), true],
  ['all actions of STS', document(letIn({ Service: LAMBDA }, { Action: ['STS:*'] })), true],
  ['under a condition', document({ ...lambda, Condition: { StringEquals: { 'aws:SourceAccount': '1' } } }), true],
  ['another service', document(letIn({ Service: 'ec2.amazonaws.com' })), false],
  ['an account', document(letIn({ AWS: LAMBDA })), false],
  ['another action', document(letIn({ Service: LAMBDA }, { Action: 'sts:TagSession' })), false],
  ['a deny beside it', document(lambda, letIn('*', { Effect: 'Deny' })), false],
  [
    'a conditional deny beside it',
    document(lambda, letIn('*', { Effect: 'Deny', Condition: { Bool: { a: 'b' } } })),
    true,
  ],
  ['a deny of others', document(lambda, letIn({ Service: 'ec2.amazonaws.com' }, { Effect: 'Deny' })), true],
  ['no principal', document({ Effect: 'Allow', Action: 'sts:AssumeRole' }), false],
  ['malformed: what is not understood refuses nobody', '{', undefined],
  ['nothing', undefined, undefined],
])('%s', (_, form, expected) => {
  expect(trusts(form, LAMBDA)).toBe(expected)
})
