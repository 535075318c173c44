/** Condition operators, one by one, against what is known of the daemon's request. */
import { expect, test } from 'vitest'
import { conditionsHold, undecidedKeys } from '../../../src/core/policy/condition.js'
import { parseDocument, type Statement } from '../../../src/core/policy/document.js'
import { requestFacts } from '../../../src/core/policy/request-facts.js'
import { ACCOUNT, allow, document, role } from './build-role.js'

const facts = requestFacts(role([]), 'eu-west-1')

function conditional(condition: unknown): Statement {
  const parsed = parseDocument(document(allow('*', { Condition: condition })))
  if ('malformed' in parsed || parsed.statements[0] === undefined) throw new Error(JSON.stringify(parsed))
  return parsed.statements[0]
}

const principal = 'aws:PrincipalArn'
const region = 'aws:RequestedRegion'
const account = 'aws:PrincipalAccount'

test.each([
  ['StringEquals', region, 'eu-west-1', 'yes'],
  ['StringEquals', 'AWS:requestedREGION', 'eu-west-1', 'yes'],
  ['StringEquals', region, 'EU-WEST-1', 'no'],
  ['StringEquals', region, 'eu-*', 'no'],
  ['StringEquals', region, ['us-east-1', 'eu-west-1'], 'yes'],
  ['StringEquals', region, [], 'unknown'],
  ['StringEquals', account, Number(ACCOUNT), 'yes'],
  ['StringEquals', 'aws:PrincipalType', 'AssumedRole', 'yes'],
  ['StringEqualsIgnoreCase', region, 'EU-West-1', 'yes'],
  ['StringNotEquals', region, 'us-east-1', 'yes'],
  ['StringNotEquals', region, ['us-east-1', 'eu-west-1'], 'no'],
  ['StringNotEqualsIgnoreCase', region, 'EU-WEST-1', 'no'],
  ['StringLike', region, 'eu-*', 'yes'],
  ['StringLike', region, 'eu-west-?', 'yes'],
  ['StringLike', region, 'us-*', 'no'],
  ['StringNotLike', region, ['us-*', 'ap-*'], 'yes'],
  ['StringNotLike', region, ['us-*', 'eu-*'], 'no'],
  ['StringEqualsIfExists', region, 'eu-west-1', 'yes'],
  ['StringNotLikeIfExists', region, 'eu-*', 'no'],
  ['StringEqualsIfExists', 'aws:SourceVpc', 'vpc-1', 'unknown'],
  ['StringEquals', account, `\${aws:ResourceAccount}`, 'yes'],
  ['StringEquals', account, `\${AWS:resourceaccount}`, 'yes'],
  ['StringEquals', account, `\${aws:ResourceAccount, 'nobody'}`, 'yes'],
  ['StringEquals', account, `\${aws:PrincipalTag/owner, '${ACCOUNT}'}`, 'unknown'],
  ['StringEquals', account, `9\${aws:PrincipalTag/owner}`, 'no'],
  ['StringNotEquals', account, `\${aws:PrincipalTag/owner}`, 'unknown'],
  ['StringNotEquals', account, [`\${aws:PrincipalTag/owner}`, ACCOUNT], 'no'],
  ['StringLike', region, `\${*}`, 'no'],
  ['StringLike', region, `eu\${?}west-1`, 'no'],
  ['StringLike', principal, `arn:aws:iam::\${aws:PrincipalAccount}:role/*`, 'yes'],
  ['ArnLike', principal, `arn:aws:iam::${ACCOUNT}:role/service/*`, 'yes'],
  ['ArnEquals', principal, `arn:*:iam::*:role/service/orders`, 'yes'],
  ['ArnLike', principal, `arn:aws:iam::\${aws:PrincipalAccount}:role/*`, 'yes'],
  ['ArnLike', principal, `arn:aws:iam::*role/service/orders`, 'unknown'],
  ['ArnLike', principal, `arn:aws:*:*:*:role/service/orders`, 'yes'],
  ['ArnLike', principal, `arn:aws:iam::999999999999:role/*`, 'no'],
  ['ArnLike', principal, `a*:aws:iam:*:role/service:orders`, 'no'],
  ['ArnLike', principal, `arn:aws:iam::\${aws:PrincipalTag/home}:role/*`, 'unknown'],
  ['ArnNotLike', principal, `arn:aws:iam::*:role/ops/*`, 'yes'],
  ['ArnNotEquals', principal, `arn:aws:iam::*:role/service/*`, 'no'],
  ['ArnLike', principal, '*', 'unknown'],
  ['Bool', 'aws:SecureTransport', 'true', 'yes'],
  ['Bool', 'aws:SecureTransport', true, 'yes'],
  ['Bool', 'aws:SecureTransport', 'FALSE', 'no'],
  ['BoolIfExists', 'aws:ViaAWSService', 'false', 'yes'],
  ['Bool', 'aws:ViaAWSService', 'perhaps', 'unknown'],
  ['Null', region, 'false', 'yes'],
  ['Null', region, true, 'no'],
  ['Null', 'aws:TokenIssueTime', 'true', 'unknown'],
  ['NullIfExists', region, 'false', 'unknown'],
  ['ForAllValues:StringEquals', region, 'eu-west-1', 'unknown'],
  ['ForAnyValue:StringEquals', region, 'us-east-1', 'unknown'],
  ['NumericEquals', account, ACCOUNT, 'unknown'],
  ['DateLessThan', 'aws:CurrentTime', '2020-01-01T00:00:00Z', 'unknown'],
  ['IpAddress', 'aws:SourceIp', '10.0.0.0/8', 'unknown'],
  ['stringequals', region, 'us-east-1', 'unknown'],
  ['toString', region, 'us-east-1', 'unknown'],
])('%s %s %j is %s', (operator, key, value, answer) => {
  expect(conditionsHold(conditional({ [operator]: { [key]: value } }), facts)).toBe(answer)
})

test('an ARN part does not reach across a colon', () => {
  const across = conditional({ ArnLike: { [principal]: 'arn:aws:i*:*:*:orders' } })
  expect(conditionsHold(across, facts)).toBe('no')
  expect(conditionsHold(conditional({ StringLike: { [principal]: 'arn:aws:i*:*:*orders' } }), facts)).toBe('yes')
})

test('all keys and all operators must hold; one false settles it, one unknown leaves it open', () => {
  const yes = { [region]: 'eu-west-1' }
  const no = { [account]: '999999999999' }
  const open = { 'aws:SourceVpc': 'vpc-1' }
  expect(conditionsHold(conditional({ StringEquals: yes }), facts)).toBe('yes')
  expect(conditionsHold(conditional({ StringEquals: { ...yes, ...no } }), facts)).toBe('no')
  expect(conditionsHold(conditional({ StringEquals: { ...open, ...yes } }), facts)).toBe('unknown')
  expect(conditionsHold(conditional({ StringEquals: open, StringLike: no }), facts)).toBe('no')
  expect(undecidedKeys(conditional({ StringEquals: { ...open, ...yes }, StringLike: open }), facts)).toEqual([
    'aws:SourceVpc',
  ])
})
