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
import { ask } from './ask.js'
import type { Attempts } from './attempts.js'
import { optional, required } from './fields.js'
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
    return ask(
      {
        service: 'sts',
        operation: 'GetCallerIdentity',
        kind: 'repeatable',
        send: () => this.#client.send(new GetCallerIdentityCommand({})),
        read: (answer) => ({
          account: required(answer, 'Account', 'text'),
          arn: optional(answer, 'Arn', 'text') ?? '',
        }),
      },
      this.attempts,
    )
  }

  async openSession({ account, role, externalId }: Entrance): Promise<OpenedSession> {
    const command = new AssumeRoleCommand({
      RoleArn: `arn:${partitionOf(this.config.region)}:iam::${account}:role/${role}`,
      RoleSessionName: 'xtrace',
      DurationSeconds: SESSION_LENGTH,
      ...(externalId !== undefined && { ExternalId: externalId }),
    })
    try {
      return await ask(
        {
          service: 'sts',
          operation: 'AssumeRole',
          kind: 'repeatable',
          send: () => this.#client.send(command),
          read: (answer) => this.#opened(required(answer, 'Credentials', 'record')),
        },
        this.attempts,
      )
    } catch (error) {
      throw notAssumed(error, account, role)
    }
  }

  /** AWS says when the session ends by its own clock: this machine's may be wrong, and the SDK knows by how much. */
  #opened(keys: StsCredentials): OpenedSession {
    const now = this.attempts.clock.now() + this.#client.config.systemClockOffset
    const sessionToken = optional(keys, 'SessionToken', 'text')
    const ends = optional(keys, 'Expiration', 'time')
    return {
      credentials: {
        accessKeyId: required(keys, 'AccessKeyId', 'text'),
        secretAccessKey: required(keys, 'SecretAccessKey', 'text'),
        ...(sessionToken && { sessionToken }),
      },
      lasts: ends ? ends.getTime() - now : SESSION_LENGTH * 1000,
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
