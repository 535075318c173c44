/** One account: its roles and policies, which are global, and its regions. */
import { AWS_MANAGED_POLICIES } from '../policy/aws-managed.js'
import { type PolicyDocument, storeDocument } from '../policy/document.js'
import type { Identifiers } from '../random.js'
import { SEEDED_AT } from './function-seed.js'
import { ManagedPolicy } from './managed-policy.js'
import { Region } from './region.js'
import { initialOptIns, type RegionOptStatus } from './region-opt-in.js'
import { Role } from './role.js'
import { type Trust, trustDocument } from './trust.js'

export interface RoleSeed {
  name: string
  path?: string
  /** Names or ARNs of managed policies. */
  managed?: string[]
  inline?: Record<string, PolicyDocument>
  /** ARN of a managed policy. */
  boundary?: string
  trust?: Trust
  description?: string
  /** Milliseconds since the epoch; other services know the role in any case. */
  createdAt?: number
}

export interface PolicySeed {
  name: string
  path?: string
  /** Of the default version. */
  document: PolicyDocument
  /** Versions before the default one, oldest first. */
  olderVersions?: PolicyDocument[]
}

export class Account {
  readonly id: string
  readonly partition: string
  readonly roles = new Map<string, Role>()
  /** By ARN, AWS's own included. */
  readonly policies = new Map<string, ManagedPolicy>()
  readonly regions = new Map<string, Region>()
  /** By region name. A region that is not in it is neither listed nor refused. */
  readonly optIns: Map<string, RegionOptStatus>
  readonly #ids: Identifiers

  constructor(id: string, partition: string, ids: Identifiers) {
    this.id = id
    this.partition = partition
    this.optIns = initialOptIns(partition)
    this.#ids = ids
    for (const [key, { name, path, versionId, stored }] of AWS_MANAGED_POLICIES) {
      const identity = {
        arn: `arn:${partition}:iam::aws:policy${key}`,
        name,
        path,
        id: ids.letters(17),
        awsManaged: true,
      }
      const first = { id: versionId, stored, createdAt: SEEDED_AT }
      this.policies.set(identity.arn, new ManagedPolicy(identity, first))
    }
  }

  region(name: string): Region {
    let region = this.regions.get(name)
    if (region === undefined) {
      region = new Region(name, this.id, this.#ids)
      this.regions.set(name, region)
    }
    return region
  }

  /** Opts in; regions that are always on stay as they are. */
  enableRegions(...names: readonly string[]): void {
    for (const name of names) if (this.optIns.get(name) !== 'ENABLED_BY_DEFAULT') this.optIns.set(name, 'ENABLED')
  }

  /** Opts out, even of regions that AWS itself never turns off. What is in them stays. */
  disableRegions(...names: readonly string[]): void {
    for (const name of names) this.optIns.set(name, 'DISABLED')
  }

  /** @throws Error where there is none: for reading in tests */
  role(name: string): Role {
    const found = this.roles.get(name)
    if (found === undefined) throw new Error(`the sandbox has no role ${name} in ${this.id}`)
    return found
  }

  addRole(seed: RoleSeed): Role {
    const path = seed.path ?? '/'
    const role = new Role(
      {
        name: seed.name,
        path,
        arn: this.arnOf('role', path, seed.name),
        id: `AROA${this.#ids.letters(17)}`,
        description: seed.description,
        trust: storeDocument(trustDocument(seed.trust ?? 'lambda')),
        createdAt: seed.createdAt ?? SEEDED_AT,
      },
      {
        managed: (seed.managed ?? []).map((nameOrArn) => this.#policyArn(nameOrArn)),
        inline: new Map(Object.entries(seed.inline ?? {}).map(([name, document]) => [name, storeDocument(document)])),
        ...(seed.boundary === undefined ? {} : { boundary: seed.boundary }),
      },
    )
    this.roles.set(role.name, role)
    return role
  }

  addPolicy(seed: PolicySeed): ManagedPolicy {
    const [first = seed.document, ...later] = [...(seed.olderVersions ?? []), seed.document]
    const path = seed.path ?? '/'
    const policy = new ManagedPolicy(
      {
        arn: this.arnOf('policy', path, seed.name),
        name: seed.name,
        path,
        id: `ANPA${this.#ids.letters(17)}`,
        awsManaged: false,
      },
      { id: 'v1', stored: storeDocument(first), createdAt: SEEDED_AT },
    )
    for (const document of later) policy.alwaysDefault(policy.addVersion(storeDocument(document), SEEDED_AT, false))
    this.policies.set(policy.arn, policy)
    return policy
  }

  arnOf(kind: 'role' | 'policy' | 'user', path: string, name: string): string {
    return `arn:${this.partition}:iam::${this.id}:${kind}${path}${name}`
  }

  /** @throws Error for a seed that names a policy that is not there */
  #policyArn(nameOrArn: string): string {
    if (nameOrArn.startsWith('arn:')) return nameOrArn
    const bare = nameOrArn.slice(nameOrArn.lastIndexOf('/') + 1)
    const found = [...this.policies.values()].find((policy) => policy.name === bare)
    if (found === undefined) throw new Error(`the sandbox has no policy ${nameOrArn} in ${this.id}`)
    return found.arn
  }
}
