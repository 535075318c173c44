/** A sandbox on a virtual clock, with real SDK clients that talk to it. */
import { AccountClient } from '@aws-sdk/client-account'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { ConfigServiceClient } from '@aws-sdk/client-config-service'
import { EC2Client } from '@aws-sdk/client-ec2'
import { IAMClient } from '@aws-sdk/client-iam'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { OrganizationsClient } from '@aws-sdk/client-organizations'
import { ResourceGroupsTaggingAPIClient } from '@aws-sdk/client-resource-groups-tagging-api'
import { STSClient } from '@aws-sdk/client-sts'
import { XRayClient } from '@aws-sdk/client-xray'
import { expect } from 'vitest'
import { type Sandbox, type SandboxOptions, startSandbox } from '../../src/sandbox/server.js'

export class VirtualClock {
  #now = Date.UTC(2026, 5, 1)

  now(): number {
    return this.#now
  }

  async sleep(ms: number): Promise<void> {
    this.#now += ms
  }

  advance(ms: number): void {
    this.#now += ms
  }
}

interface Credentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export const KEYS: Credentials = { accessKeyId: 'AKIA123456789012TEST', secretAccessKey: 'secret' }

/** The operator of another account. */
export function keysOf(account: string): Credentials {
  return { ...KEYS, accessKeyId: `AKIA${account}TEST` }
}

export interface Clients {
  readonly sandbox: Sandbox
  readonly clock: VirtualClock
  lambda(region?: string, credentials?: Credentials): LambdaClient
  iam(region?: string, credentials?: Credentials): IAMClient
  sts(region?: string, credentials?: Credentials): STSClient
  tagging(region?: string, credentials?: Credentials): ResourceGroupsTaggingAPIClient
  account(region?: string, credentials?: Credentials): AccountClient
  ec2(region?: string, credentials?: Credentials): EC2Client
  organizations(region?: string, credentials?: Credentials): OrganizationsClient
  config(region?: string, credentials?: Credentials): ConfigServiceClient
  xray(region?: string, credentials?: Credentials): XRayClient
  cloudwatch(region?: string, credentials?: Credentials): CloudWatchClient
  close(): Promise<void>
}

/** Clients try once, so that every answer is seen. */
export async function sandboxClients(options: SandboxOptions = {}): Promise<Clients> {
  const clock = new VirtualClock()
  const sandbox = await startSandbox({ clock, ...options })
  const opened: Array<{ destroy(): void }> = []
  const configuration = (region: string, credentials: Credentials) => ({
    region,
    credentials,
    endpoint: sandbox.url,
    maxAttempts: 1,
  })
  const keep = <T extends { destroy(): void }>(client: T): T => {
    opened.push(client)
    return client
  }
  return {
    sandbox,
    clock,
    lambda: (region = 'us-east-1', credentials = KEYS) => keep(new LambdaClient(configuration(region, credentials))),
    iam: (region = 'us-east-1', credentials = KEYS) => keep(new IAMClient(configuration(region, credentials))),
    sts: (region = 'us-east-1', credentials = KEYS) => keep(new STSClient(configuration(region, credentials))),
    tagging: (region = 'us-east-1', credentials = KEYS) =>
      keep(new ResourceGroupsTaggingAPIClient(configuration(region, credentials))),
    account: (region = 'us-east-1', credentials = KEYS) => keep(new AccountClient(configuration(region, credentials))),
    ec2: (region = 'us-east-1', credentials = KEYS) => keep(new EC2Client(configuration(region, credentials))),
    organizations: (region = 'us-east-1', credentials = KEYS) =>
      keep(new OrganizationsClient(configuration(region, credentials))),
    config: (region = 'us-east-1', credentials = KEYS) =>
      keep(new ConfigServiceClient(configuration(region, credentials))),
    xray: (region = 'us-east-1', credentials = KEYS) => keep(new XRayClient(configuration(region, credentials))),
    cloudwatch: (region = 'us-east-1', credentials = KEYS) =>
      keep(new CloudWatchClient(configuration(region, credentials))),
    close: async () => {
      for (const client of opened) client.destroy()
      await sandbox.close()
    },
  }
}

export interface Refusal {
  name: string
  message: string
  status: number
}

/** How AWS refused the call; the test fails where it did not. */
export async function refusal(call: Promise<unknown>): Promise<Refusal> {
  const outcome = await call.then(
    () => undefined,
    (error: Error & { $metadata?: { httpStatusCode?: number } }) => ({
      name: error.name,
      message: error.message,
      status: error.$metadata?.httpStatusCode ?? 0,
    }),
  )
  if (outcome === undefined) expect.fail('the call was expected to be refused')
  return outcome
}
