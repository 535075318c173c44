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
import { accountOfArn } from '../core/arn.js'
import { roleNameOf } from '../core/lambda-function.js'
import type { Role, RolePolicy } from '../core/policy/role.js'
import { stopsEverything, XtraceError } from '../errors.js'
import { ask } from './ask.js'
import { type Attempts, attempt } from './attempts.js'
import { optional, required } from './fields.js'
import type { IamGateway } from './gateways.js'
import { nextMarker, type RoleHead, roleHead } from './iam-records.js'
import { readAuthorizationDetails } from './iam-sweep.js'
import { everyItem, type Page, pagesOf } from './pages.js'

export class IamOverSdk implements IamGateway {
  readonly #client: IAMClient
  /** Documents of managed policies: many roles share few. */
  readonly #managed = new Map<string, Promise<RolePolicy>>()

  constructor(
    config: IAMClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new IAMClient(config)
    // It copies every answer, secrets too, for a log that nobody keeps.
    this.#client.middlewareStack.remove('loggerMiddleware')
  }

  async readRole(roleArn: string): Promise<Role> {
    const name = roleNameOf(roleArn)
    const base: Role = { arn: roleArn, name, account: accountOfArn(roleArn), policies: [] }
    try {
      const asked = [this.#head(name), this.#attached(name), this.#inline(name)] as const
      // Of several that fail the first here is told of, whichever answered first: equal worlds, equal words.
      await Promise.allSettled(asked)
      const [{ role, boundaryArn }, managed, inline] = await Promise.all(asked)
      return {
        ...role,
        policies: [...managed, ...inline],
        ...(boundaryArn && { boundary: await this.#managedPolicy(boundaryArn) }),
      }
    } catch (error) {
      if (error instanceof XtraceError && error.code === 'ROLE_NOT_FOUND') return { ...base, missing: true }
      return { ...base, unreadable: whyUnreadable(error) }
    }
  }

  async readAllRoles(): Promise<Map<string, Role>> {
    return readAuthorizationDetails(this.#client, this.attempts, (arn) => this.#managedPolicy(arn))
  }

  async attachPolicy(roleName: string, policyArn: string): Promise<void> {
    const command = new AttachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn })
    await this.#write('AttachRolePolicy', () => this.#client.send(command))
  }

  async putInlinePolicy(roleName: string, policyName: string, document: object): Promise<void> {
    const input = { RoleName: roleName, PolicyName: policyName, PolicyDocument: JSON.stringify(document) }
    await this.#write('PutRolePolicy', () => this.#client.send(new PutRolePolicyCommand(input)))
  }

  async detachPolicy(roleName: string, policyArn: string): Promise<void> {
    const command = new DetachRolePolicyCommand({ RoleName: roleName, PolicyArn: policyArn })
    await unlessGone(this.#write('DetachRolePolicy', () => this.#client.send(command)))
  }

  async deleteInlinePolicy(roleName: string, policyName: string): Promise<void> {
    const command = new DeleteRolePolicyCommand({ RoleName: roleName, PolicyName: policyName })
    await unlessGone(this.#write('DeleteRolePolicy', () => this.#client.send(command)))
  }

  #head(RoleName: string): Promise<RoleHead> {
    const send = () => this.#client.send(new GetRoleCommand({ RoleName }))
    return this.#ask('GetRole', send, (answer) => roleHead(required(answer, 'Role', 'record')))
  }

  async #attached(RoleName: string): Promise<RolePolicy[]> {
    const arns = await this.#list(
      'ListAttachedRolePolicies',
      (Marker) => this.#client.send(new ListAttachedRolePoliciesCommand({ RoleName, Marker })),
      (answer) => ({
        items: (optional(answer, 'AttachedPolicies', 'list') ?? []).map((one) => required(one, 'PolicyArn', 'text')),
        next: nextMarker(answer),
      }),
    )
    return Promise.all(arns.map((arn) => this.#managedPolicy(arn)))
  }

  async #inline(RoleName: string): Promise<RolePolicy[]> {
    const names = await this.#list(
      'ListRolePolicies',
      (Marker) => this.#client.send(new ListRolePoliciesCommand({ RoleName, Marker })),
      (answer) => ({ items: optional(answer, 'PolicyNames', 'list') ?? [], next: nextMarker(answer) }),
    )
    return Promise.all(names.map((name) => this.#inlinePolicy(RoleName, name)))
  }

  async #inlinePolicy(RoleName: string, name: string): Promise<RolePolicy> {
    try {
      const send = () => this.#client.send(new GetRolePolicyCommand({ RoleName, PolicyName: name }))
      const document = await this.#ask('GetRolePolicy', send, (answer) => required(answer, 'PolicyDocument', 'text'))
      return { source: 'inline', name, document }
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

  async #readManagedPolicy(arn: string): Promise<RolePolicy> {
    const policy = { source: 'managed', name: roleNameOf(arn), arn } as const
    try {
      return { ...policy, document: await this.#defaultDocument(arn) }
    } catch (error) {
      return { ...policy, document: undefined, unreadable: whyUnreadable(error) }
    }
  }

  /** The default version decides; older ones have no effect. */
  async #defaultDocument(PolicyArn: string): Promise<string> {
    const VersionId = await this.#ask(
      'GetPolicy',
      () => this.#client.send(new GetPolicyCommand({ PolicyArn })),
      (answer) => required(required(answer, 'Policy', 'record'), 'DefaultVersionId', 'text'),
    )
    return this.#ask(
      'GetPolicyVersion',
      () => this.#client.send(new GetPolicyVersionCommand({ PolicyArn, VersionId })),
      (answer) => required(required(answer, 'PolicyVersion', 'record'), 'Document', 'text'),
    )
  }

  #ask<A, T>(operation: string, send: () => Promise<A>, read: (answer: A) => T): Promise<T> {
    return ask({ service: 'iam', operation, kind: 'repeatable', send, read }, this.attempts)
  }

  #list<A, T>(
    operation: string,
    send: (marker: string | undefined) => Promise<A>,
    read: (answer: A) => Page<T>,
  ): Promise<T[]> {
    return everyItem(pagesOf({ service: 'iam', operation, send, read }, this.attempts))
  }

  /** IAM's writes may be sent again, and answer nothing that is needed. */
  async #write(operation: string, send: () => Promise<unknown>): Promise<void> {
    await attempt({ service: 'iam', operation }, 'repeatable', send, this.attempts)
  }
}

/** IAM's NoSuchEntity on taking away: it is away already. */
async function unlessGone(call: Promise<void>): Promise<void> {
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
