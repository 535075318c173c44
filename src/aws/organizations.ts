/** The organizations gateway over the AWS SDK: the accounts of the organization. */
import {
  type Account,
  ListAccountsCommand,
  OrganizationsClient,
  type OrganizationsClientConfig,
} from '@aws-sdk/client-organizations'
import { XtraceError } from '../errors.js'
import type { Attempts } from './attempts.js'
import { optional, required } from './fields.js'
import type { MemberAccount, OrganizationsGateway } from './gateways.js'
import { pagesOf } from './pages.js'

export class OrganizationsOverSdk implements OrganizationsGateway {
  readonly #client: OrganizationsClient

  constructor(
    config: OrganizationsClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new OrganizationsClient(config)
  }

  async *listAccounts(): AsyncGenerator<MemberAccount[]> {
    try {
      yield* pagesOf(
        {
          service: 'organizations',
          operation: 'ListAccounts',
          send: (NextToken) => this.#client.send(new ListAccountsCommand({ MaxResults: 20, NextToken })),
          read: (answer) => ({
            items: required(answer, 'Accounts', 'list').map(memberOf),
            next: optional(answer, 'NextToken', 'text'),
          }),
        },
        this.attempts,
      )
    } catch (error) {
      throw explained(error)
    }
  }
}

/** `Status` is retired: it knows fewer states, and is asked only where AWS gives no `State`. */
function memberOf(account: Account): MemberAccount {
  return {
    id: required(account, 'Id', 'text'),
    name: optional(account, 'Name', 'text') ?? '',
    state: optional(account, 'State', 'text') ?? optional(account, 'Status', 'text') ?? 'UNKNOWN',
  }
}

/** AWS's own words do not say who may list the accounts. */
function explained(error: unknown): unknown {
  if (!(error instanceof XtraceError)) return error
  const outside = error.aws?.code === 'AWSOrganizationsNotInUseException'
  if (!outside && error.code !== 'ACCESS_DENIED') return error
  const why = outside ? 'this account is in no organization' : error.message
  return new XtraceError(error.code, `The accounts of the organization cannot be listed: ${why}`, {
    suggestions: [
      ...(outside
        ? []
        : ['Use credentials of the management account, or of a delegated administrator of the organization.']),
      'Name the accounts instead: --account 111122223333,444455556666.',
    ],
    ...(error.aws && { aws: error.aws }),
    cause: error,
  })
}
