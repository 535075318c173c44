/** The regions that an account has enabled: from the Account API, else from EC2. */
import { AccountClient, type AccountClientConfig, ListRegionsCommand } from '@aws-sdk/client-account'
import { DescribeRegionsCommand, EC2Client, type EC2ClientConfig } from '@aws-sdk/client-ec2'
import { type Attempts, attempt } from './attempts.js'
import type { RegionsGateway } from './gateways.js'

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
    const names: string[] = []
    let NextToken: string | undefined
    do {
      const command = new ListRegionsCommand({
        MaxResults: 50,
        RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'],
        NextToken,
      })
      const page = await attempt(
        { service: 'account', operation: 'ListRegions' },
        'repeatable',
        () => this.#account.send(command),
        this.attempts,
      )
      for (const region of page.Regions ?? []) if (region.RegionName) names.push(region.RegionName)
      NextToken = page.NextToken || undefined
    } while (NextToken !== undefined)
    return names.sort()
  }

  async fromEc2(): Promise<string[]> {
    const send = () => this.#ec2.send(new DescribeRegionsCommand({ AllRegions: false }))
    const answer = await attempt({ service: 'ec2', operation: 'DescribeRegions' }, 'repeatable', send, this.attempts)
    return (answer.Regions ?? []).flatMap((region) => region.RegionName ?? []).sort()
  }
}
