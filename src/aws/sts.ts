/** The identity gateway over the AWS SDK: whose credentials these are. */
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from '@aws-sdk/client-sts'
import { type Attempts, attempt } from './attempts.js'
import type { Caller, IdentityGateway } from './gateways.js'

export class IdentityOverSdk implements IdentityGateway {
  readonly #client: STSClient

  constructor(
    config: STSClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new STSClient(config)
  }

  async whoAmI(): Promise<Caller> {
    const send = () => this.#client.send(new GetCallerIdentityCommand({}))
    const answer = await attempt({ service: 'sts', operation: 'GetCallerIdentity' }, 'repeatable', send, this.attempts)
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' }
  }
}
