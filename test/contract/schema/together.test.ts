/** What the keys of a report allow one by one, and not together or not so often. */
import { expect, test } from 'vitest'
import { renderJson } from '../../../src/render/json.js'
import { stepRow } from '../../../src/usecases/runs/step-row.js'
import { functionArn, ROLE } from '../../core/build-observation.js'
import { PLAN } from '../../core/run/build-run.js'
import { ERROR, SAMPLES } from './samples.js'
import { faultsOfPart, faultsOfReport } from './validate.js'

const GAP = { account: 'unknown', region: '*', status: 'failed', reason: 'Lambda went on refusing.' }

/** A sample with the value at one place replaced: `data.functions.0.to`; undefined takes the key out. */
function altered(name: string, place: string, value: unknown): unknown {
  const sample = SAMPLES.find((one) => one.name === name)
  if (!sample) throw new Error(`there is no sample ${name}`)
  const report = JSON.parse(renderJson(sample.report)) as Record<string, unknown>
  const keys = place.split('.')
  const last = keys.pop() ?? ''
  const holder = keys.reduce((outer, key) => outer[key] as Record<string, unknown>, report)
  holder[last] = value
  return JSON.parse(JSON.stringify(report))
}

test.each<[what: string, sample: string, place: string, value: unknown]>([
  ['an error where all went well', 'runs', 'error', ERROR],
  ['findings of show', 'show', 'findings', [{}]],
  ['coverage of apply', 'apply', 'coverage', [GAP]],
  ['why a place was not read that was', 'audit that read everything', 'coverage.0.reason', 'denied'],
  ['the acceptance of a place that was read', 'audit that read everything', 'coverage.0.accepted', true],
  ['a place that was not read without the reason', 'audit that read everything', 'coverage.0.status', 'failed'],
  ['enable that turns off', 'enable', 'data.functions.0.to', 'PassThrough'],
  ['disable that turns on', 'disable of what could not be read', 'data.functions.0.to', 'Active'],
  ['a failure without its error', 'apply', 'data.functions.0.error', undefined],
  ['the error of a function that is created', 'create', 'data.functions.0.error', ERROR],
  ['no function that is created', 'create', 'data.functions', []],
  ['two roles for one function', 'create', 'data.grants', SAMPLES.flatMap(twoGrants)],
  ['an inline policy by ARN', 'enable', 'data.grants.0.how', 'inline'],
  ['a share of the calls for an alias', 'enable', 'data.functions.0.aliases.0.weights.live', 0.5],
  ['names that name nothing', 'audit', 'data.selection', { names: [] }],
  ['a tracer twice', 'show', 'data.functions.0.otherTracers', ['Datadog', 'Datadog']],
  ['permissions for nothing', 'permissions', 'data.commands', []],
  ['permissions for a command twice', 'permissions', 'data.commands', ['audit', 'audit']],
  ['a policy that says nothing', 'permissions', 'data.policy.Statement', []],
  ['a statement about nothing', 'permissions', 'data.policy.Statement.0.Action', []],
  ['an action twice', 'permissions', 'data.policy.Statement.0.Action', ['iam:GetRole', 'iam:GetRole']],
])('there is not %s', (_, sample, place, value) => {
  expect(faultsOfReport(altered(sample, 'notes', []))).toEqual([])
  expect(faultsOfReport(altered(sample, place, value))).not.toEqual([])
})

function twoGrants({ name, report }: (typeof SAMPLES)[number]): object[] {
  if (name !== 'enable') return []
  const { grants } = report.data as { grants: object[] }
  return [...grants, ...grants]
}

test('the line of a step has the keys of its kind and of its end, and no others', () => {
  const foreign = { arn: functionArn('a'), role: ROLE, from: 'Active', alias: 'live', changed: true, error: ERROR }
  for (const step of PLAN.steps) {
    const line = stepRow({ type: 'started', step })
    const others = Object.entries(foreign).filter(([key]) => !(key in line))
    for (const [key, value] of others)
      expect(faultsOfPart('line', { ...line, [key]: value }), `${key} of ${step.kind}`).not.toEqual([])
  }
})

test('the end of an audit has counts, every other end has none, and only one with an error has its error', () => {
  const end = { event: 'end', schema: 'xtrace/show@1', outcome: 'ok', coverage: [], notes: [] }
  const counts = { traced: 0, off: 0, blind: 0, stale: 0, exempt: 0, unsupported: 0, unknown: 0 }
  expect(faultsOfPart('line', end)).toEqual([])
  expect(faultsOfPart('line', { ...end, counts })).not.toEqual([])
  expect(faultsOfPart('line', { ...end, error: ERROR })).not.toEqual([])
  expect(faultsOfPart('line', { ...end, schema: 'xtrace/audit@1' })).not.toEqual([])
  expect(faultsOfPart('line', { ...end, schema: 'xtrace/audit@1', counts })).toEqual([])
})
