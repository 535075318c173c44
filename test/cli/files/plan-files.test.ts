/** What is said of a plan that was saved: the command that carries it out, as it can be pasted. */
import { expect, test } from 'vitest'
import { savedNote } from '../../../src/cli/files/plan-files.js'

test.each([
  [{}, 'xtrace apply p.json carries it out'],
  [{ org: true }, 'xtrace apply p.json --assume-role OrganizationAccountAccessRole carries it out'],
  [{ account: ['111122223333'], 'assume-role': 'Tracing' }, 'xtrace apply p.json --assume-role Tracing carries it out'],
  [
    { org: true, 'external-id': 'a b', profile: 'ops' },
    'xtrace apply p.json --profile ops --assume-role OrganizationAccountAccessRole --external-id ID carries it out',
  ],
])('%j', (flags, said) => {
  expect(savedNote('p.json', flags)).toBe(`the plan is in p.json: ${said}`)
})

test('a name with a space is quoted', () => {
  expect(savedNote('my plan.json', {})).toContain("xtrace apply 'my plan.json' carries")
})
