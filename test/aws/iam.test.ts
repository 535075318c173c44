/** Reading one role: every request, and what becomes of the parts that IAM does not let be read. */
import { beforeEach, describe, expect, test } from 'vitest'
import type { Role } from '../../src/core/policy/role.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, encoded, members, ROLE_ARN, reset, xml, xmlError } from './support/answers.js'
import { KEYS, ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, type FakeAws, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const XRAY = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const OWN = `arn:aws:iam::${ACCOUNT}:policy/team/base`
const BOUNDARY = `arn:aws:iam::${ACCOUNT}:policy/boundary`
const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const trusting = (Service: string) => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole' }],
})
const defaultVersions: Record<string, string> = { [XRAY]: 'v2', [OWN]: 'v7', [BOUNDARY]: 'v1' }
const boundary = `<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType>
  <PermissionsBoundaryArn>${BOUNDARY}</PermissionsBoundaryArn></PermissionsBoundary>`

function getRole(more = '', trust: object = trusting('lambda.amazonaws.com')): Answer {
  return xml(
    'GetRole',
    `<Role><Path>/service-role/</Path><RoleName>orders-role</RoleName><Arn>${ROLE_ARN}</Arn>
     <CreateDate>2026-05-31T09:30:00Z</CreateDate>
     <AssumeRolePolicyDocument>${encoded(trust)}</AssumeRolePolicyDocument>${more}</Role>`,
  )
}

function attached(arns: string[], marker = ''): Answer {
  const items = arns.map((arn) => `<PolicyName>x</PolicyName><PolicyArn>${arn}</PolicyArn>`)
  return xml(
    'ListAttachedRolePolicies',
    `<AttachedPolicies>${members(...items)}</AttachedPolicies>${truncated(marker)}`,
  )
}

function inlineNames(names: string[], marker = ''): Answer {
  return xml('ListRolePolicies', `<PolicyNames>${members(...names)}</PolicyNames>${truncated(marker)}`)
}

function truncated(marker: string): string {
  return `<IsTruncated>${marker !== ''}</IsTruncated>${marker && `<Marker>${marker}</Marker>`}`
}

function field(body: unknown, name: string): string {
  return String(Reflect.get(Object(body), name) ?? '')
}

/** A role with two managed policies, one inline policy and a boundary. */
function layOut(fake: FakeAws): void {
  fake.on('GetRole', getRole(boundary))
  fake.on('ListAttachedRolePolicies', attached([XRAY, OWN]))
  fake.on('ListRolePolicies', inlineNames(['trace inline']))
  fake.on('GetRolePolicy', ({ body }) => {
    const document = encoded(allow(`inline:${field(body, 'PolicyName')}`))
    return xml('GetRolePolicy', `<RoleName>orders-role</RoleName><PolicyDocument>${document}</PolicyDocument>`)
  })
  fake.on('GetPolicy', ({ body }) => {
    const arn = field(body, 'PolicyArn')
    return xml(
      'GetPolicy',
      `<Policy><Arn>${arn}</Arn><DefaultVersionId>${defaultVersions[arn]}</DefaultVersionId></Policy>`,
    )
  })
  fake.on('GetPolicyVersion', ({ body }) => {
    const document = encoded(allow(`${field(body, 'PolicyArn')}@${field(body, 'VersionId')}`))
    return xml('GetPolicyVersion', `<PolicyVersion><Document>${document}</Document></PolicyVersion>`)
  })
}

const managedDocument = (arn: string) => encoded(allow(`${arn}@${defaultVersions[arn]}`))
const whole: Role = {
  arn: ROLE_ARN,
  name: 'orders-role',
  account: ACCOUNT,
  policies: [
    { source: 'managed', name: 'AWSXRayDaemonWriteAccess', arn: XRAY, document: managedDocument(XRAY) },
    { source: 'managed', name: 'base', arn: OWN, document: managedDocument(OWN) },
    { source: 'inline', name: 'trace inline', document: encoded(allow('inline:trace inline')) },
  ],
  trustsLambda: true,
  createdAt: '2026-05-31T09:30:00.000Z',
  boundary: { source: 'managed', name: 'boundary', arn: BOUNDARY, document: managedDocument(BOUNDARY) },
}

async function readRole(arn = ROLE_ARN): Promise<Role> {
  return (await openAccess().iam()).readRole(arn)
}

const denied = (action: string) =>
  xmlError(403, 'AccessDenied', `User: arn:aws:iam::${ACCOUNT}:user/x is not authorized to perform: iam:${action}`)

beforeEach(() => layOut(aws()))

describe('a role that can be read', () => {
  test('is read with its policies in their default versions, its boundary and its trust', async () => {
    expect(await readRole()).toEqual(whole)
  })

  test('costs these requests and no other', async () => {
    await readRole()
    const form = (Action: string, more: object) => ({ Action, Version: '2010-05-08', ...more })
    const forms = [
      form('GetRole', { RoleName: 'orders-role' }),
      form('ListAttachedRolePolicies', { RoleName: 'orders-role' }),
      form('ListRolePolicies', { RoleName: 'orders-role' }),
      form('GetRolePolicy', { RoleName: 'orders-role', PolicyName: 'trace inline' }),
      ...[XRAY, OWN, BOUNDARY].flatMap((PolicyArn) => [
        form('GetPolicy', { PolicyArn }),
        form('GetPolicyVersion', { PolicyArn, VersionId: defaultVersions[PolicyArn] }),
      ]),
    ]
    const byText = (requests: unknown[]) => requests.map((request) => JSON.stringify(request)).sort()
    expect(byText(aws().sent.map(({ body }) => body))).toEqual(byText(forms))
    for (const sent of aws().sent) {
      expect(sent).toMatchObject({ method: 'POST', host: 'iam.amazonaws.com', path: '/', query: {} })
    }
  })

  test('lists are followed to their end, over an empty page too', async () => {
    const lists: Record<string, Answer[]> = {
      ListAttachedRolePolicies: [attached([XRAY], 'a1'), attached([], 'a2'), attached([OWN])],
      ListRolePolicies: [inlineNames(['one'], 'i1'), inlineNames([], 'i2'), inlineNames(['two'])],
    }
    for (const [action, pages] of Object.entries(lists)) aws().on(action, () => pages.shift() ?? reset())
    const { policies } = await readRole()
    expect(policies.map(({ name }) => name)).toEqual(['AWSXRayDaemonWriteAccess', 'base', 'one', 'two'])
    const markers = (action: string) =>
      aws()
        .forms(action)
        .map((body) => field(body, 'Marker'))
    expect(markers('ListAttachedRolePolicies')).toEqual(['', 'a1', 'a2'])
    expect(markers('ListRolePolicies')).toEqual(['', 'i1', 'i2'])
  })

  test('a managed policy that two roles share is read once', async () => {
    const iam = await openAccess().iam()
    await iam.readRole(ROLE_ARN)
    await iam.readRole(ROLE_ARN.replace('orders-role', 'other-role'))
    expect(aws().forms('GetPolicy')).toHaveLength(3)
    expect(aws().forms('GetRolePolicy')).toHaveLength(2)
  })

  test('the ARN that IAM gives wins over the one that was asked for', async () => {
    const stale = `arn:aws:iam::${ACCOUNT}:role/old-path/orders-role`
    expect((await readRole(stale)).arn).toBe(ROLE_ARN)
  })

  test('without boundary and policies it has none', async () => {
    aws().on('GetRole', getRole('', trusting('ec2.amazonaws.com')))
    aws().on('ListAttachedRolePolicies', attached([]))
    aws().on('ListRolePolicies', inlineNames([]))
    const role = await readRole()
    expect(role).toMatchObject({ policies: [], trustsLambda: false })
    expect(role).not.toHaveProperty('boundary')
    expect(role).not.toHaveProperty('unreadable')
    expect(role).not.toHaveProperty('missing')
  })
})

describe('a role that cannot be read', () => {
  const gone = xmlError(404, 'NoSuchEntity', 'The role with name orders-role cannot be found.')
  const base = { arn: ROLE_ARN, name: 'orders-role', account: ACCOUNT, policies: [] }

  test('NoSuchEntity: it is missing', async () => {
    for (const action of ['GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies']) aws().on(action, gone)
    expect(await readRole()).toEqual({ ...base, missing: true })
  })

  test.each(['GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies'])('%s denied: the role is', async (action) => {
    aws().on(action, denied(action))
    const role = await readRole()
    expect(role).toEqual({ ...base, unreadable: expect.stringContaining(`not authorized to perform: iam:${action}`) })
  })

  test('no answer: the role is, with the reason', async () => {
    aws().on('GetRole', reset())
    expect(await readRole()).toEqual({ ...base, unreadable: 'No answer from AWS (iam:GetRole): read ECONNRESET' })
  })

  const documents: Array<[action: string, name: string]> = [
    ['GetRolePolicy', 'trace inline'],
    ['GetPolicy', 'base'],
    ['GetPolicyVersion', 'base'],
  ]
  test.each(documents)('%s denied: only that policy is', async (action, name) => {
    aws().on('ListAttachedRolePolicies', attached([OWN]))
    aws().on('GetRole', getRole())
    aws().on(action, denied(action))
    const role = await readRole()
    expect(role).not.toHaveProperty('unreadable')
    expect(role.policies).toHaveLength(2)
    for (const policy of role.policies) {
      if (policy.name === name)
        expect(policy).toMatchObject({ document: undefined, unreadable: expect.stringContaining(action) })
      else expect(policy).toEqual(whole.policies.find((other) => other.name === policy.name))
    }
  })

  test('a boundary denied: only the boundary is', async () => {
    aws().on('ListAttachedRolePolicies', attached([]))
    aws().on('GetPolicyVersion', denied('GetPolicyVersion'))
    const role = await readRole()
    expect(role.boundary).toMatchObject({ name: 'boundary', unreadable: expect.stringContaining('GetPolicyVersion') })
    expect(role).not.toHaveProperty('unreadable')
  })

  test('a policy that is deleted meanwhile: the policy is, the role is not missing', async () => {
    aws().on('GetPolicy', xmlError(404, 'NoSuchEntity', `Policy ${OWN} was not found.`))
    aws().on('GetRolePolicy', xmlError(404, 'NoSuchEntity', 'The role policy with name trace inline cannot be found.'))
    const role = await readRole()
    expect(role).not.toHaveProperty('missing')
    expect(role.policies.map(({ unreadable }) => unreadable)).toEqual([
      `iam:GetPolicy: Policy ${OWN} was not found.`,
      `iam:GetPolicy: Policy ${OWN} was not found.`,
      'iam:GetRolePolicy: The role policy with name trace inline cannot be found.',
    ])
  })

  const everyRead = ['GetRole', 'ListAttachedRolePolicies', 'ListRolePolicies', ...documents.map(([action]) => action)]
  const stopping: Array<[name: string, code: string]> = [
    ['ExpiredToken', 'EXPIRED_CREDENTIALS'],
    ['InvalidClientTokenId', 'INVALID_CREDENTIALS'],
  ]
  describe.each(stopping)('%s concerns the whole run: thrown', (name, code) => {
    test.each(everyRead)('from %s', async (action) => {
      aws().on(action, xmlError(403, name, 'The security token included in the request is not good'))
      expect((await failureOf(readRole())).code).toBe(code)
    })
  })
})

describe('each partition signs where its IAM is', () => {
  const partitions: Array<[partition: string, host: string, region: string]> = [
    ['aws', 'iam.amazonaws.com', 'us-east-1'],
    ['aws-cn', 'iam.cn-north-1.amazonaws.com.cn', 'cn-north-1'],
    ['aws-us-gov', 'iam.us-gov.amazonaws.com', 'us-gov-west-1'],
    ['aws-eusc', 'iam.eusc-de-east-1.amazonaws.eu', 'eusc-de-east-1'],
  ]
  test.each(partitions)('%s', async (partition, host, region) => {
    await (await openAccess().iam(partition)).readRole(ROLE_ARN)
    expect(aws().sent[0]?.host).toBe(host)
    expect(aws().signed[0]).toMatchObject({ accessKey: KEYS.AWS_ACCESS_KEY_ID, region, service: 'iam' })
  })
})
