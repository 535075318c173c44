/** Gateways as the program makes them, on a clock that only notes how long it was asked to sleep. */
import { type AccessOptions, awsAccess } from '../../../src/aws/clients.js'
import type { AwsAccess, Clock, IamGateway, IdentityGateway, LambdaGateway, Pace } from '../../../src/aws/gateways.js'

export class FakeClock implements Clock {
  /** Milliseconds, each wait by itself. */
  readonly slept: number[] = []
  #now = 0

  now(): number {
    return this.#now
  }

  async sleep(ms: number): Promise<void> {
    this.slept.push(ms)
    this.#now += ms
  }
}

export class NotedPace implements Pace {
  taken = 0
  readonly backedOff: number[] = []

  async take(): Promise<void> {
    this.taken++
  }

  backOff(ms: number): void {
    this.backedOff.push(ms)
  }
}

export interface Access {
  aws: AwsAccess
  clock: FakeClock
  /** In the order in which they were made. */
  paces: Array<{ quota: 'getFunction' | 'others'; pace: NotedPace }>
  lambda(region?: string): Promise<LambdaGateway>
  iam(partition?: string): Promise<IamGateway>
  identity(region?: string): Promise<IdentityGateway>
}

/** Random is 1 − ε: every wait is the longest of its round (200, 400, 800 … ms). */
export function openAccess(options: Partial<AccessOptions> = {}): Access {
  const clock = new FakeClock()
  const paces: Access['paces'] = []
  const aws = awsAccess({
    clock,
    checkpoint: () => undefined,
    random: () => 1,
    version: '1.2.3',
    pace: (quota) => {
      const pace = new NotedPace()
      paces.push({ quota, pace })
      return pace
    },
    ...options,
  })
  return {
    aws,
    clock,
    paces,
    lambda: (region = 'us-east-1') => aws.lambda(region),
    iam: (partition = 'aws') => aws.iam(partition),
    identity: (region = 'us-east-1') => aws.identity(region),
  }
}
