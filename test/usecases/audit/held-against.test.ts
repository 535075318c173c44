/** What an audit with templates says of that which it could compare with none. */
import { expect, test } from 'vitest'
import type { DeclaredFunction } from '../../../src/core/drift/templates-on-hand.js'
import { HeldAgainst } from '../../../src/usecases/audit/held-against.js'

function declared(stack?: string, verdict: DeclaredFunction['verdict'] = 'off') {
  const one: DeclaredFunction = { logicalId: 'Pay', file: 't.yml', line: 2, column: 3, verdict, because: 'x' }
  return new Map([['Pay', [{ ...one, ...(stack !== undefined && { stack }) }]]])
}

const made = (name: string, stack: string, logicalId: string) =>
  ({ name, owner: { stack, logicalId, by: 'CloudFormation' } }) as const

function notesOf(held: HeldAgainst, ...rows: Parameters<HeldAgainst['take']>[0][]): string[] {
  for (const row of rows) held.take(row)
  return held.notes()
}

test('nothing where each function of the stack was compared', () => {
  const held = new HeldAgainst({ declared: declared('prod'), stacks: ['prod'], ofAnyStack: false })
  expect(notesOf(held, made('pay', 'prod', 'Pay'), made('web', 'other', 'Web'), { name: 'hand', owner: null })).toEqual(
    [],
  )
})

test('a stack that no function has, and that nothing was compared', () => {
  const held = new HeldAgainst({ declared: declared('prd'), stacks: ['prd'], ofAnyStack: false })
  expect(notesOf(held, made('pay', 'prod', 'Pay'))).toEqual([
    'no function of stack prd was read: its template was held against nothing',
    'no function was held against a template',
  ])
})

test('a function that the template of its stack lacks, or does not decide', () => {
  const held = new HeldAgainst({ declared: declared('prod', 'conditional'), stacks: ['prod'], ofAnyStack: false })
  expect(notesOf(held, made('refund', 'prod', 'Refund'), made('pay', 'prod', 'Pay'))).toEqual([
    'no template says the mode of pay (stack prod), refund (stack prod): held against none',
    'no function was held against a template',
  ])
})

test('of templates that are of any stack: functions of every stack, the first five by name', () => {
  const held = new HeldAgainst({ declared: declared(), stacks: [], ofAnyStack: true })
  const rows = ['f', 'e', 'd', 'c', 'b', 'a'].map((name) => made(name, 's', name))
  expect(notesOf(held, made('pay', 'any', 'Pay'), ...rows)).toEqual([
    'no template says the mode of a (stack s), b (stack s), c (stack s), d (stack s), e (stack s), and 1 more: held against none',
  ])
})
