/** One set of credentials: makes each gateway at first use, and loads its SDK client only then. */
import { loadConfig, NODE_REGION_CONFIG_FILE_OPTIONS, NODE_REGION_CONFIG_OPTIONS } from '@smithy/core/config'
import { homeRegionOf } from '../core/region.js'
import { acrossAccounts } from './across-accounts.js'
import type { Attempts } from './attempts.js'
import { type ClientSettings, clientConfig, socketPool } from './client-settings.js'
import { chainCredentials } from './credential-chain.js'
import { refuseEndpointVariables, refuseProfileEndpoints } from './endpoints.js'
import type { AwsAccess, IamGateway, LambdaGateway, Pace } from './gateways.js'
import { RoleSession } from './role-session.js'

export interface AccessOptions extends Omit<Attempts, 'onRefusedKeys'> {
  profile?: string
  /** For the User-Agent: `xtrace/VERSION`. */
  version: string
  /** A new token bucket for each region and quota. */
  pace(quota: 'getFunction' | 'others'): Pace
}

/** @throws XtraceError USAGE for a variable that names an endpoint and is no URL */
export function awsAccess(options: AccessOptions): AwsAccess {
  refuseEndpointVariables(process.env)
  const settings = {
    version: options.version,
    ...(options.profile !== undefined && { profile: options.profile }),
    credentials: chainCredentials(options.profile),
    sockets: socketPool(),
    checked: once(() => refuseProfileEndpoints(options.profile, process.env)),
  }
  return accessWith(settings, options)
}

interface CheckedSettings extends ClientSettings {
  /** The same answer for every client: there is one for each region and account. */
  checked(): Promise<void>
}

function once(check: () => Promise<void>): () => Promise<void> {
  let checked: Promise<void> | undefined
  return () => {
    checked ??= check()
    return checked
  }
}

/** @param session whose credentials these are, where they are not the caller's own */
function accessWith(settings: CheckedSettings, options: AccessOptions, session?: RoleSession): AwsAccess {
  const lambdas = new Map<string, Promise<LambdaGateway>>()
  const iams = new Map<string, Promise<IamGateway>>()
  const config = async (region: string) => {
    await settings.checked()
    return clientConfig(region, settings)
  }
  const attempts = (region: string): Attempts => ({
    clock: options.clock,
    checkpoint: options.checkpoint,
    random: options.random,
    ...(session && { onRefusedKeys: (fault, again) => session.onRefused(fault, again, { region, identity }) }),
  })
  const identity = async (region: string) => {
    const { IdentityOverSdk } = await import('./sts.js')
    return new IdentityOverSdk(await config(region), attempts(region))
  }
  const access: AwsAccess = {
    identity,
    defaultRegion: () => chainRegion(options.profile),
    lambda: (region) =>
      kept(lambdas, region, async () => {
        const { LambdaOverSdk } = await import('./lambda.js')
        const paces = { getFunction: options.pace('getFunction'), others: options.pace('others') }
        return new LambdaOverSdk(await config(region), attempts(region), paces)
      }),
    iam: (partition) =>
      kept(iams, partition, async () => {
        const { IamOverSdk } = await import('./iam.js')
        const home = homeRegionOf(partition)
        return new IamOverSdk(await config(home), attempts(home))
      }),
    tagging: async (region) => {
      const { TaggingOverSdk } = await import('./tagging.js')
      return new TaggingOverSdk(await config(region), attempts(region))
    },
    regions: async (region) => {
      const { RegionsOverSdk } = await import('./account-regions.js')
      return new RegionsOverSdk(await config(region), attempts(region))
    },
    organizations: async (partition) => {
      const { OrganizationsOverSdk } = await import('./organizations.js')
      const home = homeRegionOf(partition)
      return new OrganizationsOverSdk(await config(home), attempts(home))
    },
    config: async (region) => {
      const { ConfigOverSdk } = await import('./config-query.js')
      return new ConfigOverSdk(await config(region), attempts(region))
    },
    xray: async (region) => {
      const { XrayOverSdk } = await import('./xray.js')
      return new XrayOverSdk(await config(region), attempts(region))
    },
    metrics: async (region) => {
      const { MetricsOverSdk } = await import('./metrics.js')
      return new MetricsOverSdk(await config(region), attempts(region))
    },
    enter: (entrance, home) => {
      const open = async () => (await identity(home)).openSession(entrance)
      const entered = new RoleSession(entrance, home, open, options.clock)
      return accessWith({ ...settings, credentials: entered.credentials }, options, entered)
    },
    through: (way) => acrossAccounts(access, way),
    inAccount: async () => access,
  }
  return access
}

/** @returns undefined when neither the environment nor the profile names a region */
async function chainRegion(profile: string | undefined): Promise<string | undefined> {
  const files = { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile !== undefined && { profile }) }
  const region = await loadConfig({ ...NODE_REGION_CONFIG_OPTIONS, default: () => '' }, files)()
  return region || undefined
}

function kept<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}
