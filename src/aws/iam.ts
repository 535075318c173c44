/** The IAM gateway over the AWS SDK: reads roles one by one or all at once, and grants. */
import {
  AttachRolePolicyCommand,
  DeleteRolePolicyCommand,
  DetachRolePolicyCommand,
  GetPolicyCommand,
  GetPolicyVersionCommand,
  GetRoleCommand,
  GetRolePolicyCommand,
  IAMClient,
  type IAMClientConfig,
  ListAttachedRolePoliciesCommand,
  ListRolePoliciesCommand,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam'
import { roleNameOf } from '../core/lambda-function.js'
import type { Role, RolePolicy } from '../core/policy/role.js'
import { stopsEverything, XtraceError } from '../errors.js'
import { type Attempts, attempt, type CallKind } from './attempts.js'
import type { IamGateway } from './gateways.js'
import { readAuthorizationDetails, trustOf } from './iam-sweep.js'

export class IamOverSdk implements IamGateway {
  readonly #client: IAMClient
  /** Documents of managed policies: many roles share few. */
  readonly #managed = new Map<string, Promise<RolePolicy>>()

  constructor(
    config: IAMClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new IAMClient(config)
  }

  async readRole(roleArn: string): Promise<Role> {
    const name = roleNameOf(roleArn)
    const base: Role = { arn: roleArn, name, account: roleArn.split(':')[4] ?? '', policies: [] }
    try {
      const [found, managed, inline] = await Promise.all([
        this.#call('GetRole', 'repeatable', () => this.#client.send(new GetRoleCommand({ RoleName: name }))),
        this.#attached(name),
        this.#inline(name),
      ])
      const boundaryArn = found.Role?.PermissionsBoundary?.PermissionsBoundaryArn
      return {
        ...base,
        arn: found.Role?.Arn ?? roleArn,
        account: (found.Role?.Arn ?? roleArn).split(':')[4] ?? '',
        policies: [...managed, ...inline],
        ...trustOf(found.Role?.AssumeRolePolicyDocument),
        ...(found.Role?.CreateDate && { createdAt: found.Role.CreateDate.toISOString() }),
        ...(boundaryArn && { boundary: await this.#managedPolicy(boundaryArn) }),
      }
    } catch (error) {
      if (error instanceof XtraceError && error.code === 'ROLE_NOT_FOUND') return { ...base, missing: true }
      return { ...base, unreadable: whyUnreadable(error) }
    }
  }

  async readAllRoles(): Promise<Map<string, Role>> {
    const call = <T>(send: () => Promise<T>) => this.#call('GetAccountAuthorizationDetails', 'repeatable', send)
    return readAuthorizationDetails(this.#client, call, (arn) => this.#managedPolicy(arn))
  }

  async attachPolicy(roleName: string, policyArn: string): Promise<void> {
    const command = new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn })
    await this.#call('AttachRolePolicy', 'repeatable', () => this.#client.send(command))
  }

  async putInlinePolicy(roleName: string, policyName: string, document: object): Promise<void> {
    const input = { RoleName: roleName, PolicyName: policyName, PolicyDocument: JSON.stringify(document) }
    await this.#call('PutRolePolicy', 'repeatable', () => this.#client.send(new PutRolePolicyCommand(input)))
  }

  async detachPolicy(roleName: string, policyArn: string): Promise<void> {
    const command = new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn })
    await unlessGone(this.#call('DetachRolePolicy', 'repeatable', () => this.#client.send(command)))
  }

  async deleteInlinePolicy(roleName: string, policyName: string): Promise<void> {
    const command = new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: policyName })
    await unlessGone(this.#call('DeleteRolePolicy', 'repeatable', () => this.#client.send(command)))
  }

  async #attached(roleName: string): Promise<RolePolicy[]> {
    const arns = await this.#pages(async (Marker) => {
      const page = await this.#call('ListAttachedRolePolicies', 'repeatable', () =>
        this.#client.send(new ListAttachedRolePoliciesCommand({ RoleName: roleName, Marker })),
      )
      const items = (page.AttachedPolicies ?? []).map((policy) => policy.PolicyArn ?? '')
      return { items, next: page.IsTruncated ? page.Marker : undefined }
    })
    return Promise.all(arns.map((arn) => this.#managedPolicy(arn)))
  }

  async #inline(roleName: string): Promise<RolePolicy[]> {
    const names = await this.#pages(async (Marker) => {
      const page = await this.#call('ListRolePolicies', 'repeatable', () =>
        this.#client.send(new ListRolePoliciesCommand({ RoleName: roleName, Marker })),
      )
      return { items: page.PolicyNames ?? [], next: page.IsTruncated ? page.Marker : undefined }
    })
    return Promise.all(names.map((policyName) => this.#inlinePolicy(roleName, policyName)))
  }

  async #inlinePolicy(roleName: string, name: string): Promise<RolePolicy> {
    const command = new GetRolePolicyCommand({ RoleName: roleName, PolicyName: name })
    try {
      const answer = await this.#call('GetRolePolicy', 'repeatable', () => this.#client.send(command))
      return { source: 'inline', name, document: answer.PolicyDocument }
    } catch (error) {
      return { source: 'inline', name, document: undefined, unreadable: whyUnreadable(error) }
    }
  }

  #managedPolicy(arn: string): Promise<RolePolicy> {
    const known = this.#managed.get(arn)
    if (known) return known
    const reading = this.#readManagedPolicy(arn)
    this.#managed.set(arn, reading)
    return reading
  }

  /** The default version decides; older ones have no effect. */
  async #readManagedPolicy(arn: string): Promise<RolePolicy> {
    const policy = { source: 'managed', name: roleNameOf(arn), arn } as const
    try {
      const head = await this.#call('GetPolicy', 'repeatable', () =>
        this.#client.send(new GetPolicyCommand({ PolicyArn: arn })),
      )
      const VersionId = head.Policy?.DefaultVersionId ?? 'v1'
      const body = await this.#call('GetPolicyVersion', 'repeatable', () =>
        this.#client.send(new GetPolicyVersionCommand({ PolicyArn: arn, VersionId })),
      )
      return { ...policy, document: body.PolicyVersion?.Document }
    } catch (error) {
      return { ...policy, document: undefined, unreadable: whyUnreadable(error) }
    }
  }

  #call<T>(operation: string, kind: CallKind, send: () => Promise<T>): Promise<T> {
    return attempt({ service: 'iam', operation }, kind, send, this.attempts)
  }

  async #pages<T>(
    read: (marker: string | undefined) => Promise<{ items: T[]; next: string | undefined }>,
  ): Promise<T[]> {
    const items: T[] = []
    let marker: string | undefined
    do {
      const page = await read(marker)
      items.push(...page.items)
      marker = page.next
    } while (marker !== undefined)
    return items
  }
}

/** IAM's NoSuchEntity on taking away: it is away already. */
async function unlessGone(call: Promise<unknown>): Promise<void> {
  try {
    await call
  } catch (error) {
    if (!(error instanceof XtraceError && /^NoSuchEntity/.test(error.aws?.code ?? ''))) throw error
  }
}

/** A reason for an `unknown`; what concerns the whole run is thrown on. */
function whyUnreadable(error: unknown): string {
  if (!(error instanceof XtraceError) || error.code === 'FAULT' || stopsEverything(error)) throw error
  return error.message
}
