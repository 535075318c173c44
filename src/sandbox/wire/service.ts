/** What a service of the sandbox looks like to the dispatcher. */
import type { AwsError } from '../aws-error.js'
import type { SandboxSettings } from '../settings.js'
import type { Account } from '../world/account.js'
import type { World } from '../world.js'
import type { Caller } from './caller.js'
import type { HttpRequest } from './http-request.js'

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What an operation works with. */
export interface Context {
  readonly world: World
  readonly account: Account
  readonly caller: Caller
  readonly operation: string
  readonly settings: SandboxSettings
  /** Milliseconds since the epoch, at the time the work is done. */
  readonly now: number
  readonly requestId: string
}

/** A request whose operation is known and whose work is still to be done. */
export interface Routed {
  readonly operation: string
  /** Name of the function or role, or ARN of the policy, that it is about. */
  readonly resource?: string | undefined
  readonly resourceArn?: string | undefined
  readonly qualifier?: string | undefined
  readonly write: boolean
  /** The quota that it is charged to. */
  readonly quota?: 'all' | 'GetFunction' | 'GetPolicy'
  /** The parsed request, fit to be recorded. */
  readonly input: unknown
  /** @throws AwsError */
  perform(context: Context): Answer
}

export type FaultName = 'expired-token' | 'region-off' | 'throttle' | 'denied' | 'unsigned' | 'http-500' | 'http-503'

/** How a service words a denial. */
export interface DenialWords {
  /** IAM's name of the service; absent: the one that requests are signed with. */
  readonly prefix?: string
  readonly opening?: string
  /** All that it says, whoever denies and whatever. */
  readonly always?: string
  /** Whether it says `on resource: …`. */
  readonly namesResource: boolean
}

export interface Service {
  /** Refuses callers whose account has the region disabled. */
  readonly regional?: boolean
  readonly denial: DenialWords
  /** @throws AwsError for what the service does not know */
  route(request: HttpRequest, caller: Caller): Routed
  writeError(error: AwsError, requestId: string): Answer
  /** The service's own status, code and words for a trouble that every service has. @param text replaces the words */
  trouble(name: FaultName, text?: string): AwsError
}

export function isWrite(operation: string): boolean {
  return !/^(Get|List|Describe|Assume|Unknown)/.test(operation)
}
