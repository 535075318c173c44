/** CloudWatch in memory, beside accounts that are in memory: how often each function was invoked. */
import type { AwsAccess } from '../../../../src/aws/gateways.js'
import type { MetricsGateway } from '../../../../src/aws/telemetry-gateways.js'
import type { XtraceError } from '../../../../src/errors.js'

/** `ACCOUNT REGION` → name → counts of each period; or why nothing is told there. */
export type Calls = Record<string, Record<string, number[]> | XtraceError>

export interface Asked {
  place: string
  names: string[]
  from: number
  to: number
  periodSeconds: number
}

export class FakeMetrics {
  readonly asked: Asked[] = []

  /** @param failing the names of these are not told: what comes before them is */
  constructor(
    private readonly calls: Calls,
    private readonly failing: Record<string, XtraceError> = {},
  ) {}

  /** The same access, with these metrics in every account. */
  in(aws: AwsAccess, account: string): AwsAccess {
    return {
      ...aws,
      metrics: async (region) => this.#gateway(`${account} ${region}`),
      inAccount: async (id, partition) => this.in(await aws.inAccount(id, partition), id),
    }
  }

  #gateway(place: string): MetricsGateway {
    const { asked, calls, failing } = this
    return {
      async *invocations(names, window) {
        asked.push({ place, names: [...names], ...window })
        const here = calls[place] ?? {}
        if (here instanceof Error) throw here
        for (const name of names) {
          const failure = failing[name]
          if (failure) throw failure
          yield { name, counts: here[name] ?? [] }
        }
      },
    }
  }
}
