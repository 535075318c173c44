/** The command that puts a function right, and the sentence where none does. */
import { describe, expect, test } from 'vitest'
import { disableCommand, enableCommand, moveCommands, repairOf } from '../../../src/core/drift/repair.js'
import type { LambdaFunction } from '../../../src/core/lambda-function.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role } from '../../../src/core/policy/role.js'
import type { Observation, ServedAlias } from '../../../src/core/verdict.js'
import { ACCOUNT, alias, fn, functionArn, NO, observation } from '../build-observation.js'
import { allow, deny, inline, managed, role } from '../policy/build-role.js'

const ENABLE = `xtrace enable ${functionArn('orders')}`
const active = fn('orders', { mode: 'Active', codeSha256: 'code', settings: 'set' })
const offFunction = fn('orders', { codeSha256: 'code', settings: 'set' })

describe('the role', () => {
  const see = (its: Role, subject: LambdaFunction) =>
    observation(subject, { permission: traceWritePermission(its, subject) })
  const bare = role([])
  const denied = role([inline('guard', deny('xray:*'))])
  const fenced = role([], { boundary: managed('ops', allow('s3:*')) })
  const linked = role([], { arn: `arn:aws:iam::${ACCOUNT}:role/aws-service-role/lambda.amazonaws.com/orders` })
  const deleted = role([], { missing: true })

  test.each<[what: string, its: Role, repair: string]>([
    ['lacks a policy: a grant helps', bare, ENABLE],
    [
      'is denied it',
      denied,
      `a grant would not help role orders: inline policy guard denies xray:PutTraceSegments; change that policy first, then run ${ENABLE}`,
    ],
    [
      'is fenced in',
      fenced,
      `a grant would not help role orders: permissions boundary ops does not allow xray:PutTraceSegments; change that policy first, then run ${ENABLE}`,
    ],
    [
      'is gone',
      deleted,
      `execution role orders no longer exists; give the function a role that exists, then run ${ENABLE}`,
    ],
    [
      'does not trust Lambda',
      role([], { trustsLambda: false }),
      `role orders does not trust lambda.amazonaws.com: Lambda cannot assume it; let lambda.amazonaws.com assume it, then run ${ENABLE}`,
    ],
    [
      'is only for AWS to change',
      linked,
      `role orders cannot write traces, and only AWS may change it; give the function a role of its own, then run ${ENABLE}`,
    ],
    ['could not be read', role([], { unreadable: 'AccessDenied' }), ENABLE],
  ])('%s', (_, its, repair) => {
    expect(repairOf(see(its, active), [], its)).toBe(repair)
    expect(repairOf(see(its, offFunction), [], its)).toBe(repair)
  })

  test('that was not handed in is not held against the grant', () => {
    expect(repairOf(see(denied, active), [], undefined)).toBe(ENABLE)
  })

  test('what stands in its way comes before the aliases', () => {
    const seen = { ...see(denied, active), aliases: { value: [serving('live')] } }
    expect(repairOf(seen, ['live'], denied)).toContain('change that policy first')
  })
})

/** An alias that serves version 3 in PassThrough, otherwise like $LATEST. */
function serving(name: string, more: Partial<ServedAlias> = {}): ServedAlias {
  const served = { 3: { codeSha256: 'code', settings: 'set' } }
  return { ...alias(name, '3', { 3: 'PassThrough' }), served, ...more }
}

const otherCode = { served: { 3: { codeSha256: 'other', settings: 'set' } } }
const split = { weights: { 4: 0.1 }, modes: { 3: 'PassThrough', 4: 'Active' } as const }

describe('the aliases', () => {
  const having = (aliases: ServedAlias[], subject = active, more: Partial<Observation> = {}) =>
    observation(subject, { aliases: { value: aliases }, ...more })
  const differs =
    'alias live serves version 3, whose code is not that of $LATEST: deploy the function the usual way, for moving the alias would release more than tracing'

  test.each<[what: string, aliases: ServedAlias[], late: string[], repair: string]>([
    ['one', [serving('live')], ['live'], `${ENABLE} --publish`],
    ['all', [serving('live'), serving('beta')], ['live', 'beta'], `${ENABLE} --publish`],
    [
      'all, beside one that is traced and one of $LATEST',
      [serving('live'), alias('good', '4', { 4: 'Active' }), alias('dev', '$LATEST', { $LATEST: 'Active' })],
      ['live'],
      `${ENABLE} --publish`,
    ],
    ['one of two', [serving('live'), serving('beta')], ['live'], `${ENABLE} --alias live`],
    [
      'two of three',
      [serving('live'), serving('beta'), serving('old')],
      ['live', 'beta'],
      `${ENABLE} --alias live && ${ENABLE} --alias beta`,
    ],
    [
      'one beside one that could not be read',
      [serving('live'), alias('x', '9', {})],
      ['live'],
      `${ENABLE} --alias live`,
    ],
    [
      'two, one of other code',
      [serving('live', otherCode), serving('beta')],
      ['live', 'beta'],
      `${ENABLE} --alias beta`,
    ],
    ['only one of other code', [serving('live', otherCode)], ['live'], differs],
    [
      'one that splits its traffic',
      [serving('live', split)],
      ['live'],
      `alias live splits its traffic between versions 3 and 4: finish that deployment, or run ${ENABLE} --alias live --force-weighted`,
    ],
    [
      'one that splits its traffic, of other code',
      [serving('live', { ...split, ...otherCode })],
      ['live'],
      'alias live splits its traffic between versions 3 and 4: deploy the function the usual way, for moving the alias would release more than tracing',
    ],
    [
      'two that must not be moved',
      [serving('live', otherCode), serving('beta', otherCode)],
      ['live', 'beta'],
      `${differs}; ${differs.replace('live', 'beta')}`,
    ],
    ['one that was not compared', [alias('live', '3', { 3: 'PassThrough' })], ['live'], `${ENABLE} --publish`],
  ])('%s', (_, aliases, late, repair) => {
    expect(repairOf(having(aliases), late, undefined)).toBe(repair)
  })

  test('what is off is turned on and published at once', () => {
    expect(repairOf(having([serving('live')], offFunction), ['live'], undefined)).toBe(`${ENABLE} --publish`)
  })

  test('an alias of $LATEST, off like it, needs no publishing', () => {
    const aliases = [serving('live'), alias('dev', '$LATEST', { $LATEST: 'PassThrough' })]
    expect(repairOf(having(aliases, offFunction), ['live'], undefined)).toBe(`${ENABLE} --publish`)
  })

  test('an alias that must not be moved does not keep the function from being turned on, or its role from a grant', () => {
    const stuck = [serving('live', otherCode)]
    expect(repairOf(having(stuck, offFunction), ['live'], undefined)).toBe(ENABLE)
    expect(repairOf(having(stuck, active, { permission: NO }), ['live'], undefined)).toBe(ENABLE)
  })
})

test('words that a shell would take apart are quoted, others are not', () => {
  expect(enableCommand('arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:a_b-c.d')).toBe(
    'xtrace enable arn:aws-us-gov:lambda:us-gov-west-1:111122223333:function:a_b-c.d',
  )
  expect(disableCommand("a'; rm -rf '$HOME' #")).toBe(`xtrace disable 'a'\\''; rm -rf '\\''$HOME'\\'' #'`)
  expect(moveCommands('a', ['$LATEST.PUBLISHED', ''])).toBe(
    `xtrace enable a --alias '$LATEST.PUBLISHED' && xtrace enable a --alias ''`,
  )
})
