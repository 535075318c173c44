/** A managed policy, AWS's or the customer's, with its versions. */
import type { StoredDocument } from '../policy/document.js'
import { History } from './history.js'

export interface PolicyVersion {
  readonly id: string
  readonly stored: StoredDocument
  /** Milliseconds since the epoch. */
  readonly createdAt: number
}

interface ManagedPolicyIdentity {
  readonly arn: string
  readonly name: string
  readonly path: string
  readonly id: string
  readonly awsManaged: boolean
  readonly description?: string
}

export class ManagedPolicy {
  readonly arn: string
  readonly name: string
  readonly path: string
  readonly id: string
  readonly awsManaged: boolean
  readonly description: string | undefined
  readonly createdAt: number
  updatedAt: number
  readonly versions = new Map<string, PolicyVersion>()
  readonly #defaultVersion: History<PolicyVersion>

  constructor(identity: ManagedPolicyIdentity, first: PolicyVersion, since?: number) {
    this.arn = identity.arn
    this.name = identity.name
    this.path = identity.path
    this.id = identity.id
    this.awsManaged = identity.awsManaged
    this.description = identity.description
    this.createdAt = first.createdAt
    this.updatedAt = first.createdAt
    this.versions.set(first.id, first)
    this.#defaultVersion = new History(first, since)
  }

  get defaultVersion(): PolicyVersion {
    return this.#defaultVersion.current
  }

  defaultVersionAt(time: number): PolicyVersion | undefined {
    return this.#defaultVersion.at(time)
  }

  /** When another version became the default one. */
  get defaultVersionTimes(): readonly number[] {
    return this.#defaultVersion.times
  }

  addVersion(stored: StoredDocument, now: number, asDefault: boolean): PolicyVersion {
    const highest = Math.max(...[...this.versions.keys()].map((id) => Number(id.slice(1))))
    const version: PolicyVersion = { id: `v${highest + 1}`, stored, createdAt: now }
    this.versions.set(version.id, version)
    this.updatedAt = now
    if (asDefault) this.#defaultVersion.change(version, now)
    return version
  }

  /** For seeds: the version has always been the default one. */
  alwaysDefault(version: PolicyVersion): void {
    this.#defaultVersion.reset(version)
  }
}
