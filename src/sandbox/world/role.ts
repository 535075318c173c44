/** A role: who may assume it, what it may do, and what it could do a while ago. */
import type { StoredDocument } from '../policy/document.js'
import { History } from './history.js'

/** What of a role Lambda sees with delay. */
export interface RolePermissions {
  /** ARNs, in the order of attachment. */
  readonly managed: readonly string[]
  readonly inline: ReadonlyMap<string, StoredDocument>
  readonly boundary?: string
}

interface RoleIdentity {
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly id: string
  readonly description?: string | undefined
  readonly trust: StoredDocument
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

export class Role {
  readonly name: string
  readonly path: string
  readonly arn: string
  readonly id: string
  readonly description: string | undefined
  readonly trust: StoredDocument
  readonly createdAt: number
  readonly #permissions: History<RolePermissions>

  /** @param since when the role came to be in the eyes of other services; absent: it has always been there */
  constructor(identity: RoleIdentity, permissions: RolePermissions, since?: number) {
    this.name = identity.name
    this.path = identity.path
    this.arn = identity.arn
    this.id = identity.id
    this.description = identity.description
    this.trust = identity.trust
    this.createdAt = identity.createdAt
    this.#permissions = new History(permissions, since)
  }

  get permissions(): RolePermissions {
    return this.#permissions.current
  }

  /** ARNs of the attached managed policies. */
  get managed(): readonly string[] {
    return this.permissions.managed
  }

  get inline(): ReadonlyMap<string, StoredDocument> {
    return this.permissions.inline
  }

  /** ARN of the permissions boundary. */
  get boundary(): string | undefined {
    return this.permissions.boundary
  }

  permissionsAt(time: number): RolePermissions | undefined {
    return this.#permissions.at(time)
  }

  /** When the permissions changed, and all that they have been. */
  get pastPermissions(): { readonly times: readonly number[]; readonly values: readonly RolePermissions[] } {
    return this.#permissions
  }

  changePermissions(permissions: RolePermissions, now: number): void {
    this.#permissions.change(permissions, now)
  }

  /** Service-linked roles, and those of IAM Identity Center, belong to AWS. */
  get protectedByAws(): boolean {
    return this.path.startsWith('/aws-service-role/') || this.path.startsWith('/aws-reserved/')
  }
}
