/** An account in memory: functions with versions and aliases in several regions, and roles that Lambda sees with a delay. */
import type { AwsAccess, Clock, IamGateway, LambdaGateway, PublishSource, WayIn } from '../../../src/aws/gateways.js'
import {
  type Alias,
  type LambdaFunction,
  splitFunctionArn,
  type TracingMode,
} from '../../../src/core/lambda-function.js'
import { afterGrant, INLINE_POLICY_NAME } from '../../../src/core/policy/grant.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role, RolePolicy } from '../../../src/core/policy/role.js'
import { XtraceError } from '../../../src/errors.js'
import { ACCOUNT } from '../../core/build-observation.js'
import { conflict, precondition } from './fake-lambda.js'

/** A function with all that hangs on it. */
export interface Stored {
  latest: LambdaFunction
  versions: LambdaFunction[]
  aliases: Alias[]
}

interface Fault {
  call: string
  /** `after`: the work is done, only the answer is lost. */
  when: 'before' | 'after'
  error: XtraceError
  times: number
}

type UsedLambda = Pick<
  LambdaGateway,
  | 'getFunction'
  | 'pollFunction'
  | 'listFunctions'
  | 'listAllVersions'
  | 'listAliases'
  | 'listEventSources'
  | 'setMode'
  | 'publishVersion'
  | 'moveAlias'
>

export class FakeWorld {
  /** Writes that AWS took, in order: `setMode us-east-1 a Active`. */
  readonly accepted: string[] = []
  /** Writes that AWS refused. */
  readonly refused: string[] = []
  /** Every call, in order of its beginning: `getFunction us-east-1 a`. */
  readonly calls: string[] = []
  /** Called when a write has just been taken. */
  onAccepted: (call: string) => void = () => undefined
  /** Milliseconds that each call takes. */
  latency = 0
  /** Milliseconds after which Lambda sees a grant. */
  iamDelay = 0
  /** What the account's own list of regions says; the error of both sources where it is one. */
  regions: string[] | XtraceError = ['us-east-1', 'eu-west-1']
  /** Whose credentials these are. */
  account: string
  /** Accounts that can be entered, by id. */
  readonly members = new Map<string, FakeWorld>()
  /** How others were to be entered. */
  readonly ways: WayIn[] = []
  /** Every call fails so: the account cannot be entered. */
  closed: XtraceError | undefined
  /** ARNs that carry whatever tag is asked for. */
  tagged: ReadonlySet<string> = new Set()
  readonly #functions = new Map<string, Stored>()
  readonly #roles = new Map<string, Role>()
  readonly #visibleAt = new Map<string, number>()
  readonly #faults: Fault[] = []

  constructor(
    private readonly clock: Clock,
    functions: readonly (LambdaFunction | Stored)[],
    roles: readonly Role[],
    private readonly id = ACCOUNT,
  ) {
    this.account = id
    for (const one of functions) {
      const stored = 'latest' in one ? one : { latest: one, versions: [], aliases: [] }
      this.#functions.set(stored.latest.arn, structuredClone(stored))
    }
    for (const one of roles) this.#roles.set(one.arn, structuredClone(one))
  }

  /** The same account at this moment, for another life of it. */
  clone(clock: Clock): FakeWorld {
    const copy = new FakeWorld(clock, [...this.#functions.values()], [...this.#roles.values()], this.id)
    copy.iamDelay = this.iamDelay
    copy.regions = this.regions
    for (const [role, at] of this.#visibleAt)
      copy.#visibleAt.set(role, clock.now() + Math.max(0, at - this.clock.now()))
    copy.accepted.push(...this.accepted)
    return copy
  }

  /** A call fails so, as often as this: `setMode us-east-1 a`, `attachPolicy orders`, `listAllVersions eu-west-1`. */
  fail(call: string, error: XtraceError, when: Fault['when'] = 'before', times = 1): this {
    this.#faults.push({ call, when, error, times })
    return this
  }

  /** Somebody else changes a function. */
  meddle(arn: string, more: Partial<LambdaFunction>): void {
    const stored = this.#stored(arn)
    stored.latest = { ...stored.latest, revisionId: `${stored.latest.revisionId}+`, ...more }
  }

  /** Somebody else changes an alias. */
  meddleAlias(arn: string, name: string, more: Partial<Alias>): void {
    const alias = this.#alias(arn, name)
    Object.assign(alias, { revisionId: `${alias.revisionId}+`, ...more })
  }

  /** Somebody else changes a role. */
  meddleRole(role: Role): void {
    this.#roles.set(role.arn, role)
  }

  remove(arn: string): void {
    this.#functions.delete(arn)
  }

  add(one: LambdaFunction): void {
    this.#functions.set(one.arn, { latest: one, versions: [], aliases: [] })
  }

  addVersion(arn: string, version: LambdaFunction): void {
    this.#stored(arn).versions.push(version)
  }

  look(arn: string): LambdaFunction {
    return this.#stored(arn).latest
  }

  /** All that matters and stays, without revisions: two worlds are alike when these are equal. */
  picture(): { functions: Record<string, unknown>; roles: Record<string, string[]> } {
    const functions = [...this.#functions].map(([arn, { latest, versions, aliases }]) => [
      arn,
      {
        mode: latest.mode,
        settled: latest.updateStatus !== 'InProgress',
        versions: versions.map(({ version, mode }) => `${version} ${mode}`),
        aliases: aliases.map(({ name, version, weights }) => ({ name, version, weights })),
      },
    ])
    const roles = [...this.#roles.values()].map(({ arn, policies }) => [arn, policies.map(slot).sort()])
    return { functions: Object.fromEntries(functions), roles: Object.fromEntries(roles) }
  }

  aws(): AwsAccess {
    const tagged = (region: string) => [...this.tagged].filter((arn) => splitFunctionArn(arn).region === region)
    const used: Omit<AwsAccess, 'defaultRegion' | 'organizations' | 'config' | 'xray' | 'metrics' | 'enter'> = {
      tagging: async (region) => ({
        taggedFunctions: () => this.#call(`taggedFunctions ${region}`, () => new Set(tagged(region))),
        tagsOfFunctions: () => this.#call(`tagsOfFunctions ${region}`, () => new Map()),
      }),
      lambda: async (region) => this.#lambda(region) as LambdaGateway,
      iam: async () => this.#iam(),
      identity: async (region) => ({
        whoAmI: () =>
          this.#call(`whoAmI ${region}`, () => ({
            account: this.account,
            arn: `arn:aws:iam::${this.account}:user/me`,
          })),
      }),
      regions: async (home) => ({
        fromAccount: () => this.#call(`fromAccount ${home}`, () => this.#ownRegions()),
        fromEc2: () => this.#call(`fromEc2 ${home}`, () => this.#ownRegions()),
      }),
      through: (way) => this.#through(way, aws),
      inAccount: async () => aws,
    }
    const aws = used as AwsAccess
    return aws
  }

  #through(way: WayIn, own: AwsAccess): AwsAccess {
    this.ways.push(way)
    const entered = new Map([...this.members].map(([id, member]) => [id, member.aws()]))
    const aws: AwsAccess = {
      ...own,
      memberRole: way.role,
      inAccount: async (account) => {
        const inside = account === this.account ? aws : entered.get(account)
        if (!inside) throw new Error(`there is no account ${account}`)
        return inside
      },
    }
    return aws
  }

  #ownRegions(): string[] {
    if (this.regions instanceof XtraceError) throw this.regions
    return this.regions
  }

  #lambda(region: string): UsedLambda {
    const arn = (name: string) => `arn:aws:lambda:${region}:${this.id}:function:${name}`
    const read = (call: string, name: string, qualifier?: string) =>
      this.#call(`${call} ${region} ${name}`, () => this.#read(arn(name), qualifier))
    const here = () => [...this.#functions.values()].filter((one) => splitFunctionArn(one.latest.arn).region === region)
    const list = (call: string, all: (one: Stored) => LambdaFunction[]) =>
      async function* (this: FakeWorld) {
        yield await this.#call(`${call} ${region}`, () => here().flatMap(all))
      }.call(this)
    return {
      getFunction: (name, qualifier) => read('getFunction', name, qualifier),
      pollFunction: (name) => read('pollFunction', name),
      listFunctions: () => list('listFunctions', (one) => [one.latest]),
      listAllVersions: () => list('listAllVersions', (one) => [one.latest, ...one.versions]),
      listAliases: (name) =>
        this.#call(`listAliases ${region} ${name}`, () => structuredClone(this.#stored(arn(name)).aliases)),
      listEventSources: () => this.#call(`listEventSources ${region}`, () => []),
      setMode: (name, mode, revisionId) =>
        this.#write(`setMode ${region} ${name}`, mode, () => this.#setMode(arn(name), mode, revisionId)),
      publishVersion: (name, source) =>
        this.#write(`publishVersion ${region} ${name}`, '', () => this.#publish(arn(name), source)),
      moveAlias: (name, alias) =>
        this.#write(`moveAlias ${region} ${name}`, `${alias.name} ${alias.version}`, () =>
          this.#moveAlias(arn(name), alias),
        ),
    }
  }

  #iam(): IamGateway {
    const write = (call: string, name: string, change: (role: Role) => Role) =>
      this.#write(`${call} ${name}`, '', () => {
        const role = [...this.#roles.values()].find((one) => one.name === name)
        if (!role) throw new XtraceError('ROLE_NOT_FOUND', `Role ${name} does not exist.`)
        this.#roles.set(role.arn, change(role))
        this.#visibleAt.set(role.arn, this.clock.now() + this.iamDelay)
      })
    const without = (role: Role, taken: (policy: RolePolicy) => boolean): Role => ({
      ...role,
      policies: role.policies.filter((policy) => !taken(policy)),
    })
    return {
      readRole: (arn) =>
        this.#call(`readRole ${arn.slice(arn.lastIndexOf('/') + 1)}`, () => structuredClone(this.#role(arn))),
      readAllRoles: () => this.#call('readAllRoles', () => structuredClone(this.#roles)),
      attachPolicy: (name, policy) =>
        write('attachPolicy', name, (role) => afterGrant(role, 'managed', policy.split(':')[1] ?? 'aws')),
      putInlinePolicy: (name, policy, document) =>
        write('putInlinePolicy', name, (role) => {
          const others = without(role, (one) => one.source === 'inline' && one.name === policy)
          return { ...others, policies: [...others.policies, { source: 'inline', name: policy, document }] }
        }),
      detachPolicy: (name, policy) => write('detachPolicy', name, (role) => without(role, (one) => one.arn === policy)),
      deleteInlinePolicy: (name, policy) =>
        write('deleteInlinePolicy', name, (role) =>
          without(role, (one) => one.source === 'inline' && one.name === policy),
        ),
    }
  }

  async #call<T>(call: string, work: () => T): Promise<T> {
    this.calls.push(call)
    if (this.closed) throw this.closed
    const fault = this.#faults.find((one) => one.call === call && one.times > 0)
    if (fault) fault.times--
    await (this.latency > 0 ? this.clock.sleep(this.latency) : Promise.resolve())
    if (fault?.when === 'before') throw fault.error
    const answer = work()
    if (fault) throw fault.error
    return answer
  }

  #write<T>(call: string, detail: string, work: () => T): Promise<T> {
    const whole = `${call} ${detail}`.trimEnd()
    return this.#call(call, () => {
      try {
        const answer = work()
        this.accepted.push(whole)
        this.onAccepted(whole)
        return answer
      } catch (error) {
        this.refused.push(whole)
        throw error
      }
    })
  }

  /** The second read of an update that runs finds it ended. */
  #read(arn: string, qualifier?: string): LambdaFunction {
    const stored = this.#stored(arn)
    if (qualifier !== undefined && qualifier !== '$LATEST') {
      const found = stored.versions.find((one) => one.version === qualifier)
      if (!found) throw new XtraceError('FUNCTION_NOT_FOUND', `Version ${qualifier} does not exist.`)
      return { ...found }
    }
    const seen = stored.latest
    if (seen.updateStatus === 'InProgress') {
      const { name, updateReason } = seen
      if (updateReason === 'read once')
        this.meddle(arn, { updateStatus: 'Successful', updateReason: `${name} is fine` })
      else stored.latest = { ...seen, updateReason: 'read once' }
    }
    return { ...seen }
  }

  #setMode(arn: string, mode: TracingMode, revisionId?: string): LambdaFunction {
    const seen = this.look(arn)
    if (seen.updateStatus === 'InProgress') throw conflict()
    if (revisionId !== undefined && revisionId !== seen.revisionId) throw precondition()
    if (mode === 'Active' && !this.#seesGrant(seen))
      throw new XtraceError('ROLE_LACKS_XRAY', `The role of ${seen.name} cannot write to X-Ray.`)
    this.meddle(arn, { mode, updateStatus: 'InProgress', updateReason: '' })
    return this.look(arn)
  }

  #seesGrant({ role, region }: LambdaFunction): boolean {
    const can = traceWritePermission(this.#role(role), { region }).answer === 'yes'
    return can && this.clock.now() >= (this.#visibleAt.get(role) ?? 0)
  }

  #publish(arn: string, { codeSha256, revisionId, latestPublished }: PublishSource): LambdaFunction {
    const stored = this.#stored(arn)
    const { latest, versions } = stored
    if (latest.updateStatus === 'InProgress') throw conflict()
    if (revisionId !== undefined && revisionId !== latest.revisionId) throw precondition()
    if (codeSha256 !== latest.codeSha256) throw new XtraceError('INVALID_REQUEST', 'CodeSHA256 is different.')
    const newest = versions.at(-1)
    if (!latestPublished && newest && same(newest, latest)) return newest
    const numbered = versions.filter((one) => one.version !== '$LATEST.PUBLISHED')
    const version = latestPublished ? '$LATEST.PUBLISHED' : String(numbered.length + 1)
    const made = { ...latest, version, revisionId: `${latest.name}-v${version}` }
    stored.versions = [...versions.filter((one) => one.version !== version), made]
    this.meddle(arn, {})
    return made
  }

  #moveAlias(arn: string, { name, version, weights, revisionId }: Alias): void {
    const alias = this.#alias(arn, name)
    if (revisionId !== undefined && revisionId !== alias.revisionId) throw precondition()
    this.meddleAlias(arn, name, { version, weights })
  }

  #stored(arn: string): Stored {
    const found = this.#functions.get(arn)
    if (!found) throw new XtraceError('FUNCTION_NOT_FOUND', `${arn} does not exist.`)
    return found
  }

  #alias(arn: string, name: string): Alias {
    const found = this.#stored(arn).aliases.find((alias) => alias.name === name)
    if (!found) throw new XtraceError('FUNCTION_NOT_FOUND', `Alias ${name} does not exist.`)
    return found
  }

  #role(arn: string): Role {
    const missing: Role = { arn, name: arn, account: '', policies: [], missing: true }
    return this.#roles.get(arn) ?? missing
  }
}

function same(a: LambdaFunction, b: LambdaFunction): boolean {
  return a.mode === b.mode && a.codeSha256 === b.codeSha256 && a.settings === b.settings
}

/** Inline policies under the name that a grant takes show what they hold. */
function slot({ source, name, arn, document }: RolePolicy): string {
  return name === INLINE_POLICY_NAME ? `${source} ${name} ${JSON.stringify(document)}` : `${source} ${arn ?? name}`
}
