/** A new function's role: what is refused at once, and what before any write. */
import { expect, test } from 'vitest'
import type { AwsAccess, IamGateway, LambdaGateway, NewFunction } from '../../../src/aws/gateways.js'
import type { Role } from '../../../src/core/policy/role.js'
import { XtraceError } from '../../../src/errors.js'
import { createFunction } from '../../../src/usecases/change/create.js'
import { ACCOUNT, fn } from '../../core/build-observation.js'
import { inline, role } from '../../core/policy/build-role.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'

const writes = inline('trace', { Effect: 'Allow', Action: 'xray:*', Resource: '*' })

/** A region without functions, where Lambda sees what the role may do after `delay` milliseconds. */
function account(its: Role, delay: number) {
  const clock = new VirtualClock()
  const calls: string[] = []
  const made = fn('orders', { mode: 'Active', role: its.arn, state: 'Active' })
  const lambda: Pick<LambdaGateway, 'getFunction' | 'createFunction'> = {
    getFunction: async () => {
      if (calls.at(-1) === 'created') return made
      throw new XtraceError('FUNCTION_NOT_FOUND', 'No such function.')
    },
    createFunction: async () => {
      calls.push(clock.now() < delay ? 'refused' : 'created')
      if (clock.now() < delay) throw new XtraceError('ROLE_LACKS_XRAY', 'The role cannot write.')
      return made
    },
  }
  const iam: Pick<IamGateway, 'readRole'> = { readRole: async () => its }
  const aws: Pick<AwsAccess, 'lambda' | 'iam'> = {
    lambda: async () => lambda as LambdaGateway,
    iam: async () => iam as IamGateway,
  }
  const spec: NewFunction = { name: 'orders', role: its.arn, code: { imageUri: 'image' }, publish: false }
  const tools = { aws: aws as AwsAccess, clock, progress: { say: () => undefined } }
  const create = () => createFunction({ spec, region: 'us-east-1', grants: 'managed', dryRun: false }, tools)
  return { clock, calls, create }
}

test('a role that the command has not granted is not waited for', async () => {
  const { clock, calls, create } = account(role([writes]), 3_600_000)
  await expect(create()).rejects.toMatchObject({ code: 'ROLE_LACKS_XRAY' })
  expect([clock.now(), calls]).toEqual([0, ['refused']])
})

test('a role that only AWS may change is refused before any write', async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:role/aws-service-role/lambda.amazonaws.com/orders`
  const { calls, create } = account(role([], { arn }), 0)
  await expect(create()).rejects.toMatchObject({ code: 'ROLE_UNMODIFIABLE' })
  expect(calls).toEqual([])
})
