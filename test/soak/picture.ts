/** What a snapshot of the sandbox says, as far as rollouts may change it, and the same with all that left out. */
import type { TracingMode } from '../../src/core/lambda-function.js'
import type { World } from '../../src/sandbox/world.js'

export interface ConfigurationPicture {
  Role: string
  /** Seconds. */
  Timeout: number
  TracingConfig: { Mode: TracingMode }
}

export interface FunctionPicture {
  configuration: ConfigurationPicture
  versions: Record<string, ConfigurationPicture>
  latestPublished: ConfigurationPicture | null
  aliases: Record<string, { name: string; version: string; weights: Record<string, number> }>
}

export interface RolePicture {
  arn: string
  managed: string[]
  inline: Record<string, unknown>
}

interface AccountPicture {
  partition: string
  roles: Record<string, RolePicture>
  regions: Record<string, { functions: Record<string, FunctionPicture> }>
}

/** By account id. */
export type Picture = Record<string, AccountPicture>

export function pictureOf(world: World): Picture {
  return world.snapshot() as unknown as Picture
}

export interface PlacedFunction {
  arn: string
  name: string
  account: string
  region: string
  fn: FunctionPicture
}

export function functionsIn(picture: Picture): PlacedFunction[] {
  return Object.entries(picture).flatMap(([account, { partition, regions }]) =>
    Object.entries(regions).flatMap(([region, { functions }]) =>
      Object.entries(functions).map(([name, fn]) => {
        const arn = `arn:${partition}:lambda:${region}:${account}:function:${name}`
        return { arn, name, account, region, fn }
      }),
    ),
  )
}

export function rolesIn(picture: Picture): Map<string, RolePicture> {
  const roles = Object.values(picture).flatMap((account) => Object.values(account.roles))
  return new Map(roles.map((role) => [role.arn, role]))
}

/** Modes of the versions that an alias sends calls to. */
export function servedModes({ configuration, versions }: FunctionPicture, alias: FunctionPicture['aliases'][string]) {
  const { version, weights } = alias
  const others = Object.entries(weights).filter(([, weight]) => weight > 0)
  const rest = others.reduce((sum, [, weight]) => sum - weight, 1)
  const served = [...(rest > 0 ? [version] : []), ...others.map(([other]) => other)]
  return served.map((one) => (one === '$LATEST' ? configuration : versions[one])?.TracingConfig.Mode)
}

/** Whether some version of some function of its account is Active with the role. */
export function tracesWith(role: string, picture: Picture): boolean {
  const active = ({ Role, TracingConfig }: ConfigurationPicture) => Role === role && TracingConfig.Mode === 'Active'
  return functionsIn(picture).some(({ fn }) =>
    [fn.configuration, ...Object.values(fn.versions), ...(fn.latestPublished ? [fn.latestPublished] : [])].some(active),
  )
}

const GRANTED = /:iam::aws:policy\/AWSXRayDaemonWriteAccess$/
const INLINE = 'xtrace-xray-write'
/** Whatever else stands under that name is somebody's own. */
const OURS = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }],
})

/** What of a role xtrace may give or take. */
export function grantsOf({ managed, inline }: RolePicture): string[] {
  return [...managed.filter((arn) => GRANTED.test(arn)), ...Object.keys(inline).filter((name) => name === INLINE)]
}

/** The picture without versions that `before` does not have. */
export function withoutNewVersions(picture: Picture, before: Picture): Picture {
  const old = new Map(functionsIn(before).map(({ arn, fn }) => [arn, fn]))
  const copy = structuredClone(picture)
  for (const { arn, fn } of functionsIn(copy)) {
    const known = old.get(arn)?.versions ?? {}
    for (const version of Object.keys(fn.versions)) if (!(version in known)) delete fn.versions[version]
  }
  return copy
}

export interface Permitted {
  /** Functions whose mode may change, and whose roles may be given or lose the grant. */
  chosen: ReadonlySet<string>
  roles: boolean
  aliases: boolean
}

/** The picture with all that may change made alike; new versions are left to `withoutNewVersions`. */
export function withoutChanges(picture: Picture, { chosen, roles, aliases }: Permitted): Picture {
  const copy = structuredClone(picture)
  const byArn = rolesIn(copy)
  for (const { arn, fn } of functionsIn(copy)) {
    if (!chosen.has(arn)) continue
    fn.configuration.TracingConfig.Mode = 'PassThrough'
    if (aliases) {
      for (const alias of Object.values(fn.aliases)) Object.assign(alias, { version: 'any', weights: {} })
      if (fn.latestPublished) fn.latestPublished.TracingConfig.Mode = 'PassThrough'
    }
    const role = byArn.get(fn.configuration.Role)
    if (roles && role) {
      role.managed = role.managed.filter((policy) => !GRANTED.test(policy))
      if (JSON.stringify(role.inline[INLINE]) === OURS) delete role.inline[INLINE]
    }
  }
  return copy
}
