/** The Lambda gateway over the AWS SDK, for one account and region. */
import {
  CreateFunctionCommand,
  GetFunctionCommand,
  type GetFunctionCommandOutput,
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
import { ask } from './ask.js'
import type { Attempts, CallKind } from './attempts.js'
import { optional, required } from './fields.js'
import type { LambdaGateway, NewFunction, Pace, PublishSource } from './gateways.js'
import { aliasOf, eventSourceOf, functionOf, tagsOf } from './lambda-records.js'
import { createInput } from './new-function.js'
import { everyItem, type Page, pagesOf } from './pages.js'

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
    // It copies every answer, secrets too, for a log that nobody keeps.
    this.#client.middlewareStack.remove('loggerMiddleware')
  }

  async getFunction(name: string, qualifier?: string): Promise<LambdaFunction> {
    const input = { FunctionName: name, ...(qualifier !== undefined && { Qualifier: qualifier }) }
    const send = () => this.#client.send(new GetFunctionConfigurationCommand(input))
    return this.#ask('GetFunctionConfiguration', 'repeatable', send, functionOf)
  }

  async pollFunction(name: string): Promise<LambdaFunction> {
    if (this.#getFunctionDenied) return this.getFunction(name)
    try {
      const send = () => this.#client.send(new GetFunctionCommand({ FunctionName: name }))
      const read = (answer: GetFunctionCommandOutput) => functionOf(required(answer, 'Configuration', 'record'))
      return await this.#ask('GetFunction', 'repeatable', send, read, this.paces.getFunction)
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

  #listFunctions(which: { FunctionVersion?: 'ALL' }): AsyncGenerator<LambdaFunction[]> {
    return this.#pages(
      'ListFunctions',
      (Marker) => this.#client.send(new ListFunctionsCommand({ ...which, MaxItems: 50, Marker })),
      (answer) => ({ items: required(answer, 'Functions', 'list').map(functionOf), next: nextMarker(answer) }),
    )
  }

  listVersions(name: string): AsyncGenerator<LambdaFunction[]> {
    return this.#pages(
      'ListVersionsByFunction',
      (Marker) => this.#client.send(new ListVersionsByFunctionCommand({ FunctionName: name, MaxItems: 50, Marker })),
      (answer) => ({ items: required(answer, 'Versions', 'list').map(functionOf), next: nextMarker(answer) }),
    )
  }

  async listAliases(name: string): Promise<Alias[]> {
    const pages = this.#pages(
      'ListAliases',
      (Marker) => this.#client.send(new ListAliasesCommand({ FunctionName: name, MaxItems: 50, Marker })),
      (answer) => ({ items: required(answer, 'Aliases', 'list').map(aliasOf), next: nextMarker(answer) }),
    )
    return everyItem(pages)
  }

  async listEventSources(name?: string): Promise<EventSource[]> {
    const pages = this.#pages(
      'ListEventSourceMappings',
      (Marker) => this.#client.send(new ListEventSourceMappingsCommand({ FunctionName: name, MaxItems: 100, Marker })),
      (answer) => ({
        items: required(answer, 'EventSourceMappings', 'list').map(eventSourceOf),
        next: nextMarker(answer),
      }),
    )
    return everyItem(pages)
  }

  async listTags(functionArn: string): Promise<Record<string, string>> {
    const send = () => this.#client.send(new ListTagsCommand({ Resource: functionArn }))
    return this.#ask('ListTags', 'repeatable', send, tagsOf)
  }

  async setMode(name: string, mode: TracingMode, revisionId?: string): Promise<LambdaFunction> {
    const input = {
      FunctionName: name,
      TracingConfig: { Mode: mode },
      ...(revisionId !== undefined && { RevisionId: revisionId }),
    }
    const send = () => this.#client.send(new UpdateFunctionConfigurationCommand(input))
    return this.#ask('UpdateFunctionConfiguration', 'once', send, functionOf)
  }

  async createFunction(spec: NewFunction): Promise<LambdaFunction> {
    const input = createInput(spec)
    return this.#ask('CreateFunction', 'once', () => this.#client.send(new CreateFunctionCommand(input)), functionOf)
  }

  /** Safe to repeat: without a change in between, Lambda answers the version that the first try made. */
  async publishVersion(name: string, of: PublishSource): Promise<LambdaFunction> {
    const input = {
      FunctionName: name,
      CodeSha256: of.codeSha256,
      ...(of.revisionId !== undefined && { RevisionId: of.revisionId }),
      ...(of.latestPublished && { PublishTo: 'LATEST_PUBLISHED' as const }),
    }
    return this.#ask('PublishVersion', 'once', () => this.#client.send(new PublishVersionCommand(input)), functionOf)
  }

  async moveAlias(name: string, alias: Alias): Promise<void> {
    const command = new UpdateAliasCommand({
      FunctionName: name,
      Name: alias.name,
      FunctionVersion: alias.version,
      RoutingConfig: { AdditionalVersionWeights: alias.weights },
      ...(alias.revisionId !== undefined && { RevisionId: alias.revisionId }),
    })
    await this.#ask('UpdateAlias', 'once', () => this.#client.send(command), aliasOf)
  }

  #ask<A, T>(
    operation: string,
    kind: CallKind,
    send: () => Promise<A>,
    read: (answer: A) => T,
    pace = this.paces.others,
  ): Promise<T> {
    return ask({ service: 'lambda', operation, kind, send, read }, this.attempts, pace)
  }

  #pages<A, T>(
    operation: string,
    send: (marker: string | undefined) => Promise<A>,
    read: (answer: A) => Page<T>,
  ): AsyncGenerator<T[]> {
    return pagesOf({ service: 'lambda', operation, send, read }, this.attempts, this.paces.others)
  }
}

function nextMarker(answer: { NextMarker?: string | undefined }): string | undefined {
  return optional(answer, 'NextMarker', 'text')
}
