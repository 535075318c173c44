/** The record of one request. */

export interface Call {
  /** Milliseconds since the epoch, on arrival. */
  readonly at: number
  readonly service: string
  readonly region: string
  readonly account: string
  readonly operation: string
  /** Name of the function or role, ARN of the policy. */
  readonly resource?: string
  readonly qualifier?: string
  /** 0 where the connection was cut. */
  readonly status: number
  readonly errorCode?: string
  readonly write: boolean
  /** The parsed request, environment values and code hidden. */
  readonly body?: unknown
}
