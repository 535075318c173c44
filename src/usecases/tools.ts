/** What every use case is handed: gateways, time, and somewhere to say how far it is. */
import type { AwsAccess, Clock } from '../aws/gateways.js'

export interface Progress {
  /** What is going on now; `done` of `total` where both are known, and whatever else matters. */
  say(doing: string, done?: number, total?: number, besides?: string): void
}

export interface Tools {
  aws: AwsAccess
  clock: Clock
  progress: Progress
}
