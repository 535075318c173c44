/** The words of the published schemas are those of the code: none more, none less. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { FINDING_KINDS } from '../../../src/core/finding-kinds.js'
import type { Owner } from '../../../src/core/function-row.js'
import type { LambdaFunction, TracingMode } from '../../../src/core/lambda-function.js'
import { COMMANDS_ON_AWS } from '../../../src/core/operator-policy.js'
import type { Step } from '../../../src/core/plan/plan.js'
import type { Answer } from '../../../src/core/policy/permission.js'
import { COVERAGE_STATUSES } from '../../../src/core/report.js'
import type { Demand } from '../../../src/core/rules/rules.js'
import type { RunSummary } from '../../../src/core/run.js'
import { TEMPLATE_VERDICTS } from '../../../src/core/template/check-template.js'
import { VERDICTS } from '../../../src/core/verdict.js'
import { EXIT_STATUSES, exitNameOf, isErrorCode } from '../../../src/errors.js'
import type { StepOutcome } from '../../../src/rollout/step-outcome.js'
import type { Source } from '../../../src/usecases/audit/request.js'
import type { ChangeResult } from '../../../src/usecases/change/function-outcome.js'
import type { RoleChange } from '../../../src/usecases/change/role-changes.js'
import { ROOT } from '../../support/xtrace.js'
import { type Part, partAt } from './parts.js'
import { SCHEMAS } from './validate.js'

function sorted(words: unknown): unknown[] {
  return [...(words as unknown[])].sort()
}

/** Of a type that has no list: the compiler sees to it that no word is missing. */
const wordsOf = <Word extends string>(words: Record<Word, true>) => Object.keys(words)

/** Their table is no export: all words of its file that are codes. */
const ERROR_CODES = [...new Set(readFileSync(join(ROOT, 'src/errors.ts'), 'utf8').match(/\b[A-Z_]+\b/g))].filter(
  isErrorCode,
)
const MODES = wordsOf<TracingMode>({ Active: true, PassThrough: true })
const RESULTS = wordsOf<ChangeResult>({
  created: true,
  changed: true,
  granted: true,
  unchanged: true,
  planned: true,
  refused: true,
  failed: true,
  left: true,
})

test.each<[path: string, words: readonly (string | number)[], schema?: Part]>([
  ['verdict', VERDICTS],
  ['templateFunction.verdict', TEMPLATE_VERDICTS],
  ['coveredPlace.status', COVERAGE_STATUSES],
  ['findingFacts.severity', [...new Set(Object.values(FINDING_KINDS).map((kind) => kind.severity))]],
  ['errorCode', ERROR_CODES],
  ['error.exit', [...new Set(ERROR_CODES.map((code) => EXIT_STATUSES[exitNameOf(code)].status))]],
  ['tracingMode', MODES],
  ['aliasRow.mode', [...MODES, 'unknown']],
  ['permission.answer', wordsOf<Answer>({ yes: true, no: true, unknown: true })],
  ['changeResult', RESULTS],
  ['changedRow.result', RESULTS.filter((word) => word !== 'created')],
  ['plannedRow.result', RESULTS.filter((word) => word !== 'created' && word !== 'granted')],
  ['roleChange.how', wordsOf<RoleChange['how']>({ managed: true, inline: true })],
  ['roleChange.change', wordsOf<RoleChange['change']>({ grant: true, revoke: true })],
  ['roleChange.result', wordsOf<RoleChange['result']>({ done: true, planned: true, failed: true, left: true })],
  ['owner.by', wordsOf<Owner['by']>({ CloudFormation: true, SAM: true })],
  ['shownRow.packageType', wordsOf<LambdaFunction['packageType']>({ Zip: true, Image: true })],
  ['auditData.source', wordsOf<Source['kind']>({ lambda: true, config: true })],
  [
    'runSummary.command',
    wordsOf<RunSummary['command']>({ enable: true, disable: true, apply: true, undo: true, unknown: true }),
  ],
  [
    'runSummary.state',
    wordsOf<RunSummary['state']>({ running: true, finished: true, incomplete: true, undone: true, unreadable: true }),
  ],
  [
    'stepEvent.event',
    wordsOf<Step['kind']>({ grant: true, setMode: true, publish: true, moveAlias: true, revoke: true }),
  ],
  ['stepEvent.status', ['started', ...wordsOf<StepOutcome['status']>({ done: true, failed: true, left: true })]],
  ['errorCode', ERROR_CODES, SCHEMAS.plan],
  ['tracingMode', MODES, SCHEMAS.plan],
  ['how', wordsOf<RoleChange['how']>({ managed: true, inline: true }), SCHEMAS.plan],
  ['tracing', wordsOf<Demand['tracing']>({ Active: true, PassThrough: true, exempt: true }), SCHEMAS.rules],
])('%s has the words of the code', (path, words, schema) => {
  expect(sorted(partAt(path, schema).enum)).toEqual(sorted(words))
})

test('every command has its report, and its outcomes are exit statuses', () => {
  const files = readdirSync(join(ROOT, 'src/commands'), { recursive: true, encoding: 'utf8' })
  const commands = files.flatMap((file) => (file.endsWith('.ts') ? [file.slice(0, -3).replace('/', '-')] : []))
  const schemas = [...commands, 'xtrace'].map((command) => `xtrace/${command}@1`)
  const reports = (SCHEMAS.report.oneOf as Array<{ $ref: string }>).map(({ $ref }) => $ref.replace('#/$defs/', ''))
  expect(sorted(reports.map((report) => partAt(`${report}.schema`).const))).toEqual(sorted(schemas))
  expect(sorted(partAt('endEvent.schema').enum)).toEqual(sorted(schemas))
  const outcomes = new Set(reports.flatMap((report) => partAt(`${report}.outcome`).enum ?? ['error']))
  expect(sorted(partAt('outcome').enum)).toEqual(sorted([...outcomes]))
  for (const outcome of outcomes) expect([...Object.keys(EXIT_STATUSES), 'error']).toContain(outcome)
})

test('counts and policies speak of every verdict and every command', () => {
  const counts = partAt('counts')
  expect(counts.required).toEqual([...VERDICTS])
  expect(Object.keys(counts.properties as object)).toEqual([...VERDICTS])
  expect((partAt('permissionsData.commands').items as Part).enum).toEqual([...COMMANDS_ON_AWS])
})

test('kinds of findings are told in the words of the code', () => {
  const kinds = Object.entries(FINDING_KINDS)
  expect(partAt('findingId').oneOf).toEqual(
    kinds.map(([id, { name, meaning }]) => ({ const: id, title: name, description: meaning })),
  )
})
