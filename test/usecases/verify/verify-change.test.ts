/** A change that is proved afterwards: what of before counts, and how it ends. */
import { describe, expect, test } from 'vitest'
import { changeTracing } from '../../../src/usecases/change/change.js'
import { fn } from '../../core/build-observation.js'
import { managed } from '../../core/policy/build-role.js'
import { FakeWorld } from '../../rollout/support/fake-world.js'
import { POLICY, roleArn, roleOf } from '../../rollout/support/steps.js'
import { VirtualClock } from '../../rollout/support/virtual-clock.js'
import { ROLLOUT, rolloutTools } from '../support/rollout-tools.js'
import { FakeTelemetry } from './fake-telemetry.js'

const MINUTE = 60_000
const NOW = 1_700_000_000_000 - (1_700_000_000_000 % MINUTE)
const writes = {
  ...managed('AWSXRayDaemonWriteAccess', { Effect: 'Allow', Action: 'xray:*', Resource: '*' }),
  arn: POLICY,
}
const WRITER = { role: roleArn('writer') }

function account() {
  const clock = new VirtualClock()
  clock.advance(NOW)
  const functions = [
    fn('off', WRITER),
    fn('on', { ...WRITER, mode: 'Active' }),
    fn('blind', { role: roleArn('bare'), mode: 'Active' }),
  ]
  const world = new FakeWorld(clock, functions, [roleOf('writer', [writes]), roleOf('bare')])
  const telemetry = new FakeTelemetry(clock)
  const tools = rolloutTools(world, clock)
  const enable = async (names: string[], proving = true) => {
    const report = await changeTracing(
      {
        to: 'Active',
        choice: { refs: names.map((name) => ({ text: name, name })) },
        regions: ['us-east-1'],
        grants: 'managed',
        revoke: false,
        dryRun: false,
        detailedExit: false,
        rollout: ROLLOUT,
        ...(proving && { verify: { since: 15 * MINUTE, wait: 2 * MINUTE } }),
      },
      { ...tools, aws: telemetry.over(world.aws()), agree: async () => true },
    )
    const proofs = report.data.functions.map(({ name, result, proof }) => `${name} ${result} ${proof?.answer}`)
    return { ...report, proofs }
  }
  return { clock, world, telemetry, enable }
}

describe('enable --verify', () => {
  test('waits for the first trace after the change', async () => {
    const { telemetry, enable } = account()
    telemetry.traced('off', NOW + 40_000)
    const report = await enable(['off'])
    expect([report.outcome, ...report.proofs]).toEqual(['ok', 'off changed yes'])
    expect(report.table.map(({ title }) => title)).toContain('off (us-east-1)')
  })

  test.each(['off', 'blind'])('does not hold calls before the change against %s', async (name) => {
    const { telemetry, enable } = account()
    telemetry.invoked(name, NOW - 5 * MINUTE, 100)
    const report = await enable([name])
    expect(report.outcome).toBe('incomplete')
    expect(report.data.functions[0]?.proof?.because).toBe('nobody called it, so there is nothing to trace')
  })

  test('holds calls before it against what was on already', async () => {
    const { telemetry, enable } = account()
    telemetry.invoked('on', NOW - 5 * MINUTE, 100)
    const report = await enable(['on'])
    expect([report.outcome, ...report.proofs]).toEqual(['drift', 'on unchanged no'])
    expect(report.findings).toMatchObject([{ id: 'XT301' }])
  })

  test('has the change done, and says so, whatever becomes of the proof', async () => {
    const { clock, world, telemetry, enable } = account()
    telemetry.onAsked = () => clock.interrupt()
    const report = await enable(['off'])
    expect(world.accepted).toEqual(['setMode us-east-1 off Active'])
    expect(report.proofs).toEqual(['off changed undefined'])
    expect(report.outcome).toBe('interrupted')
    expect(report.notes).toContainEqual(expect.stringMatching(/^whether traces arrive was not proved: /))
    expect(report.data.run).toBe('run-1')
  })

  test('proves nothing of what could not be changed', async () => {
    const { telemetry, enable } = account()
    telemetry.traced('on', NOW - MINUTE)
    const report = await enable(['on', 'nobody'])
    expect([report.outcome, ...report.proofs]).toEqual(['incomplete', 'on unchanged yes', 'nobody refused undefined'])
  })

  test('is not asked for by itself', async () => {
    const { telemetry, enable } = account()
    const report = await enable(['off'], false)
    expect([report.outcome, ...report.proofs]).toEqual(['ok', 'off changed undefined'])
    expect(telemetry.asked).toEqual([])
  })
})
