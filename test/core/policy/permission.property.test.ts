/** What must be true of every role, however its policies are written. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role, RolePolicy } from '../../../src/core/policy/role.js'
import { allow, BOTH, deny, document, inline, role } from './build-role.js'

const condition = fc.constantFrom(
  undefined,
  { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } },
  { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } },
  { IpAddress: { 'aws:SourceIp': '10.0.0.0/8' } },
)
const actions = fc.constantFrom<unknown>('*', 'xray:*', 's3:*', 'xray:PutTelemetryRecords', BOTH, 'XRAY:put*')
const statement = fc
  .record({
    Effect: fc.constantFrom('Allow', 'Allow', 'Deny'),
    named: fc.constantFrom('Action', 'Action', 'NotAction'),
    actions,
    Resource: fc.constantFrom<unknown>('*', ['*'], 'arn:aws:s3:::b', `\${aws:userid}`),
    condition,
  })
  .map(({ named, actions: list, condition: when, ...rest }) => ({
    ...rest,
    [named]: list,
    ...(when ? { Condition: when } : {}),
  }))
const statements = fc.array(statement, { maxLength: 3 })
const policy = fc.oneof(
  {
    weight: 6,
    arbitrary: statements.map((list): Omit<RolePolicy, 'name'> => ({ source: 'inline', document: document(...list) })),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Omit<RolePolicy, 'name'>>({ source: 'managed', document: undefined, unreadable: 'denied' }),
  },
  {
    weight: 1,
    arbitrary: fc.jsonValue().map((value): Omit<RolePolicy, 'name'> => ({ source: 'inline', document: value })),
  },
)
const policies = fc.array(policy, { maxLength: 4 }).map((list) => list.map((one, at) => ({ ...one, name: `p${at}` })))
const anyRole: fc.Arbitrary<Role> = fc
  .record({
    policies,
    boundary: fc.option(policy, { nil: undefined, freq: 3 }),
    unreadable: fc.constantFrom(undefined, undefined, undefined, 'denied'),
    missing: fc.constantFrom(false, false, false, true),
  })
  .map(({ policies: list, boundary, unreadable, missing }) =>
    role(list, {
      ...(boundary ? { boundary: { ...boundary, name: 'ops' } } : {}),
      ...(unreadable ? { unreadable } : {}),
      missing,
    }),
  )

const ask = (subject: Role) => traceWritePermission(subject, { region: 'eu-west-1' })
const plus = (subject: Role, added: RolePolicy): Role => ({ ...subject, policies: [...subject.policies, added] })
const check = (property: fc.IProperty<[Role]>) => fc.assert(property, { numRuns: 600 })

test('an unconditional Deny on xray:* always gives no', () => {
  const guard = inline('guard', deny('xray:*'))
  check(
    fc.property(anyRole, (subject) => {
      expect(ask(plus(subject, guard)).answer).toBe('no')
      if (subject.boundary === undefined) expect(ask({ ...subject, boundary: guard }).answer).toBe('no')
    }),
  )
})

test('an Allow more never takes away, and a Deny more never gives', () => {
  const worth = { no: 0, unknown: 1, yes: 2 }
  fc.assert(
    fc.property(anyRole, actions, condition, (subject, action, when) => {
      const extra = when ? { Condition: when } : {}
      const before = worth[ask(subject).answer]
      expect(worth[ask(plus(subject, inline('more', allow(action, extra)))).answer]).toBeGreaterThanOrEqual(before)
      expect(worth[ask(plus(subject, inline('less', deny(action, extra)))).answer]).toBeLessThanOrEqual(before)
    }),
    { numRuns: 600 },
  )
})

test('a boundary more never gives', () => {
  fc.assert(
    fc.property(anyRole, policy, ({ boundary: _, ...subject }, added) => {
      const before = ask(subject).answer
      const after = ask({ ...subject, boundary: { ...added, name: 'ops' } }).answer
      if (before !== 'yes') expect(after).not.toBe('yes')
      if (before === 'no') expect(after).toBe('no')
    }),
    { numRuns: 600 },
  )
})

test('the order of policies changes neither answer nor words', () => {
  fc.assert(
    fc.property(
      anyRole.chain((subject) =>
        fc.tuple(fc.constant(subject), fc.shuffledSubarray(subject.policies, { minLength: subject.policies.length })),
      ),
      ([subject, shuffled]) => {
        expect(ask({ ...subject, policies: shuffled })).toEqual(ask(subject))
      },
    ),
    { numRuns: 400 },
  )
})

test('the order of statements, and their spread over policies, does not change the answer', () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 5 }), (list) => {
      const answer = ask(role([inline('p', ...list)])).answer
      expect(ask(role([inline('p', ...list.toReversed())])).answer).toBe(answer)
      expect(ask(role(list.map((one, at) => inline(`p${at}`, one)))).answer).toBe(answer)
    }),
    { numRuns: 400 },
  )
})

test('with a policy unread the answer is never yes, and a no stays no whatever that policy turns out to say', () => {
  fc.assert(
    fc.property(anyRole, statements, (subject, found) => {
      const unread: RolePolicy = { source: 'inline', name: 'unread', document: undefined, unreadable: 'denied' }
      const { answer } = ask(plus(subject, unread))
      expect(answer).not.toBe('yes')
      if (answer === 'no') expect(ask(plus(subject, inline('unread', ...found))).answer).toBe('no')
    }),
    { numRuns: 600 },
  )
})

test('a reason is always given, on one line', () => {
  check(
    fc.property(anyRole, (subject) => {
      expect(ask(subject).because).toMatch(/^\S.*\S$/)
    }),
  )
})

test('any value as a document gets an answer', () => {
  fc.assert(
    fc.property(fc.oneof(fc.anything(), fc.string()), (value) => {
      const subject = role([{ source: 'inline', name: 'p', document: value }])
      expect(['no', 'unknown']).toContain(ask(subject).answer)
    }),
    { numRuns: 400 },
  )
})
