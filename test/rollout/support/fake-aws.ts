/** Gateways for a rollout: Lambda by region, and an IAM that writes down what it is asked. */
import type { AwsAccess, IamGateway } from '../../../src/aws/gateways.js'
import type { XtraceError } from '../../../src/errors.js'
import type { FakeLambda } from './fake-lambda.js'

/** The calls that a rollout makes of roles; any other is missing, and fails. */
type UsedCalls = Pick<IamGateway, 'attachPolicy' | 'putInlinePolicy' | 'detachPolicy'>

export class FakeIam implements UsedCalls {
  readonly calls: string[] = []
  readonly documents: object[] = []
  /** Called before each write. */
  onWrite: () => void = () => undefined
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

  async detachPolicy(roleName: string, policyArn: string): Promise<void> {
    this.#write(roleName, `detachPolicy ${roleName} ${policyArn}`)
  }

  gateway(): IamGateway {
    return whole(this)
  }

  #write(roleName: string, call: string): void {
    this.onWrite()
    this.calls.push(call)
    const fault = this.#faults.get(roleName)
    if (fault) throw fault
  }
}

/** Asked for a region or a partition that is not there, it fails; every account is the same to it. */
export function fakeAws(lambdas: Record<string, FakeLambda>, iams: Record<string, FakeIam> = {}): AwsAccess {
  const used: Pick<AwsAccess, 'lambda' | 'iam' | 'inAccount'> = {
    lambda: async (region) => found(lambdas, region).gateway(),
    iam: async (partition) => found(iams, partition).gateway(),
    inAccount: async () => access,
  }
  const access = used as AwsAccess
  return access
}

/** Asked for an account that is not there, it fails. */
export function inAccounts(accounts: Record<string, AwsAccess>): AwsAccess {
  const used: Pick<AwsAccess, 'inAccount'> = { inAccount: async (account) => found(accounts, account) }
  return used as AwsAccess
}

function found<T>(all: Record<string, T>, key: string): T {
  const one = all[key]
  if (one === undefined) throw new Error(`nothing is expected in ${key}`)
  return one
}

function whole(used: UsedCalls): IamGateway {
  return used as IamGateway
}
