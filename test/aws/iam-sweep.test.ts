/** Reading all roles of an account: pages, documents in their default versions, and those the listing lacks. */
import { describe, expect, test } from 'vitest'
import { parseDocument } from '../../src/core/policy/document.js'
import type { Role } from '../../src/core/policy/role.js'
import { openAccess } from './support/access.js'
import { ACCOUNT, encoded, members, xml, xmlError } from './support/answers.js'
import { ownEnvironment } from './support/environment.js'
import { failureOf } from './support/failure.js'
import { type Answer, fakeAws } from './support/fake-aws.js'

ownEnvironment()
const aws = fakeAws()

const ACTION = 'GetAccountAuthorizationDetails'
const arnOf = (name: string) => `arn:aws:iam::${ACCOUNT}:role/${name}`
const policyArn = (name: string) => `arn:aws:iam::${ACCOUNT}:policy/team/${name}`
const allow = (Action: string) => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action, Resource: '*' }] })
const lambdaMayAssume = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }],
}

interface RoleXml {
  inline?: Record<string, object>
  attached?: string[]
  boundary?: string
}

function role(path: string, { inline = {}, attached = [], boundary }: RoleXml = {}): string {
  const inlines = Object.entries(inline).map(
    ([name, document]) => `<PolicyName>${name}</PolicyName><PolicyDocument>${encoded(document)}</PolicyDocument>`,
  )
  const managed = attached.map((name) => `<PolicyName>${name}</PolicyName><PolicyArn>${policyArn(name)}</PolicyArn>`)
  return `<Path>/</Path><RoleName>${path.split('/').at(-1)}</RoleName><Arn>${arnOf(path)}</Arn>
    <CreateDate>2026-05-31T09:30:00Z</CreateDate>
    <AssumeRolePolicyDocument>${encoded(lambdaMayAssume)}</AssumeRolePolicyDocument>
    <RolePolicyList>${members(...inlines)}</RolePolicyList>
    <AttachedManagedPolicies>${members(...managed)}</AttachedManagedPolicies>
    ${boundary ? `<PermissionsBoundary><PermissionsBoundaryArn>${policyArn(boundary)}</PermissionsBoundaryArn></PermissionsBoundary>` : ''}`
}

/** @param versions the first is not the default one, the last is */
function policy(name: string, ...versions: object[]): string {
  const list = versions.map((document, index) => {
    const isDefault = index === versions.length - 1
    return `<VersionId>v${index + 1}</VersionId><IsDefaultVersion>${isDefault}</IsDefaultVersion>
      <Document>${encoded(document)}</Document>`
  })
  return `<PolicyName>${name}</PolicyName><Arn>${policyArn(name)}</Arn><DefaultVersionId>v${versions.length}</DefaultVersionId>
    <PolicyVersionList>${members(...list)}</PolicyVersionList>`
}

function page(content: { roles?: string[]; policies?: string[] }, marker = ''): Answer {
  return xml(
    ACTION,
    `<IsTruncated>${marker !== ''}</IsTruncated>${marker && `<Marker>${marker}</Marker>`}
     <UserDetailList/><GroupDetailList/>
     <RoleDetailList>${members(...(content.roles ?? []))}</RoleDetailList>
     <Policies>${members(...(content.policies ?? []))}</Policies>`,
  )
}

async function sweep(...pages: Answer[]): Promise<Map<string, Role>> {
  aws().answers(...pages)
  return (await openAccess().iam()).readAllRoles()
}

test('asks for roles and both kinds of managed policies, a thousand a page', async () => {
  await sweep(page({}))
  expect(aws().sent).toEqual([
    {
      method: 'POST',
      host: 'iam.amazonaws.com',
      path: '/',
      query: {},
      body: {
        Action: ACTION,
        Version: '2010-05-08',
        'Filter.member.1': 'Role',
        'Filter.member.2': 'LocalManagedPolicy',
        'Filter.member.3': 'AWSManagedPolicy',
        MaxItems: '1000',
      },
    },
  ])
})

test('follows IsTruncated to the end, over an empty page too', async () => {
  const roles = await sweep(page({ roles: [role('a')] }, 'm1'), page({}, 'm2'), page({ roles: [role('b'), role('c')] }))
  expect([...roles.keys()]).toEqual([arnOf('a'), arnOf('b'), arnOf('c')])
  expect(aws().sent.map(({ body }) => Reflect.get(Object(body), 'Marker'))).toEqual([undefined, 'm1', 'm2'])
})

test('a marker behind the last page is not followed', async () => {
  const last = xml(ACTION, '<IsTruncated>false</IsTruncated><Marker>m9</Marker><RoleDetailList/><Policies/>')
  expect(await sweep(last)).toEqual(new Map())
  expect(aws().sent).toHaveLength(1)
})

test('a role is put together from the listing alone', async () => {
  const listing = page({
    roles: [role('service/orders', { inline: { trace: allow('xray:*') }, attached: ['base'], boundary: 'fence' })],
    policies: [policy('base', allow('old:*'), allow('new:*')), policy('fence', allow('fence:*'))],
  })
  const roles = await sweep(listing)
  expect(roles.get(arnOf('service/orders'))).toEqual({
    arn: arnOf('service/orders'),
    name: 'orders',
    account: ACCOUNT,
    policies: [
      { source: 'managed', name: 'base', arn: policyArn('base'), document: encoded(allow('new:*')) },
      { source: 'inline', name: 'trace', document: encoded(allow('xray:*')) },
    ],
    trustsLambda: true,
    createdAt: '2026-05-31T09:30:00.000Z',
    boundary: { source: 'managed', name: 'fence', arn: policyArn('fence'), document: encoded(allow('fence:*')) },
  })
  expect(aws().sent).toHaveLength(1)
})

test('the documents are what the policy evaluation reads', async () => {
  const roles = await sweep(page({ roles: [role('a', { inline: { trace: allow('xray:PutTraceSegments') } })] }))
  expect(parseDocument(roles.get(arnOf('a'))?.policies[0]?.document)).toMatchObject({
    statements: [{ effect: 'Allow', actions: { except: false, patterns: ['xray:PutTraceSegments'] } }],
  })
})

test('a document may come on a later page than the role', async () => {
  const roles = await sweep(
    page({ roles: [role('a', { attached: ['base'] })] }, 'm1'),
    page({ policies: [policy('base', allow('x:*'))] }),
  )
  expect(roles.get(arnOf('a'))?.policies[0]?.document).toBe(encoded(allow('x:*')))
  expect(aws().sent).toHaveLength(2)
})

describe('a policy that the listing does not hold', () => {
  const head = xml('GetPolicy', '<Policy><DefaultVersionId>v3</DefaultVersionId></Policy>')
  const body = xml('GetPolicyVersion', `<PolicyVersion><Document>${encoded(allow('x:*'))}</Document></PolicyVersion>`)
  const twoRoles = () =>
    page({ roles: [role('a', { attached: ['base'] }), role('b', { attached: ['base'], boundary: 'base' })] })

  test('is read in its default version, once for all roles', async () => {
    aws().on('GetPolicy', head)
    aws().on('GetPolicyVersion', body)
    const roles = await sweep(twoRoles())
    const expected = { source: 'managed', name: 'base', arn: policyArn('base'), document: encoded(allow('x:*')) }
    expect(roles.get(arnOf('a'))?.policies).toEqual([expected])
    expect(roles.get(arnOf('b'))).toMatchObject({ policies: [expected], boundary: expected })
    expect(
      aws()
        .sent.slice(1)
        .map((sent) => sent.body),
    ).toEqual([
      { Action: 'GetPolicy', Version: '2010-05-08', PolicyArn: policyArn('base') },
      { Action: 'GetPolicyVersion', Version: '2010-05-08', PolicyArn: policyArn('base'), VersionId: 'v3' },
    ])
  })

  test('and cannot be read is unreadable in each role; the others are not touched', async () => {
    aws().on('GetPolicy', xmlError(403, 'AccessDenied', 'not authorized to perform: iam:GetPolicy'))
    const roles = await sweep(
      page({ roles: [role('a', { attached: ['base'], inline: { trace: allow('x:*') } }), role('b')] }),
    )
    expect(roles.get(arnOf('a'))?.policies).toEqual([
      {
        source: 'managed',
        name: 'base',
        arn: policyArn('base'),
        document: undefined,
        unreadable: 'Access denied: not authorized to perform: iam:GetPolicy',
      },
      { source: 'inline', name: 'trace', document: encoded(allow('x:*')) },
    ])
    expect(roles.get(arnOf('b'))?.policies).toEqual([])
  })

  test('and meets an expired token ends the sweep', async () => {
    aws().on('GetPolicy', xmlError(403, 'ExpiredToken', 'The security token included in the request is expired'))
    expect((await failureOf(sweep(twoRoles()))).code).toBe('EXPIRED_CREDENTIALS')
  })
})

test('a sweep that is denied is thrown: no map is not an empty map', async () => {
  const denied = xmlError(403, 'AccessDenied', `not authorized to perform: iam:${ACTION} with an explicit deny`)
  const failure = await failureOf(sweep(page({ roles: [role('a')] }, 'm1'), denied))
  expect(failure.code).toBe('ACCESS_DENIED')
  expect(failure.aws).toMatchObject({ operation: ACTION, denial: 'scp' })
})

test('a page that is throttled is asked for again, not skipped', async () => {
  const throttled = xmlError(400, 'Throttling', 'Rate exceeded')
  const roles = await sweep(page({ roles: [role('a')] }, 'm1'), throttled, page({ roles: [role('b')] }))
  expect([...roles.keys()]).toEqual([arnOf('a'), arnOf('b')])
})
