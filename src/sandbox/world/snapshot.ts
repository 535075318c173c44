/** A world as plain JSON, without what differs between two runs that did the same. */
import type { Account } from './account.js'
import type { FunctionConfiguration } from './function-configuration.js'
import type { LambdaFunction } from './lambda-function.js'
import type { Region } from './region.js'
import type { Role } from './role.js'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

export function snapshotOf(accounts: ReadonlyMap<string, Account>): Json {
  return plain(sorted(accounts, accountSnapshot))
}

function accountSnapshot(account: Account): object | undefined {
  const policies = new Map([...account.policies].filter(([, policy]) => !policy.awsManaged))
  const regions = sorted(account.regions, regionSnapshot)
  if (account.roles.size + policies.size + Object.keys(regions).length === 0) return undefined
  return {
    partition: account.partition,
    roles: sorted(account.roles, roleSnapshot),
    policies: sorted(policies, (policy) => ({
      defaultVersion: policy.defaultVersion.id,
      versions: sorted(policy.versions, (version) => version.stored.document),
    })),
    regions,
  }
}

function roleSnapshot(role: Role): object {
  return {
    arn: role.arn,
    description: role.description ?? '',
    trust: role.trust.document,
    managed: [...role.managed].sort(),
    inline: sorted(role.inline, (stored) => stored.document),
    boundary: role.boundary ?? null,
  }
}

function regionSnapshot(region: Region): object | undefined {
  if (region.functions.size === 0) return undefined
  const eventSources = region.eventSourceMappings.map(({ uuid: _volatile, ...mapping }) => mapping)
  return { functions: sorted(region.functions, functionSnapshot), eventSources }
}

function functionSnapshot(lambda: LambdaFunction): object {
  return {
    configuration: configurationSnapshot(lambda.configuration),
    tags: sorted(new Map(Object.entries(lambda.tags)), (value) => value),
    versions: sorted(lambda.versions, ({ configuration }) => configurationSnapshot(configuration)),
    latestPublished: lambda.latestPublished ? configurationSnapshot(lambda.latestPublished.configuration) : null,
    aliases: sorted(lambda.aliases, ({ revisionId: _volatile, ...alias }) => alias),
  }
}

/** A function that lost its TracingConfig key and one set to PassThrough are the same. */
function configurationSnapshot(configuration: FunctionConfiguration): object {
  return { ...configuration, TracingConfig: configuration.TracingConfig ?? { Mode: 'PassThrough' } }
}

function sorted<T>(entries: ReadonlyMap<string, T>, write: (value: T) => unknown): Record<string, unknown> {
  return Object.fromEntries(
    [...entries]
      .map(([key, value]) => [key, write(value)] as const)
      .filter(([, written]) => written !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  )
}

function plain(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json
}
