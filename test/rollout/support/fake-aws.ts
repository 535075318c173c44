/** Gateways for a rollout: Lambda by region, and an IAM that writes down what it is asked. */
import type { AwsAccess, IamGateway } from '../../../src/aws/gateways.js'
import type { XtraceError } from '../../../src/errors.js'
import type { FakeLambda } from './fake-lambda.js'

export class FakeIam implements IamGateway {
  readonly calls: string[] = []
  readonly documents: object[] = []
  readonly #faults = new Map<string, XtraceError>()

  /** Every write to this role fails so. */
  failing(roleName: string, error: XtraceError): this {
    this.#faults.set(roleName, error)
    return this
  }

  async attachPolicy(roleName: string, policyArn: string): Promise<void> {
    this.#write(roleName, `attachPolicy ${roleName} ${policyArn}`)
  }

  async putInlinePolicy(roleName: string, policyName: string, document: object): Promise<void> {
    this.documents.push(document)
    this.#write(roleName, `putInlinePolicy ${roleName} ${policyName}`)
  }

  readRole = unexpected
  readAllRoles = unexpected

  #write(roleName: string, call: string): void {
    this.calls.push(call)
    const fault = this.#faults.get(roleName)
    if (fault) throw fault
  }
}

/** Asked for a region or a partition that is not there, it fails. */
export function fakeAws(lambdas: Record<string, FakeLambda>, iams: Record<string, FakeIam> = {}): AwsAccess {
  return {
    lambda: async (region) => found(lambdas, region),
    iam: async (partition) => found(iams, partition),
    defaultRegion: unexpected,
    identity: unexpected,
  }
}

function found<T>(all: Record<string, T>, key: string): T {
  const one = all[key]
  if (one === undefined) throw new Error(`nothing is expected in ${key}`)
  return one
}

function unexpected(): never {
  throw new Error('a rollout has no business with this call')
}
