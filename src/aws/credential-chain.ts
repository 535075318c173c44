/** The caller's own credentials: the SDK's chain, asked once for all clients. */
import type { defaultProvider } from '@aws-sdk/credential-provider-node'
import { loadSharedConfigFiles } from '@smithy/core/config'
import { XtraceError } from '../errors.js'

export type CredentialProvider = ReturnType<typeof defaultProvider>
export type Credentials = Awaited<ReturnType<CredentialProvider>>

const ignore = () => undefined
/** `--profile` is meant to win over keys in the environment: the SDK's warning that there are both is noise. */
const SILENT = { debug: ignore, info: ignore, warn: ignore, error: ignore }

/** A credential process or SSO is not run once a region. */
export function chainCredentials(profile: string | undefined): CredentialProvider {
  let chain: Promise<CredentialProvider> | undefined
  return async (properties) => {
    chain ??= providerChain(profile)
    return (await chain)(properties)
  }
}

async function providerChain(profile: string | undefined): Promise<CredentialProvider> {
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
