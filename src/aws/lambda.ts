/** The Lambda gateway over the AWS SDK, for one account and region. */
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  type LambdaClientConfig,
  ListAliasesCommand,
  ListEventSourceMappingsCommand,
  ListFunctionsCommand,
  ListTagsCommand,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateAliasCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda'
import type { Alias, EventSource, LambdaFunction, TracingMode } from '../core/lambda-function.js'
import { XtraceError } from '../errors.js'
import { type Attempts, attempt, type CallKind } from './attempts.js'
import type { LambdaGateway, NewFunction, Pace, PublishSource } from './gateways.js'
import { aliasOf, eventSourceOf, functionOf } from './lambda-records.js'
import { createInput } from './new-function.js'

/** The two quotas that xtrace's calls fall under: GetFunction has its own, all others share one. */
export interface LambdaPaces {
  getFunction: Pace
  others: Pace
}

export class LambdaOverSdk implements LambdaGateway {
  readonly #client: LambdaClient
  #getFunctionDenied = false

  constructor(
    config: LambdaClientConfig,
    private readonly attempts: Attempts,
    private readonly paces: LambdaPaces,
  ) {
    this.#client = new LambdaClient(config)
  }

  async getFunction(name: string, qualifier?: string): Promise<LambdaFunction> {
    const input = { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) }
    return functionOf(
      await this.#call('GetFunctionConfiguration', 'repeatable', () =>
        this.#client.send(new GetFunctionConfigurationCommand(input)),
      ),
    )
  }

  async pollFunction(name: string): Promise<LambdaFunction> {
    if (this.#getFunctionDenied) return this.getFunction(name)
    try {
      const send = () => this.#client.send(new GetFunctionCommand({ FunctionName: name }))
      const answer = await this.#call('GetFunction', 'repeatable', send, this.paces.getFunction)
      return functionOf(answer.Configuration ?? {})
    } catch (error) {
      if (!(error instanceof XtraceError && error.code === 'ACCESS_DENIED')) throw error
      this.#getFunctionDenied = true
      return this.getFunction(name)
    }
  }

  listFunctions(): AsyncGenerator<LambdaFunction[]> {
    return this.#listFunctions({})
  }

  listAllVersions(): AsyncGenerator<LambdaFunction[]> {
    return this.#listFunctions({ FunctionVersion: 'ALL' })
  }

  async *#listFunctions(which: { FunctionVersion?: 'ALL' }): AsyncGenerator<LambdaFunction[]> {
    yield* this.#pages(async (Marker) => {
      const answer = await this.#call('ListFunctions', 'repeatable', () =>
        this.#client.send(new ListFunctionsCommand({ ...which, MaxItems: 50, Marker })),
      )
      return { items: (answer.Functions ?? []).map(functionOf), next: answer.NextMarker }
    })
  }

  async *listVersions(name: string): AsyncGenerator<LambdaFunction[]> {
    yield* this.#pages(async (Marker) => {
      const answer = await this.#call('ListVersionsByFunction', 'repeatable', () =>
        this.#client.send(new ListVersionsByFunctionCommand({ FunctionName: name, MaxItems: 50, Marker })),
      )
      return { items: (answer.Versions ?? []).map(functionOf), next: answer.NextMarker }
    })
  }

  async listAliases(name: string): Promise<Alias[]> {
    const pages = this.#pages(async (Marker) => {
      const answer = await this.#call('ListAliases', 'repeatable', () =>
        this.#client.send(new ListAliasesCommand({ FunctionName: name, MaxItems: 50, Marker })),
      )
      return { items: (answer.Aliases ?? []).map(aliasOf), next: answer.NextMarker }
    })
    return everyItem(pages)
  }

  async listEventSources(name?: string): Promise<EventSource[]> {
    const pages = this.#pages(async (Marker) => {
      const answer = await this.#call('ListEventSourceMappings', 'repeatable', () =>
        this.#client.send(new ListEventSourceMappingsCommand({ FunctionName: name, MaxItems: 100, Marker })),
      )
      return { items: (answer.EventSourceMappings ?? []).map(eventSourceOf), next: answer.NextMarker }
    })
    return everyItem(pages)
  }

  async listTags(functionArn: string): Promise<Record<string, string>> {
    const answer = await this.#call('ListTags', 'repeatable', () =>
      this.#client.send(new ListTagsCommand({ Resource: functionArn })),
    )
    return { ...answer.Tags }
  }

  async setMode(name: string, mode: TracingMode, revisionId?: string): Promise<LambdaFunction> {
    const input = {
      FunctionName: name,
      TracingConfig: { Mode: mode },
      ...(revisionId !== undefined && { RevisionId: revisionId }),
    }
    return functionOf(
      await this.#call('UpdateFunctionConfiguration', 'once', () =>
        this.#client.send(new UpdateFunctionConfigurationCommand(input)),
      ),
    )
  }

  async createFunction(spec: NewFunction): Promise<LambdaFunction> {
    const input = createInput(spec)
    return functionOf(
      await this.#call('CreateFunction', 'once', () => this.#client.send(new CreateFunctionCommand(input))),
    )
  }

  /** Safe to repeat: without a change in between, Lambda answers the version that the first try made. */
  async publishVersion(name: string, of: PublishSource): Promise<LambdaFunction> {
    const input = {
      FunctionName: name,
      CodeSha256: of.codeSha256,
      ...(of.revisionId !== undefined && { RevisionId: of.revisionId }),
      ...(of.latestPublished && { PublishTo: 'LATEST_PUBLISHED' as const }),
    }
    const send = () => this.#client.send(new PublishVersionCommand(input))
    return functionOf(await this.#call('PublishVersion', 'once', send))
  }

  async moveAlias(name: string, alias: Alias): Promise<void> {
    const command = new UpdateAliasCommand({
      FunctionName: name,
      Name: alias.name,
      FunctionVersion: alias.version,
      RoutingConfig: { AdditionalVersionWeights: alias.weights },
      ...(alias.revisionId !== undefined && { RevisionId: alias.revisionId }),
    })
    await this.#call('UpdateAlias', 'once', () => this.#client.send(command))
  }

  #call<T>(operation: string, kind: CallKind, send: () => Promise<T>, pace = this.paces.others): Promise<T> {
    return attempt({ service: 'lambda', operation }, kind, send, this.attempts, pace)
  }

  /** Follows NextMarker to the end; a page may be empty and yet have a successor. */
  async *#pages<T>(
    read: (marker: string | undefined) => Promise<{ items: T[]; next: string | undefined }>,
  ): AsyncGenerator<T[]> {
    let marker: string | undefined
    do {
      const page = await read(marker)
      yield page.items
      marker = page.next || undefined
    } while (marker !== undefined)
  }
}

async function everyItem<T>(pages: AsyncIterable<T[]>): Promise<T[]> {
  const items: T[] = []
  for await (const page of pages) items.push(...page)
  return items
}
