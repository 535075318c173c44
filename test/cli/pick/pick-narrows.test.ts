/** A change is planned for what was picked, and for nothing else that was chosen. */
import { expect, test } from 'vitest'
import type { AwsAccess, LambdaGateway } from '../../../src/aws/gateways.js'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import type { Plan } from '../../../src/core/plan/plan.js'
import { XtraceError } from '../../../src/errors.js'
import { type ChangeTools, changeTracing } from '../../../src/usecases/change/change.js'
import { fn, functionArn } from '../../core/build-observation.js'

const LISTED = [fn('a', { mode: 'Active' }), fn('b', { mode: 'Active' }), fn('c', { mode: 'Active' })]

const lambda: Partial<LambdaGateway> = {
  async *listAllVersions() {
    yield LISTED
  },
  listEventSources: async () => [],
}

async function change(pick: ChangeTools['pick']) {
  const plans: Plan[] = []
  const aws: Partial<AwsAccess> = { lambda: async () => lambda as LambdaGateway }
  const report = await changeTracing(
    {
      to: 'PassThrough',
      choice: { selection: { match: [], exclude: [], runtimes: [], tags: [] } },
      regions: ['us-east-1'],
      grants: 'none',
      revoke: false,
      dryRun: true,
      detailedExit: false,
      rollout: { waves: [], recorded: {} },
    },
    {
      aws: aws as AwsAccess,
      clock: { now: () => 0, sleep: async () => undefined },
      progress: { say: () => undefined },
      runs: {} as ChangeTools['runs'],
      agree: async () => false,
      savePlan: async (plan) => {
        plans.push(plan)
      },
      ...(pick && { pick }),
    },
  )
  return { names: report.data.functions.map(({ name }) => name), plans, report }
}

test('only what was picked is planned and reported', async () => {
  const offered: string[] = []
  const { names, plans } = await change(async (functions: readonly LambdaFunction[]) => {
    offered.push(...functions.map(({ name }) => name))
    return new Set([functionArn('c'), functionArn('a')])
  })
  expect(offered).toEqual(['a', 'b', 'c'])
  expect(names.sort()).toEqual(['a', 'c'])
  expect(plans[0]?.steps).toHaveLength(2)
})

test('without a list to pick from everything that was chosen is planned', async () => {
  expect((await change(undefined)).names.sort()).toEqual(['a', 'b', 'c'])
})

test('nothing is planned when the user leaves the list', async () => {
  const leave = () => Promise.reject(new XtraceError('DECLINED', 'Nothing was changed.'))
  await expect(change(leave)).rejects.toMatchObject({ code: 'DECLINED' })
})
