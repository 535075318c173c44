/** The parts of ARNs, and when a function is at rest. */
import { expect, test } from 'vitest'
import { isSettling, roleNameOf, sameRoute, splitFunctionArn } from '../../src/core/lambda-function.js'
import { fn } from './build-observation.js'

const ARN = 'arn:aws-us-gov:lambda:us-gov-west-1:123456789012:function:fn'

test.each(['', ':7', ':live', ':$LATEST', ':$LATEST.PUBLISHED'])(
  'a function ARN with "%s" in its parts',
  (qualifier) => {
    expect(splitFunctionArn(`${ARN}${qualifier}`)).toEqual({
      arn: ARN,
      partition: 'aws-us-gov',
      region: 'us-gov-west-1',
      account: '123456789012',
      name: 'fn',
    })
  },
)

test.each([
  ['arn:aws:iam::123456789012:role/orders', 'orders'],
  ['arn:aws:iam::123456789012:role/service-role/team/orders', 'orders'],
  ['arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess', 'AWSXRayDaemonWriteAccess'],
  ['orders', 'orders'],
])('the name in %s is %s', (arn, name) => {
  expect(roleNameOf(arn)).toBe(name)
})

test.each([
  [{}, false],
  [{ state: 'Active', updateStatus: 'Successful' }, false],
  [{ state: 'Active', updateStatus: 'InProgress' }, true],
  [{ state: 'Active', updateStatus: 'Failed' }, false],
  [{ state: 'Pending' }, true],
  [{ state: 'Pending', updateStatus: 'Successful' }, true],
  [{ state: 'Inactive', updateStatus: 'Successful' }, false],
  [{ state: 'Failed' }, false],
  [{ state: 'Creating' }, false],
])('%j is settling: %s', (seen, settling) => {
  expect(isSettling(fn('fn', seen))).toBe(settling)
})

test.each<[same: boolean, a: [string, Record<string, number>], b: [string, Record<string, number>]]>([
  [true, ['1', {}], ['1', {}]],
  [true, ['1', { 2: 0.1 }], ['1', { 2: 0.1 }]],
  [true, ['1', { 2: 0.1, 3: 0.2 }], ['1', { 3: 0.2, 2: 0.1 }]],
  [false, ['1', {}], ['2', {}]],
  [false, ['1', { 2: 0.1 }], ['1', {}]],
  [false, ['1', { 2: 0.1 }], ['1', { 2: 0.2 }]],
  [false, ['1', { 2: 0.1 }], ['1', { 3: 0.1 }]],
])('the same route (%s): %j and %j', (same, [a, aWeights], [b, bWeights]) => {
  expect(sameRoute({ version: a, weights: aWeights }, { version: b, weights: bWeights })).toBe(same)
  expect(sameRoute({ version: b, weights: bWeights }, { version: a, weights: aWeights })).toBe(same)
})
