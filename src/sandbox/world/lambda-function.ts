/** One function: `$LATEST`, its published versions, its aliases, and how far its last change has settled. */
import type { Identifiers } from '../random.js'
import type { SandboxSettings } from '../settings.js'
import type { Traffic } from '../traffic/traffic.js'
import type { Alias, FunctionConfiguration, PublishedVersion, TracingMode } from './function-configuration.js'
import { History } from './history.js'
import type { TraceTrouble } from './trace-trouble.js'

export type LastUpdateStatus = 'Successful' | 'InProgress' | 'Failed'

/** A change that has not settled yet. */
interface Settling {
  readonly kind: 'creating' | 'updating'
  /** Milliseconds; absent in seeds, where the first look starts it. */
  readonly startedAt: number | undefined
}

interface FunctionIdentity {
  readonly name: string
  readonly arn: string
}

export class LambdaFunction {
  readonly name: string
  readonly arn: string
  readonly versions = new Map<string, PublishedVersion>()
  readonly aliases = new Map<string, Alias>()
  /** Never changed in place: what was recorded of it stays. */
  tags: Readonly<Record<string, string>> = {}
  imageUri: string | undefined
  latestPublished: PublishedVersion | undefined
  state = 'Active'
  lastUpdateStatus: LastUpdateStatus | undefined = 'Successful'
  /** Whether the next PublishVersion makes a new version. */
  changedSincePublish = true
  /** Absent: it is never invoked. Not part of snapshots, nor are the troubles. */
  traffic: Traffic | undefined
  readonly traceTroubles = new Set<TraceTrouble>()
  readonly #configurations: History<FunctionConfiguration>
  readonly #aliasTargets = new Map<string, History<Alias | undefined>>()
  #revisionId: string
  #lastModified: number
  #settling: Settling | undefined
  #lastVersion = 0
  readonly #ids: Identifiers

  constructor(
    identity: FunctionIdentity,
    configuration: FunctionConfiguration,
    lastModified: number,
    ids: Identifiers,
  ) {
    this.name = identity.name
    this.arn = identity.arn
    this.#configurations = new History(configuration)
    this.#lastModified = lastModified
    this.#ids = ids
    this.#revisionId = ids.uuid()
  }

  get configuration(): FunctionConfiguration {
    return this.#configurations.current
  }

  get revisionId(): string {
    return this.#revisionId
  }

  /** Milliseconds since the epoch. */
  get lastModified(): number {
    return this.#lastModified
  }

  /** Undefined: no TracingConfig in answers. */
  get mode(): TracingMode | undefined {
    return this.configuration.TracingConfig?.Mode
  }

  get role(): string {
    return this.configuration.Role
  }

  /** Whether versions follow `$LATEST` only through `$LATEST.PUBLISHED`. */
  get managedInstances(): boolean {
    return this.configuration.CapacityProviderConfig !== undefined
  }

  /** Opens a change that settles later. @param startedAt absent: counted from the first look */
  beginSettling(kind: Settling['kind'], startedAt?: number): void {
    this.#settling = { kind, startedAt }
    if (kind === 'creating') {
      this.state = 'Pending'
      this.lastUpdateStatus = undefined
    } else {
      this.lastUpdateStatus = 'InProgress'
    }
  }

  /** Brings the state up to that time; the RevisionId changes when a change has settled. */
  settle(now: number, settings: SandboxSettings): void {
    if (this.#settling === undefined) return
    const { kind, startedAt } = this.#settling
    if (startedAt === undefined) {
      this.#settling = { kind, startedAt: now }
      return
    }
    if (now < startedAt + (kind === 'creating' ? settings.pendingMs : settings.settleMs)) return
    this.#settling = undefined
    if (kind === 'creating') this.state = 'Active'
    this.lastUpdateStatus = 'Successful'
    this.#revisionId = this.#ids.uuid()
  }

  update(configuration: FunctionConfiguration, now: number): void {
    this.#configurations.change(configuration, now)
    this.#lastModified = now
    this.#revisionId = this.#ids.uuid()
    this.changedSincePublish = true
    this.beginSettling('updating', now)
  }

  /** A new numbered version of `$LATEST`. */
  publish(now: number, configuration = this.configuration): PublishedVersion {
    this.#lastVersion += 1
    const published = this.#lock(String(this.#lastVersion), now, configuration)
    this.versions.set(published.version, published)
    this.changedSincePublish = false
    return published
  }

  publishLatest(now: number, configuration = this.configuration): PublishedVersion {
    this.latestPublished = this.#lock('$LATEST.PUBLISHED', now, configuration)
    return this.latestPublished
  }

  /** The highest number there is. */
  newestVersion(): PublishedVersion | undefined {
    return [...this.versions.values()].at(-1)
  }

  /** @param since milliseconds; absent: it has always been so */
  setAlias(alias: Omit<Alias, 'revisionId'>, since?: number): Alias {
    const stored = { ...alias, revisionId: this.#ids.uuid() }
    this.aliases.set(alias.name, stored)
    this.#rememberAlias(alias.name, stored, since)
    return stored
  }

  removeAlias(name: string, now: number): void {
    if (this.aliases.delete(name)) this.#rememberAlias(name, undefined, now)
  }

  /** `$LATEST` as it was at that time. */
  configurationAt(time: number): FunctionConfiguration | undefined {
    return this.#configurations.at(time)
  }

  /** The alias as it was at that time. */
  aliasAt(name: string, time: number): Alias | undefined {
    return this.#aliasTargets.get(name)?.at(time)
  }

  #rememberAlias(name: string, alias: Alias | undefined, since: number | undefined): void {
    const known = this.#aliasTargets.get(name)
    if (known !== undefined && since !== undefined) known.change(alias, since)
    else this.#aliasTargets.set(name, new History(alias, since))
  }

  #lock(version: string, now: number, configuration: FunctionConfiguration): PublishedVersion {
    this.#revisionId = this.#ids.uuid()
    return { version, configuration, revisionId: this.#ids.uuid(), lastModified: now }
  }
}
