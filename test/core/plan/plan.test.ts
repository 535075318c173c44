/** What a change of mode takes: grants, changes, what is left alone and what is refused. */
import { describe, expect, test } from 'vitest'
import type { LambdaFunction, TracingMode } from '../../../src/core/lambda-function.js'
import type { GrantChoice, Plan } from '../../../src/core/plan/plan.js'
import { planChange } from '../../../src/core/plan/plan-change.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role } from '../../../src/core/policy/role.js'
import type { Observation } from '../../../src/core/verdict.js'
import { ACCOUNT, fn, functionArn, observation, ROLE } from '../build-observation.js'
import { allow, BOTH, deny, inline, managed, role } from '../policy/build-role.js'

const MANAGED = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'

const bare = role([])
const writer = role([inline('trace', allow(BOTH))])
const taken = role([inline('xtrace-xray-write', allow('xray:PutTraceSegments'), allow('s3:GetObject'))])
const denied = role([inline('guard', deny('xray:*'))])
const fenced = role([], { boundary: managed('ops', allow('s3:*')) })
const deleted = role([], { missing: true })
const untrusting = role([inline('trace', allow(BOTH))], { trustsLambda: false })
const linked = role([], { arn: ROLE.replace('/service/', '/aws-service-role/lambda.amazonaws.com/') })
const unread = role([], { unreadable: 'AccessDenied on iam:GetRole' })

function see(subject: LambdaFunction, its: Role, more: Partial<Observation> = {}): Observation {
  return observation(subject, { permission: traceWritePermission(its, subject), ...more })
}

function plan(
  seen: Observation[],
  roles: Role[],
  { to = 'Active', grants = 'managed' }: { to?: TracingMode; grants?: GrantChoice } = {},
): Plan {
  return planChange({ to, grants, observations: seen, roles: new Map(roles.map((one) => [one.arn, one])) })
}

const grantManaged = { kind: 'grant', id: `grant:${ROLE}`, role: ROLE, how: 'managed', policy: MANAGED, after: [] }
const grantInline = { ...grantManaged, how: 'inline', policy: 'xtrace-xray-write' }

function setMode(name: string, after: string[] = [], to: TracingMode = 'Active') {
  const from: TracingMode = to === 'Active' ? 'PassThrough' : 'Active'
  return {
    kind: 'setMode',
    id: `setMode:${functionArn(name)}`,
    function: functionArn(name),
    from,
    to,
    revisionId: `${name}-r1`,
    after,
  }
}

const off = fn('orders')
const on = fn('orders', { mode: 'Active' })

describe('enable, one function', () => {
  test.each<[what: string, subject: LambdaFunction, its: Role, grants: GrantChoice, steps: object[]]>([
    ['off, role may write', off, writer, 'managed', [setMode('orders')]],
    ['off, role may not: granted first', off, bare, 'managed', [grantManaged, setMode('orders', [grantManaged.id])]],
    ['the same, inline', off, bare, 'inline', [grantInline, setMode('orders', [grantManaged.id])]],
    ['off, role not readable: Lambda will say', off, unread, 'managed', [setMode('orders')]],
    ['off, role not readable, no grants', off, unread, 'none', [setMode('orders')]],
    ['blind: granted, mode left alone', on, bare, 'managed', [grantManaged]],
    [
      'a policy of ours was edited: it stays',
      off,
      taken,
      'managed',
      [grantManaged, setMode('orders', [grantManaged.id])],
    ],
  ])('%s', (_, subject, its, grants, steps) => {
    expect(plan([see(subject, its)], [its], { grants })).toMatchObject({ steps, unchanged: [], refused: [] })
  })

  test.each<[what: string, its: Role, because: string]>([
    [
      'may write',
      writer,
      'already Active; inline policy trace allows xray:PutTraceSegments and xray:PutTelemetryRecords',
    ],
    ['not readable', unread, 'already Active; role orders could not be read: AccessDenied on iam:GetRole'],
  ])('Active, role %s: unchanged', (_, its, because) => {
    expect(plan([see(on, its)], [its])).toMatchObject({
      steps: [],
      unchanged: [{ function: off.arn, because }],
      refused: [],
    })
  })
})

describe('enable, refused', () => {
  const nothing = 'no policy allows xray:PutTraceSegments'
  const edge = fn('orders', { edgeReplicaOf: functionArn('edge') })
  const old = fn('orders', { runtime: 'python2.7' })
  const kafka: Partial<Observation> = { eventSources: { value: [{ function: off.arn, kind: 'kafka' }] } }

  test.each<[what: string, seen: Observation, its: Role, grants: GrantChoice, code: string, because: string]>([
    [
      'no grants wanted',
      see(off, bare),
      bare,
      'none',
      'ROLE_CANNOT_WRITE',
      `role orders cannot write traces: ${nothing}`,
    ],
    [
      'a role that Lambda cannot assume',
      see(off, untrusting),
      untrusting,
      'managed',
      'ROLE_NOT_ASSUMABLE',
      'role orders does not trust lambda.amazonaws.com: Lambda cannot assume it',
    ],
    [
      'a service-linked role',
      see({ ...off, role: linked.arn }, linked),
      linked,
      'managed',
      'ROLE_UNMODIFIABLE',
      'role orders cannot write traces, and only AWS may change it',
    ],
    [
      'a service-linked role, no grants wanted: to want them would be no use',
      see({ ...off, role: linked.arn }, linked),
      linked,
      'none',
      'ROLE_UNMODIFIABLE',
      'role orders cannot write traces, and only AWS may change it',
    ],
    [
      'no grants wanted, blind',
      see(on, bare),
      bare,
      'none',
      'ROLE_CANNOT_WRITE',
      `role orders cannot write traces: ${nothing}`,
    ],
    [
      'a policy under the name of ours that somebody else has written',
      see(off, taken),
      taken,
      'inline',
      'ROLE_CANNOT_WRITE',
      'role orders has an inline policy xtrace-xray-write of somebody else, which the grant would overwrite',
    ],
    [
      'a deny',
      see(off, denied),
      denied,
      'managed',
      'ROLE_DENIED',
      'a grant would not help role orders: inline policy guard denies xray:PutTraceSegments',
    ],
    [
      'a deny, inline',
      see(on, denied),
      denied,
      'inline',
      'ROLE_DENIED',
      'a grant would not help role orders: inline policy guard denies xray:PutTraceSegments',
    ],
    [
      'a deny, no grants wanted: to want them would be no use',
      see(off, denied),
      denied,
      'none',
      'ROLE_DENIED',
      'a grant would not help role orders: inline policy guard denies xray:PutTraceSegments',
    ],
    [
      'a boundary',
      see(off, fenced),
      fenced,
      'managed',
      'ROLE_DENIED',
      'a grant would not help role orders: permissions boundary ops does not allow xray:PutTraceSegments',
    ],
    [
      'a deleted role',
      see(off, deleted),
      deleted,
      'managed',
      'ROLE_NOT_FOUND',
      'execution role orders no longer exists',
    ],
    [
      'a deleted role, no grants',
      see(off, deleted),
      deleted,
      'none',
      'ROLE_NOT_FOUND',
      'execution role orders no longer exists',
    ],
    [
      'an event source',
      see(off, writer, kafka),
      writer,
      'managed',
      'UNSUPPORTED',
      'event source self-managed Apache Kafka: X-Ray does not support functions with it',
    ],
    [
      'Lambda@Edge',
      see(edge, bare),
      bare,
      'managed',
      'UNSUPPORTED',
      'Lambda@Edge replica: X-Ray does not trace Lambda@Edge',
    ],
    [
      'a blocked runtime',
      see(old, bare),
      bare,
      'managed',
      'RUNTIME_BLOCKED',
      'runtime python2.7: Lambda has blocked updates of functions on it',
    ],
  ])('%s', (_, seen, its, grants, code, because) => {
    expect(plan([seen], [its], { grants })).toMatchObject({
      steps: [],
      unchanged: [],
      refused: [{ function: off.arn, code, because }],
    })
  })

  test('a role that was not read is never granted', () => {
    expect(plan([see(off, bare)], []).steps).toEqual([])
  })
})

test('what X-Ray cannot trace is refused when it was named, and passed over in a selection', () => {
  const edge = see(fn('edge', { edgeReplicaOf: 'x' }), bare)
  const seen = [edge, see(off, writer)]
  const request = { to: 'Active', grants: 'managed', observations: seen, roles: new Map([[bare.arn, bare]]) } as const
  const why = 'Lambda@Edge replica: X-Ray does not trace Lambda@Edge'
  expect(planChange(request)).toMatchObject({ unchanged: [], refused: [{ code: 'UNSUPPORTED', because: why }] })
  expect(planChange({ ...request, passOverUnsupported: true })).toMatchObject({
    steps: [{ kind: 'setMode' }],
    unchanged: [{ function: functionArn('edge'), because: why }],
    refused: [],
  })
})

describe('disable', () => {
  test('Active is set to PassThrough, whatever the role and the event sources', () => {
    const kafka = { eventSources: { value: [{ function: off.arn, kind: 'kafka' as const }] } }
    for (const its of [writer, bare, denied, deleted])
      expect(plan([see(on, its, kafka)], [], { to: 'PassThrough' })).toMatchObject({
        steps: [setMode('orders', [], 'PassThrough')],
        unchanged: [],
        refused: [],
      })
  })

  test('PassThrough is left alone', () => {
    expect(plan([see(off, bare)], [bare], { to: 'PassThrough' })).toMatchObject({
      steps: [],
      unchanged: [{ function: off.arn, because: 'already PassThrough' }],
    })
  })
})

describe('many functions', () => {
  const other = role([], { arn: `arn:aws:iam::${ACCOUNT}:role/payments`, name: 'payments' })

  test('a role is granted once, before all of its functions', () => {
    const names = ['c', 'a', 'b']
    const seen = names.map((name) => see(fn(name), bare))
    const blind = see(fn('blind', { mode: 'Active' }), bare)
    const apart = see(fn('d', { role: other.arn }), other)
    const { steps } = plan([...seen, blind, apart], [bare, other])
    const grantOther = `grant:${other.arn}`
    expect(steps).toMatchObject([
      { id: grantOther },
      { id: grantManaged.id },
      setMode('a', [grantManaged.id]),
      setMode('b', [grantManaged.id]),
      setMode('c', [grantManaged.id]),
      setMode('d', [grantOther]),
    ])
    expect(steps).toHaveLength(6)
  })

  test('one function that is refused does not keep another from its grant', () => {
    const edge = see(fn('edge', { edgeReplicaOf: 'x' }), bare)
    const made = plan([edge, see(fn('fine'), bare)], [bare])
    expect(made.steps).toMatchObject([grantManaged, setMode('fine', [grantManaged.id])])
    expect(made.refused).toMatchObject([{ function: functionArn('edge') }])
  })

  test('accounts and regions are listed once, in order', () => {
    const seen = [
      fn('b', { region: 'us-east-1' }),
      fn('a', { region: 'us-east-1' }),
      fn('a', { arn: functionArn('a', 'eu-west-1').replace(ACCOUNT, '999999999999') }),
    ].map((one) => see(one, writer))
    expect(plan(seen, [writer]).createdFor).toEqual({
      accounts: [ACCOUNT, '999999999999'],
      regions: ['eu-west-1', 'us-east-1'],
    })
  })

  test('nothing to do is a plan too', () => {
    expect(plan([], [])).toMatchObject({
      schema: 'xtrace/plan@1',
      createdFor: { accounts: [], regions: [] },
      steps: [],
      unchanged: [],
      refused: [],
    })
  })
})

describe('the managed policy is the one of the function’s partition', () => {
  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-eusc', 'eusc-de-east-1'],
  ])('%s', (partition, region) => {
    const its = role([], { arn: `arn:${partition}:iam::${ACCOUNT}:role/orders` })
    const subject = fn('orders', { partition, region, role: its.arn })
    expect(plan([see(subject, its)], [its]).steps[0]).toMatchObject({
      kind: 'grant',
      policy: `arn:${partition}:iam::aws:policy/AWSXRayDaemonWriteAccess`,
    })
  })
})

describe('the id', () => {
  const id = (subject: LambdaFunction, to: TracingMode = 'Active') => plan([see(subject, writer)], [writer], { to }).id

  test('is the same for the same states, today and in every later release', () => {
    expect(id(off)).toBe('c92aa899e244685b')
    expect(id(fn('orders'))).toBe(id(off))
  })

  test('differs as soon as anything in the plan does', () => {
    const { revisionId: _, ...listed } = off
    const ids = [
      id(off),
      id(fn('orders', { revisionId: 'r2' })),
      id(listed),
      id(fn('other')),
      id(on, 'PassThrough'),
      id(on),
    ]
    expect(new Set(ids).size).toBe(ids.length)
  })
})

test.each<[why: string, subject: Partial<LambdaFunction>]>([
  ['an update runs', { updateStatus: 'InProgress' }],
  ['it is being made', { state: 'Pending' }],
])('a revision that will be gone is not planned with: %s', (_, subject) => {
  const { steps } = plan([see(fn('orders', subject), writer)], [writer])
  expect(steps).toMatchObject([{ kind: 'setMode', function: off.arn }])
  expect(steps[0]).not.toHaveProperty('revisionId')
})

test('a function without a revision is planned without one', () => {
  const { revisionId: _, ...listed } = off
  expect(plan([see(listed, writer)], [writer]).steps[0]).not.toHaveProperty('revisionId')
})
