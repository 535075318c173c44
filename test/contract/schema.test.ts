/** The published schema of reports and lines: it takes what xtrace prints, and nothing else. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { functionRow } from '../../src/core/function-row.js'
import { judge } from '../../src/core/verdict.js'
import { XtraceError } from '../../src/errors.js'
import { renderJson, renderJsonError } from '../../src/render/json.js'
import { renderNdjson } from '../../src/render/ndjson.js'
import type { StepEvent } from '../../src/rollout/step-outcome.js'
import { stepRow } from '../../src/usecases/runs/step-row.js'
import { anyObservation } from '../core/arbitrary-observation.js'
import { PLAN } from '../core/run/build-run.js'
import { damagesOf } from './schema/damage.js'
import { ERROR, SAMPLES } from './schema/samples.js'
import { faultsOfPart, faultsOfReport, isPart, isReport } from './schema/validate.js'

/** Keys whose values are words for people, or of somebody else: any will do. */
const FREE_TEXT =
  /(?:\b(?:because|message|reason|notes|suggestions|evidence|repair|template|file|stack|logicalId|state|updateStatus|runtime|sampling|otherTracers|match|exclude|runtimes|key|values|names|text|next|label|requestId|unsupported)|newest\.id|iam:PassedToService)(?:\[\])?$/

/** Names of the damages that nobody notices. */
function unnoticed(value: unknown, passes: (damaged: unknown) => boolean): string[] {
  const passed = damagesOf(value).filter((damage) => passes(damage.value))
  const names = new Set(passed.map(({ name }) => name))
  return [...names].filter((name) => !(name.startsWith('nonsense') && FREE_TEXT.test(name))).sort()
}

const faultsOfLine = (line: unknown) => faultsOfPart('line', line)
const isLine = (line: unknown) => isPart('line', line)
const json = (text: string): unknown => JSON.parse(text)

describe.each(SAMPLES)('a report of $name', ({ report, harmless, harmlessToLines = [] }) => {
  test('is one', () => {
    expect(faultsOfReport(json(renderJson(report)))).toEqual([])
  })

  test('is none when it is damaged', () => {
    expect(unnoticed(json(renderJson(report)), isReport)).toEqual([...harmless].sort())
  })

  test('is lines too', () => {
    const lines = renderNdjson(report).trimEnd().split('\n').map(json)
    expect(lines.length).toBeGreaterThan(1)
    // A line is the data, an item of it, or a finding.
    const holders = [/ data\./, / data\.\w+\[\]\./, / findings\[\]\./]
    const toLine = harmless.flatMap((name) => [name, ...holders.map((holder) => name.replace(holder, ' '))])
    for (const line of lines) {
      expect(faultsOfLine(line)).toEqual([])
      expect([...toLine, ...harmlessToLines]).toEqual(expect.arrayContaining(unnoticed(line, isLine)))
    }
  })
})

test.each(['show', 'audit', 'sandbox', 'xtrace'])('an error of %s with nothing else to tell is a report', (command) => {
  const report = json(renderJsonError(`xtrace/${command}@1`, ERROR))
  expect(faultsOfReport(report)).toEqual([])
  expect(unnoticed(report, isReport)).toEqual([])
  const end = { event: 'end', ...(report as object) }
  expect(faultsOfLine(end)).toEqual([])
  expect(unnoticed(end, isLine)).toEqual([])
})

test('the data of one command is no data of another', () => {
  const names = ['show', 'enable', 'audit', 'apply', 'runs', 'permissions', 'sandbox']
  const samples = SAMPLES.filter(({ name }) => names.includes(name)).map(
    (one) => json(renderJson(one.report)) as object,
  )
  for (const sample of samples)
    for (const command of names) {
      const renamed = { ...sample, schema: `xtrace/${command}@1`, outcome: 'ok', findings: [], coverage: [] }
      const own = 'schema' in sample && sample.schema === renamed.schema
      expect([command, faultsOfReport(renamed).length === 0]).toEqual([command, own])
    }
})

test('a report of another release, of no command, or of no schema at all is none', () => {
  const [sample] = SAMPLES.map(({ report }) => json(renderJson(report)) as object)
  for (const schema of ['xtrace/show@2', 'xtrace/Show@1', 'xtrace/toString@1', 'xtrace/xtrace@1', '', undefined])
    expect(faultsOfReport({ ...sample, schema }), schema).not.toEqual([])
  for (const nothing of [null, [], {}, 'xtrace/show@1']) expect(faultsOfReport(nothing)).not.toEqual([])
})

test('every function that can be observed has a row that the schema takes', () => {
  fc.assert(
    fc.property(anyObservation, (seen) => {
      expect(faultsOfPart('functionRow', json(JSON.stringify(functionRow(seen, judge(seen)))))).toEqual([])
    }),
  )
})

test('there is a line for every kind of step, however it ends', () => {
  const error = new XtraceError('THROTTLED', 'Lambda went on refusing.')
  const events = PLAN.steps.flatMap((step): StepEvent[] => [
    { type: 'started', step },
    { type: 'ended', outcome: { step, status: 'done', changed: true } },
    { type: 'ended', outcome: { step, status: 'failed', error, open: false } },
    { type: 'ended', outcome: { step, status: 'left', error } },
  ])
  for (const event of events) {
    const line = json(JSON.stringify(stepRow(event)))
    expect(faultsOfLine(line)).toEqual([])
    expect(unnoticed(line, isLine)).toEqual([])
  }
})
