/** The plan as it is shown: every function that it helps, refuses or changes has a line. */
import { expect, test } from 'vitest'
import { makePlan } from '../../../src/core/plan/plan.js'
import { planSections } from '../../../src/usecases/change/plan-view.js'
import { ACCOUNT, fn, functionArn } from '../../core/build-observation.js'
import { grantStep, modeStep, roleArn } from '../../rollout/support/steps.js'

test('roles first, then the functions by role, also those that only their role helps, then what is refused', () => {
  const role = { role: roleArn('orders') }
  const functions = [fn('blind', { ...role, mode: 'Active' }), fn('off', role), fn('far', { region: 'eu-west-1' })]
  const grant = grantStep('orders', { blind: [functionArn('blind')] })
  const plan = makePlan(
    [grant, modeStep('off', { after: [grant.id] })],
    [],
    [{ function: functionArn('far', 'eu-west-1'), code: 'UNSUPPORTED', because: 'it cannot' }],
  )
  const view = planSections(plan, new Map(functions.map((one) => [one.arn, one])))
  expect(
    view.map(({ title, rows }) => [
      title,
      ...rows.map((row) => row.map((cell) => (typeof cell === 'string' ? cell : cell.text))),
    ]),
  ).toEqual([
    ['Roles', ['+', 'orders', 'policy AWSXRayDaemonWriteAccess']],
    [
      `account ${ACCOUNT}, us-east-1, role orders`,
      ['~', 'off', 'PassThrough → Active'],
      ['+', 'blind', 'its role gets the permission'],
    ],
    ['Refused', ['!', 'far', 'it cannot']],
  ])
})
