/** The parts of ARNs, and when a function is at rest. */
import { expect, test } from 'vitest'
import { isSettling, roleNameOf, splitFunctionArn } from '../../src/core/lambda-function.js'
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
