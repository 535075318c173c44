/** One set of credentials: makes each gateway at first use, and loads its SDK client only then. */
import type { defaultProvider } from '@aws-sdk/credential-provider-node'
import {
  loadConfig,
  loadSharedConfigFiles,
  NODE_REGION_CONFIG_FILE_OPTIONS,
  NODE_REGION_CONFIG_OPTIONS,
} from '@smithy/core/config'
import { homeRegionOf } from '../core/region.js'
import { XtraceError } from '../errors.js'
import type { Attempts } from './attempts.js'
import type {
  AwsAccess,
  IamGateway,
  IdentityGateway,
  LambdaGateway,
  Pace,
  RegionsGateway,
  TaggingGateway,
} from './gateways.js'

export interface AccessOptions extends Attempts {
  profile?: string
  /** For the User-Agent: `xtrace/VERSION`. */
  version: string
  /** A new token bucket for each region and quota. */
  pace(quota: 'getFunction' | 'others'): Pace
}

/** Milliseconds. A call that hangs longer counts as a lost connection. */
const CONNECT_TIMEOUT = 5_000
const ANSWER_TIMEOUT = 60_000
/** Node's longest: the SDK's warning about busy sockets never comes, since calls are paced here. */
const LONGEST_TIMER = 2 ** 31 - 1

export function awsAccess(options: AccessOptions): AwsAccess {
  const attempts: Attempts = { clock: options.clock, checkpoint: options.checkpoint, random: options.random }
  const lambdas = new Map<string, Promise<LambdaGateway>>()
  const iams = new Map<string, Promise<IamGateway>>()
  const credentials = sharedCredentials(options.profile)
  const config = (region: string) => ({ ...clientConfig(region, options), credentials })
  return {
    defaultRegion: () => chainRegion(options.profile),
    lambda: (region) =>
      kept(lambdas, region, async () => {
        const { LambdaOverSdk } = await import('./lambda.js')
        const paces = { getFunction: options.pace('getFunction'), others: options.pace('others') }
        return new LambdaOverSdk(config(region), attempts, paces)
      }),
    iam: (partition) =>
      kept(iams, partition, async () => {
        const { IamOverSdk } = await import('./iam.js')
        return new IamOverSdk(config(homeRegionOf(partition)), attempts)
      }),
    identity: async (region): Promise<IdentityGateway> => {
      const { IdentityOverSdk } = await import('./sts.js')
      return new IdentityOverSdk(config(region), attempts)
    },
    tagging: async (region): Promise<TaggingGateway> => {
      const { TaggingOverSdk } = await import('./tagging.js')
      return new TaggingOverSdk(config(region), attempts)
    },
    regions: async (region): Promise<RegionsGateway> => {
      const { RegionsOverSdk } = await import('./account-regions.js')
      return new RegionsOverSdk(config(region), attempts)
    },
  }
}

/** One attempt per send: pacing and retrying are done in attempts.ts, where a write is told from a read. */
function clientConfig(region: string, options: AccessOptions) {
  return {
    region,
    maxAttempts: 1,
    customUserAgent: [['xtrace', options.version]] as [string, string][],
    requestHandler: {
      connectionTimeout: CONNECT_TIMEOUT,
      requestTimeout: ANSWER_TIMEOUT,
      throwOnRequestTimeout: true,
      socketAcquisitionWarningTimeout: LONGEST_TIMER,
    },
    ...(options.profile !== undefined && { profile: options.profile }),
  }
}

/** @returns undefined when neither the environment nor the profile names a region */
async function chainRegion(profile: string | undefined): Promise<string | undefined> {
  const files = { ...NODE_REGION_CONFIG_FILE_OPTIONS, ...(profile !== undefined && { profile }) }
  const region = await loadConfig({ ...NODE_REGION_CONFIG_OPTIONS, default: () => '' }, files)()
  return region || undefined
}

type Provider = ReturnType<typeof defaultProvider>

const ignore = () => undefined
/** `--profile` is meant to win over keys in the environment: the SDK's warning that there are both is noise. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** The SDK's chain, asked once for all clients: a credential process or SSO is not run once a region. */
function sharedCredentials(profile: string | undefined): Provider {
  let chain: Promise<Provider> | undefined
  return async (properties) => {
    chain ??= providerChain(profile)
    return (await chain)(properties)
  }
}

async function providerChain(profile: string | undefined): Promise<Provider> {
  await requireProfile(profile ?? process.env.AWS_PROFILE)
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node')
  return defaultProvider(profile === undefined ? {} : { profile, logger: SILENT })
}

/** For a profile that is in no file the SDK would go on to the machine's own role: another account, maybe. */
async function requireProfile(name: string | undefined): Promise<void> {
  if (!name || name === 'default') return
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  if (name in configFile || name in credentialsFile) return
  throw new XtraceError(
    'NO_CREDENTIALS',
    `Profile ${name} is neither in the AWS config file nor in the credentials file.`,
    {
      suggestions: ['aws configure list-profiles shows the profiles there are.'],
    },
  )
}

function kept<T>(made: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const known = made.get(key) ?? make()
  made.set(key, known)
  return known
}
