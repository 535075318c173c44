/** The regions that an account has enabled: from the Account API, else from EC2. */
import {
  AccountClient,
  type AccountClientConfig,
  ListRegionsCommand,
  type ListRegionsCommandInput,
} from '@aws-sdk/client-account'
import { DescribeRegionsCommand, EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2'
import { ask } from './ask.js'
import type { Attempts } from './attempts.js'
import { optional, required } from './fields.js'
import type { RegionsGateway } from './gateways.js'
import { everyItem, pagesOf } from './pages.js'

const ENABLED: Pick<ListRegionsCommandInput, 'RegionOptStatusContains'> = {
  RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
}

export class RegionsOverSdk implements RegionsGateway {
  readonly #account: AccountClient
  readonly #ec2: EC2Client

  constructor(
    config: AccountClientConfig & EC2ClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#account = new AccountClient(config)
    this.#ec2 = new EC2Client(config)
  }

  async fromAccount(): Promise<string[]> {
    const pages = pagesOf(
      {
        service: 'account',
        operation: 'ListRegions',
        send: (NextToken) => this.#account.send(new ListRegionsCommand({ ...ENABLED, MaxResults: 50, NextToken })),
        read: (answer) => ({
          items: required(answer, 'Regions', 'list').map((region) => required(region, 'RegionName', 'text')),
          next: optional(answer, 'NextToken', 'text'),
        }),
      },
      this.attempts,
    )
    return (await everyItem(pages)).sort()
  }

  async fromEc2(): Promise<string[]> {
    const names = await ask(
      {
        service: 'ec2',
        operation: 'DescribeRegions',
        kind: 'repeatable',
        send: () => this.#ec2.send(new DescribeRegionsCommand({ AllRegions: false })),
        read: (answer) => required(answer, 'Regions', 'list').map((region) => required(region, 'RegionName', 'text')),
      },
      this.attempts,
    )
    return names.sort()
  }
}
