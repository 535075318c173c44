/** The identity gateway over the AWS SDK: whose credentials these are, and sessions in other accounts. */
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  STSClient,
  type STSClientConfig,
  type Credentials as StsCredentials,
} from '@aws-sdk/client-sts'
import { partitionOf } from '../core/region.js'
import { stopsEverything, XtraceError } from '../errors.js'
import { type Attempts, attempt } from './attempts.js'
import type { Caller, Entrance, IdentityGateway } from './gateways.js'
import type { OpenedSession } from './role-session.js'

/** Seconds. AWS gives no more to a session that another session opens, and every role allows it. */
const SESSION_LENGTH = 3600

export class IdentityOverSdk implements IdentityGateway {
  readonly #client: STSClient

  constructor(
    private readonly config: STSClientConfig & { region: string },
    private readonly attempts: Attempts,
  ) {
    this.#client = new STSClient(config)
  }

  async whoAmI(): Promise<Caller> {
    const send = () => this.#client.send(new GetCallerIdentityCommand({}))
    const answer = await attempt({ service: 'sts', operation: 'GetCallerIdentity' }, 'repeatable', send, this.attempts)
    return { account: answer.Account ?? '', arn: answer.Arn ?? '' }
  }

  async openSession({ account, role, externalId }: Entrance): Promise<OpenedSession> {
    const command = new AssumeRoleCommand({
      RoleArn: `arn:${partitionOf(this.config.region)}:iam::${account}:role/${role}`,
      RoleSessionName: 'xtrace',
      DurationSeconds: SESSION_LENGTH,
      ...(externalId !== undefined && { ExternalId: externalId }),
    })
    try {
      const send = () => this.#client.send(command)
      const answer = await attempt({ service: 'sts', operation: 'AssumeRole' }, 'repeatable', send, this.attempts)
      return this.#opened(answer.Credentials)
    } catch (error) {
      throw notAssumed(error, account, role)
    }
  }

  /** AWS says when the session ends by its own clock: this machine's may be wrong, and the SDK knows by how much. */
  #opened(keys: StsCredentials | undefined): OpenedSession {
    if (!keys?.AccessKeyId || !keys.SecretAccessKey) throw new XtraceError('SERVER_ERROR', 'AWS gave no keys.')
    const now = this.attempts.clock.now() + this.#client.config.systemClockOffset
    return {
      credentials: {
        accessKeyId: keys.AccessKeyId,
        secretAccessKey: keys.SecretAccessKey,
        ...(keys.SessionToken && { sessionToken: keys.SessionToken }),
      },
      lasts: keys.Expiration ? keys.Expiration.getTime() - now : SESSION_LENGTH * 1000,
    }
  }
}

/** What concerns the one account says so; the caller's own credentials concern all of them. */
function notAssumed(error: unknown, account: string, role: string): unknown {
  if (!(error instanceof XtraceError) || error.code === 'FAULT' || stopsEverything(error)) return error
  return new XtraceError(error.code, `Role ${role} in account ${account} cannot be assumed: ${error.message}`, {
    ...(error.code === 'ACCESS_DENIED' && { suggestions: WAYS_IN }),
    ...(error.aws && { aws: error.aws }),
    cause: error,
  })
}

const WAYS_IN = [
  'See whether the account has a role of that name, and whether its trust policy names whoever runs xtrace.',
  'Name another role with --assume-role; give the external id that the trust policy demands with --external-id.',
  '`xtrace permissions audit --uses organization` prints what the caller needs.',
]
