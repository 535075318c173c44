/** The session by which another account is read: opened at the first call, renewed before it ends. */
import { stopsEverything, XtraceError } from '../errors.js'
import type { CredentialProvider, Credentials } from './credential-chain.js'
import type { Clock, Entrance, IdentityGateway } from './gateways.js'

export interface OpenedSession {
  credentials: Credentials
  /** Milliseconds from now until AWS ends it. */
  lasts: number
}

/** Milliseconds: what is under way with the old keys has so long to arrive. */
const RENEWED_BEFORE_END = 5 * 60_000

export class RoleSession {
  #current: { credentials: Credentials; renewAt: number } | undefined
  #opening: Promise<Credentials> | undefined
  /** AWS's no to the role: not every call of the account asks for it again. */
  #denial: XtraceError | undefined

  /** @param home region whose STS opens the session */
  constructor(
    private readonly entrance: Entrance,
    private readonly home: string,
    private readonly open: () => Promise<OpenedSession>,
    private readonly clock: Clock,
  ) {}

  /** The SDK asks before every request, and by the mark keeps no copy of its own in each client. */
  readonly credentials: CredentialProvider = Object.assign(() => this.#credentials(), { memoized: true })

  async #credentials(): Promise<Credentials> {
    if (this.#denial) throw this.#denial
    if (this.#current && this.clock.now() < this.#current.renewAt) return this.#current.credentials
    this.#opening ??= this.#renew()
    return this.#opening
  }

  async #renew(): Promise<Credentials> {
    try {
      const { credentials, lasts } = await this.open()
      this.#current = { credentials, renewAt: this.clock.now() + lasts - RENEWED_BEFORE_END }
      return credentials
    } catch (error) {
      if (error instanceof XtraceError && error.code === 'ACCESS_DENIED') this.#denial = error
      throw error
    } finally {
      this.#opening = undefined
    }
  }

  /**
   * AWS has refused the session itself: that concerns this account, and no other.
   * @param again a new session was refused as well
   * @throws XtraceError saying what that means here, unless a new session may help
   */
  async onRefused(fault: XtraceError, again: boolean, { region, identity }: RefusingPlace): Promise<void> {
    if (fault.code === 'EXPIRED_CREDENTIALS' && !again) {
      this.#current = undefined
      return
    }
    const { account, role } = this.entrance
    if (fault.code === 'INVALID_CREDENTIALS' && region !== this.home && (await isAccepted(identity(this.home))))
      throw new XtraceError('REGION_NOT_ENABLED', `Region ${region} is not enabled for account ${account}.`)
    throw new XtraceError(
      'ACCESS_DENIED',
      `The session of role ${role} in account ${account} is refused: ${fault.message}`,
      {
        suggestions: ['See whether the role has been changed or deleted meanwhile, and run the same command again.'],
        ...(fault.aws && { aws: fault.aws }),
        cause: fault,
      },
    )
  }
}

/** Where a session was refused, and who answers with it in any region. */
export interface RefusingPlace {
  region: string
  identity(region: string): Promise<IdentityGateway>
}

async function isAccepted(identity: Promise<IdentityGateway>): Promise<boolean> {
  try {
    await (await identity).whoAmI()
    return true
  } catch (error) {
    if (!(error instanceof XtraceError) || stopsEverything(error)) throw error
    return false
  }
}
