/** BEHAVIOUR I1 to I8: IAM. */
import {
  AttachRolePolicyCommand,
  CreatePolicyCommand,
  CreatePolicyVersionCommand,
  CreateRoleCommand,
  DeleteRolePermissionsBoundaryCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetAccountAuthorizationDetailsCommand,
  type GetAccountAuthorizationDetailsCommandInput,
  GetAccountSummaryCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  ListRolesCommand,
  PutRolePermissionsBoundaryCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clients, KEYS, refusal, sandboxClients } from './sandbox-clients.js'

const WRITE = 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess'
const DOCUMENT = '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"xray:*","Resource":"*"}]}'
const RoleName = 'worker'

describe('I: IAM', () => {
  let clients: Clients

  beforeEach(async () => {
    clients = await sandboxClients()
    clients.sandbox.world.account().addRole({ name: RoleName, path: '/team/' })
  })
  afterEach(() => clients.close())

  const attach = (PolicyArn = WRITE, name = RoleName) =>
    clients.iam().send(new AttachRolePolicyCommand({ RoleName: name, PolicyArn }))
  const attached = async () =>
    (await clients.iam().send(new ListAttachedRolePoliciesCommand({ RoleName }))).AttachedPolicies

  it('I1 is the same in every region of an account', async () => {
    await attach()
    const elsewhere = clients.iam('eu-west-1')
    const { AttachedPolicies } = await elsewhere.send(new ListAttachedRolePoliciesCommand({ RoleName }))
    expect(AttachedPolicies).toEqual([{ PolicyName: 'AWSXRayDaemonWriteAccess', PolicyArn: WRITE }])
    const other = clients.iam('us-east-1', { ...KEYS, accessKeyId: 'AKIA111111111111TEST' })
    expect((await other.send(new ListRolesCommand({}))).Roles).toEqual([])
  })

  it('I1 has AWS managed policies in the account’s own partition', async () => {
    clients.sandbox.world.account('222222222222', 'aws-cn').addRole({ name: RoleName })
    const iam = clients.iam('cn-north-1', { ...KEYS, accessKeyId: 'AKIA222222222222TEST' })
    const china = { RoleName, PolicyArn: WRITE.replace('arn:aws:', 'arn:aws-cn:') }
    expect(await refusal(iam.send(new AttachRolePolicyCommand({ ...china, PolicyArn: WRITE })))).toMatchObject({
      name: 'NoSuchEntityException',
    })
    await iam.send(new AttachRolePolicyCommand(china))
    expect(clients.sandbox.world.account('222222222222').role(RoleName).managed).toEqual([china.PolicyArn])
  })

  it('I1 knows the real default version of AWSXRayDaemonWriteAccess', async () => {
    const { Policy } = await clients.iam().send(new GetPolicyCommand({ PolicyArn: WRITE }))
    expect(Policy?.DefaultVersionId).toBe('v2')
    const version = { PolicyArn: WRITE, VersionId: 'v2' }
    const { PolicyVersion } = await clients.iam().send(new GetPolicyVersionCommand(version))
    expect(JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? '')).Statement[0].Action).toEqual([
      'xray:PutTraceSegments',
      'xray:PutTelemetryRecords',
      'xray:GetSamplingRules',
      'xray:GetSamplingTargets',
      'xray:GetSamplingStatisticSummaries',
    ])
  })

  it('I2 encodes policy documents', async () => {
    const iam = clients.iam()
    await iam.send(new PutRolePolicyCommand({ RoleName, PolicyName: 'tracing', PolicyDocument: DOCUMENT }))
    const policy = await iam.send(new GetRolePolicyCommand({ RoleName, PolicyName: 'tracing' }))
    expect(policy.PolicyDocument).toContain('%7B%22Version%22%3A%222012-10-17%22')
    expect(policy.PolicyDocument).toContain('%2A')
    expect(decodeURIComponent(policy.PolicyDocument ?? '')).toBe(DOCUMENT)
    const { Role } = await iam.send(new GetRoleCommand({ RoleName }))
    expect(Role?.Arn).toBe('arn:aws:iam::123456789012:role/team/worker')
    expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? '')).toContain('lambda.amazonaws.com')
  })

  it('I3 says what is missing or malformed', async () => {
    const unknown = 'arn:aws:iam::aws:policy/NoSuchPolicy'
    expect(await refusal(attach(WRITE, 'gone'))).toEqual({
      name: 'NoSuchEntityException',
      status: 404,
      message: 'The role with name gone cannot be found.',
    })
    expect(await refusal(attach(unknown))).toEqual({
      name: 'NoSuchEntityException',
      status: 404,
      message: `Policy ${unknown} does not exist or is not attachable.`,
    })
    expect(await refusal(attach('not-an-arn-at-all-by-any-means'))).toEqual({
      name: 'ValidationError',
      status: 400,
      message: 'Invalid ARN:  Could not be parsed!',
    })
    const detach = clients.iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn: WRITE }))
    expect(await refusal(detach)).toMatchObject({ name: 'NoSuchEntityException' })
    const absent = { RoleName, PolicyName: 'absent' }
    expect((await refusal(clients.iam().send(new DeleteRolePolicyCommand(absent)))).message).toBe(
      'The role policy with name absent cannot be found.',
    )
    const broken = { ...absent, PolicyDocument: '{' }
    expect((await refusal(clients.iam().send(new PutRolePolicyCommand(broken)))).name).toBe(
      'MalformedPolicyDocumentException',
    )
  })

  it('I4 attaches once, and no more than the quota', async () => {
    const account = clients.sandbox.world.account()
    await attach()
    await attach()
    expect(await attached()).toHaveLength(1)
    const arns = Array.from(
      { length: 10 },
      (_, index) => account.addPolicy({ name: `p${index}`, document: { Statement: [] } }).arn,
    )
    for (const arn of arns.slice(0, 9)) await attach(arn)
    expect(await refusal(attach(arns[9]))).toEqual({
      name: 'LimitExceededException',
      status: 409,
      message: 'Cannot exceed quota for PoliciesPerRole: 10',
    })
    await attach()
    await clients.iam().send(new DetachRolePolicyCommand({ RoleName, PolicyArn: WRITE }))
    await attach(arns[9])
    expect(await attached()).toHaveLength(10)
  })

  it('I5 bounds the inline policies of a role together, white space not counted', async () => {
    const iam = clients.iam()
    const put = (PolicyName: string, filler: string) => {
      const PolicyDocument = DOCUMENT.replace('xray:*', `xray:${filler}`)
      return iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument }))
    }
    await put('a', 'a'.repeat(6000))
    await put('blank', ' '.repeat(9000))
    expect(await refusal(put('b', 'b'.repeat(6000)))).toEqual({
      name: 'LimitExceededException',
      status: 409,
      message: 'Maximum policy size of 10240 bytes exceeded for role worker',
    })
    await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName: 'a' }))
    await put('b', 'b'.repeat(6000))
    expect((await iam.send(new ListRolePoliciesCommand({ RoleName }))).PolicyNames).toEqual(['blank', 'b'])
  })

  it.each(['/aws-service-role/lambda.amazonaws.com/', '/aws-reserved/sso.amazonaws.com/'])(
    'I6 lets nobody change roles under %s',
    async (path) => {
      clients.sandbox.world.account().addRole({ name: 'theirs', path })
      expect(await refusal(attach(WRITE, 'theirs'))).toEqual({
        name: 'UnmodifiableEntityException',
        status: 400,
        message: "Cannot perform the operation on the protected role 'theirs' - this role is only modifiable by AWS",
      })
    },
  )

  const details = (input: GetAccountAuthorizationDetailsCommandInput = {}) =>
    clients.iam().send(new GetAccountAuthorizationDetailsCommand(input))

  it('I7 gives roles and the policies in use, by kind', async () => {
    const account = clients.sandbox.world.account()
    const own = account.addPolicy({ name: 'own', document: JSON.parse(DOCUMENT), olderVersions: [{ Statement: [] }] })
    account.addRole({ name: 'full', managed: ['own', WRITE], inline: { x: JSON.parse(DOCUMENT) }, boundary: own.arn })
    const all = await details()
    expect(all.RoleDetailList?.[1]).toMatchObject({
      RoleName: 'full',
      RolePolicyList: [{ PolicyName: 'x', PolicyDocument: encodeURIComponent(DOCUMENT).replaceAll('*', '%2A') }],
      AttachedManagedPolicies: [{ PolicyArn: own.arn }, { PolicyArn: WRITE }],
      PermissionsBoundary: { PermissionsBoundaryArn: own.arn },
    })
    expect(all.Policies).toMatchObject([
      { Arn: WRITE, AttachmentCount: 1 },
      {
        Arn: own.arn,
        DefaultVersionId: 'v2',
        PermissionsBoundaryUsageCount: 1,
        PolicyVersionList: [
          { VersionId: 'v1', IsDefaultVersion: false },
          { VersionId: 'v2', IsDefaultVersion: true },
        ],
      },
    ])
    expect(await details({ Filter: ['LocalManagedPolicy'] })).toMatchObject({
      RoleDetailList: [],
      Policies: [{ Arn: own.arn }],
    })
    expect((await details({ Filter: ['Role'] })).Policies).toEqual([])
  })

  it('I7 may give a page of fewer than asked, and says that more follow', async () => {
    for (let index = 0; index < 99; index += 1) clients.sandbox.world.account().addRole({ name: `role-${index}` })
    const sizes: number[] = []
    const names = new Set<string | undefined>()
    let Marker: string | undefined
    do {
      const page = await details({ Filter: ['Role'], MaxItems: 50, Marker })
      sizes.push(page.RoleDetailList?.length ?? 0)
      for (const role of page.RoleDetailList ?? []) names.add(role.RoleName)
      expect(page.IsTruncated).toBe(page.Marker !== undefined)
      Marker = page.Marker
    } while (Marker !== undefined)
    expect(sizes).toEqual([45, 45, 10])
    expect(names.size).toBe(100)
    expect(await refusal(details({ MaxItems: 1001 }))).toMatchObject({ name: 'ValidationError' })
  })

  it('I8 tells the quota of policies per role', async () => {
    clients.sandbox.settings.policiesPerRoleQuota = 20
    const { SummaryMap } = await clients.iam().send(new GetAccountSummaryCommand({}))
    expect(SummaryMap).toMatchObject({ AttachedPoliciesPerRoleQuota: 20, Roles: 1 })
  })

  it('creates roles, policies and boundaries', async () => {
    const iam = clients.iam()
    const trust = clients.sandbox.world.account().role(RoleName).trust.text
    const create = new CreateRoleCommand({ RoleName: 'new', Path: '/x/', AssumeRolePolicyDocument: trust })
    expect((await iam.send(create)).Role?.Arn).toBe('arn:aws:iam::123456789012:role/x/new')
    expect(await refusal(iam.send(create))).toMatchObject({ name: 'EntityAlreadyExistsException', status: 409 })
    const { Policy } = await iam.send(new CreatePolicyCommand({ PolicyName: 'own', PolicyDocument: DOCUMENT }))
    const PolicyArn = Policy?.Arn ?? ''
    const version = new CreatePolicyVersionCommand({ PolicyArn, PolicyDocument: DOCUMENT, SetAsDefault: true })
    expect((await iam.send(version)).PolicyVersion).toMatchObject({ VersionId: 'v2', IsDefaultVersion: true })
    await iam.send(new PutRolePermissionsBoundaryCommand({ RoleName: 'new', PermissionsBoundary: PolicyArn }))
    const boundary = async () => (await iam.send(new GetRoleCommand({ RoleName: 'new' }))).Role?.PermissionsBoundary
    expect((await boundary())?.PermissionsBoundaryArn).toBe(PolicyArn)
    await iam.send(new DeleteRolePermissionsBoundaryCommand({ RoleName: 'new' }))
    expect(await boundary()).toBeUndefined()
  })
})
