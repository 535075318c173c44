/** A plan is for one account: with credentials of another nothing of it is looked at. */
import { describe, expect, test } from 'vitest'
import { applyPlan } from '../../../src/usecases/runs/apply.js'
import { carryOut } from '../../../src/usecases/runs/carry-out.js'
import { resumeRun } from '../../../src/usecases/runs/resume.js'
import { undoRun } from '../../../src/usecases/runs/undo.js'
import { fn } from '../../core/build-observation.js'
import { FakeWorld } from '../../rollout/support/fake-world.js'
import { modeStep, planOf, roleOf } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { ROLLOUT, rolloutTools } from '../support/rollout-tools.js'

const PLAN = planOf(modeStep('a'))

function account() {
  const clock = new VirtualClock()
  const world = new FakeWorld(clock, [fn('a', { role: 'arn:aws:iam::111122223333:role/r' })], [roleOf('r')])
  const tools = rolloutTools(world, clock)
  return { world, tools }
}

describe.each(['apply', 'resume', 'undo'] as const)('%s', (command) => {
  test('is refused elsewhere, and the run is free again', async () => {
    const { world, tools } = account()
    if (command !== 'apply') await carryOut('enable', PLAN, ROLLOUT, tools)
    const [run] = tools.runs.all
    if (run) run.entries.length = 0
    world.calls.length = 0
    world.account = '999988887777'
    const doing = {
      apply: () => applyPlan({ plan: PLAN, skipStale: false, dryRun: false, rollout: ROLLOUT }, tools),
      resume: () => resumeRun({ run: 'run-1', rollout: () => ROLLOUT }, tools),
      undo: () => undoRun({ run: 'run-1', dryRun: false, rollout: ROLLOUT }, tools),
    }[command]()
    await expect(doing).rejects.toMatchObject({
      code: 'UNEXPECTED_ACCOUNT',
      message: expect.stringContaining('for account 111122223333, but these are credentials of 999988887777'),
    })
    expect(world.calls).toEqual(['whoAmI us-east-1'])
    expect(tools.runs.all.every((one) => !one.open)).toBe(true)
  })
})
