/** A plan carried out in several accounts at once: each at its own pace, and no more at a time than one process can do. */
import { expect, test } from 'vitest'
import type { AwsAccess } from '../../src/aws/gateways.js'
import type { SetModeStep, Step } from '../../src/core/plan/plan.js'
import { makePlan } from '../../src/core/plan/plan.js'
import { execute } from '../../src/rollout/execute.js'
import { fn } from '../core/build-observation.js'
import { fakeAws, inAccounts } from './support/fake-aws.js'
import { FakeLambda } from './support/fake-lambda.js'
import { VirtualClock } from './support/virtual-clock.js'

const REGION = 'us-east-1'
const arnIn = (account: string, name: string) => `arn:aws:lambda:${REGION}:${account}:function:${name}`
const names = (count: number) => Array.from({ length: count }, (_, index) => `f${index}`)

function change(account: string, name: string): SetModeStep {
  const arn = arnIn(account, name)
  return { kind: 'setMode', id: `setMode:${arn}`, function: arn, from: 'PassThrough', to: 'Active', after: [] }
}

function lambdaIn(account: string, count: number): FakeLambda {
  return new FakeLambda(...names(count).map((name) => fn(name, { account, arn: arnIn(account, name) })))
}

function carryOut(steps: Step[], accounts: Record<string, AwsAccess>) {
  const tools = { clock: new VirtualClock(), observe: () => undefined, record: async () => undefined }
  return execute(makePlan(steps, [], []), { ...tools, aws: inAccounts(accounts) })
}

test('functions of one account do not wait for those of another in the same region', async () => {
  const [busy, idle] = [lambdaIn('111111111111', 100), lambdaIn('222222222222', 1)]
  let release: () => void = () => undefined
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  busy.onSetMode = () => held
  idle.onSetMode = () => release()
  const steps = [...names(100).map((name) => change('111111111111', name)), change('222222222222', 'f0')]
  const outcomes = await carryOut(steps, {
    '111111111111': fakeAws({ [REGION]: busy }),
    '222222222222': fakeAws({ [REGION]: idle }),
  })
  expect([...outcomes.values()].every(({ status }) => status === 'done')).toBe(true)
})

test('all accounts together have a bounded number of functions in work', async () => {
  const ids = Array.from({ length: 40 }, (_, index) => String(100_000_000_000 + index))
  let inWork = 0
  let most = 0
  const accounts = ids.map((id): [string, AwsAccess] => {
    const lambda = lambdaIn(id, 48)
    lambda.onSetMode = async () => {
      most = Math.max(most, ++inWork)
      await new Promise((resolve) => setImmediate(resolve))
      inWork--
    }
    return [id, fakeAws({ [REGION]: lambda })]
  })
  const steps = ids.flatMap((id) => names(48).map((name) => change(id, name)))
  const outcomes = await carryOut(steps, Object.fromEntries(accounts))
  expect([outcomes.size, most]).toEqual([1_920, 1_536])
})
