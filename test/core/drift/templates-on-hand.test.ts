/** A deployed function that is not as its template says: told of only where it is certain which template that is. */
import { expect, test } from 'vitest'
import { type DeclaredFunction, differsFromTemplate } from '../../../src/core/drift/templates-on-hand.js'
import { functionRow, type Owner } from '../../../src/core/function-row.js'
import type { TracingMode } from '../../../src/core/lambda-function.js'
import { judge } from '../../../src/core/verdict.js'
import { fn, observation } from '../build-observation.js'

const OWNER: Owner = { stack: 'shop', logicalId: 'Orders', by: 'SAM' }

function rowOf(mode: TracingMode, owner: Owner | null = OWNER) {
  const seen = observation(fn('orders', { mode }))
  return functionRow(seen, judge(seen), { owner })
}

function declared(verdict: DeclaredFunction['verdict'], more: Partial<DeclaredFunction> = {}): DeclaredFunction {
  const because = `Tracing makes it ${verdict}`
  return { logicalId: 'Orders', file: 'shop.yml', line: 7, column: 5, verdict, because, ...more }
}

const compared = (row: ReturnType<typeof rowOf>, ...templates: DeclaredFunction[]) =>
  differsFromTemplate(row, new Map([['Orders', templates]]))

test('off in the template and on in AWS: the template is to be mended', () => {
  const row = rowOf('Active')
  expect(compared(row, declared('off', { file: 'my shop.yml' }))).toEqual({
    id: 'XT204',
    severity: 'medium',
    subject: row.arn,
    message: 'deployed by stack shop and Active now, but in my shop.yml:7 Tracing makes it off',
    evidence: ['mode Active', 'my shop.yml:7: Tracing makes it off'],
    repair: "xtrace template fix 'my shop.yml'",
    place: { file: 'my shop.yml', line: 7, column: 5 },
  })
})

test.each(['traced', 'blind'] as const)(
  '%s in the template and off in AWS: the function is to be turned on',
  (verdict) => {
    const row = rowOf('PassThrough')
    expect(compared(row, declared(verdict))?.repair).toBe(`xtrace enable ${row.arn}`)
  },
)

test.each<[what: string, mode: TracingMode, templates: DeclaredFunction[]]>([
  ['it is as its template says', 'Active', [declared('traced')]],
  ['its template does not say', 'Active', [declared('unknown')]],
  ['one of several templates with its name says so', 'Active', [declared('off'), declared('traced')]],
  ['the template is of another stack', 'Active', [declared('off', { stack: 'shop-test' })]],
  ['no template has it', 'Active', []],
])('nothing is told where %s', (_, mode, templates) => {
  expect(compared(rowOf(mode), ...templates)).toBeUndefined()
})

test('a template of its own stack is told of, also beside one of another', () => {
  const others = [declared('traced', { stack: 'shop-test' }), declared('off', { stack: 'shop', file: 'own.yml' })]
  expect(compared(rowOf('Active'), ...others)?.place?.file).toBe('own.yml')
})

test('a function without a stack, or whose place in it is not known, has no template', () => {
  expect(compared(rowOf('Active', null), declared('off'))).toBeUndefined()
  expect(compared(rowOf('Active', { stack: 'shop', by: 'SAM' }), declared('off'))).toBeUndefined()
})
