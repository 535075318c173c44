/** The Config gateway over the AWS SDK: advanced queries for functions, and what an aggregator collects from. */
import {
  type AggregatedSourceStatus,
  ConfigServiceClient,
  type ConfigServiceClientConfig,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
} from '@aws-sdk/client-config-service'
import { XtraceError } from '../errors.js'
import { type Attempts, attempt } from './attempts.js'
import { FUNCTIONS_QUERY, recordOf } from './config-records.js'
import type { AggregatedPlace, ConfigGateway, RecordedFunction } from './gateways.js'

interface Page<T> {
  items: T[]
  next: string | undefined
}

const LARGEST_PAGE = 100

export class ConfigOverSdk implements ConfigGateway {
  readonly #client: ConfigServiceClient

  constructor(
    private readonly config: ConfigServiceClientConfig & { region: string },
    private readonly attempts: Attempts,
  ) {
    this.#client = new ConfigServiceClient(config)
  }

  async *recordedFunctions(aggregator?: string): AsyncGenerator<RecordedFunction[]> {
    const read = aggregator === undefined ? this.#select() : this.#selectAggregate(aggregator)
    for await (const rows of read) yield rows.map(recordOf)
  }

  async aggregatedPlaces(aggregator: string): Promise<AggregatedPlace[]> {
    const places: AggregatedPlace[] = []
    const pages = this.#pages('DescribeConfigurationAggregatorSourcesStatus', aggregator, async (NextToken) => {
      const input = { ConfigurationAggregatorName: aggregator, Limit: LARGEST_PAGE, NextToken }
      const answer = await this.#client.send(new DescribeConfigurationAggregatorSourcesStatusCommand(input))
      return { items: answer.AggregatedSourceStatusList ?? [], next: answer.NextToken }
    })
    for await (const page of pages) places.push(...page.flatMap(placeOf))
    return places
  }

  #select(): AsyncGenerator<string[]> {
    return this.#pages('SelectResourceConfig', undefined, async (NextToken) => {
      const input = { Expression: FUNCTIONS_QUERY, Limit: LARGEST_PAGE, NextToken }
      const answer = await this.#client.send(new SelectResourceConfigCommand(input))
      return { items: answer.Results ?? [], next: answer.NextToken }
    })
  }

  #selectAggregate(aggregator: string): AsyncGenerator<string[]> {
    return this.#pages('SelectAggregateResourceConfig', aggregator, async (NextToken) => {
      const name = { ConfigurationAggregatorName: aggregator }
      const input = { ...name, Expression: FUNCTIONS_QUERY, Limit: LARGEST_PAGE, NextToken }
      const answer = await this.#client.send(new SelectAggregateResourceConfigCommand(input))
      return { items: answer.Results ?? [], next: answer.NextToken }
    })
  }

  /** Follows NextToken to the end; a page may be empty and yet have a successor. */
  async *#pages<T>(
    operation: string,
    aggregator: string | undefined,
    read: (token: string | undefined) => Promise<Page<T>>,
  ): AsyncGenerator<T[]> {
    let token: string | undefined
    do {
      const page = await attempt(
        { service: 'config', operation },
        'repeatable',
        () => read(token),
        this.attempts,
      ).catch((error: unknown) => {
        throw this.#explained(error, aggregator)
      })
      yield page.items
      token = page.next || undefined
    } while (token !== undefined)
  }

  #explained(error: unknown, aggregator: string | undefined): unknown {
    if (!(error instanceof XtraceError)) return error
    const details = { ...(error.aws && { aws: error.aws }), cause: error }
    const { region } = this.config
    switch (error.aws?.code) {
      case 'NoSuchConfigurationAggregatorException':
        return new XtraceError('INVALID_REQUEST', `AWS Config has no aggregator ${aggregator} in ${region}.`, {
          suggestions: [
            `aws configservice describe-configuration-aggregators --region ${region} shows those there are.`,
            'Name the region in which the aggregator lives with --region.',
          ],
          ...details,
        })
      case 'InvalidExpressionException':
        return new XtraceError('FAULT', `AWS Config does not take the query of xtrace: ${error.message}`, details)
      default:
        return error
    }
  }
}

/** An organization that the aggregator follows is no place itself: it stands for its accounts only when that fails. */
function placeOf(source: AggregatedSourceStatus): AggregatedPlace[] {
  const { SourceId = '', SourceType, AwsRegion, LastUpdateStatus, LastErrorMessage, LastErrorCode } = source
  if (SourceType === 'ORGANIZATION' && LastUpdateStatus === 'SUCCEEDED') return []
  const reason = LastErrorMessage || LastErrorCode
  return [
    {
      account: SourceId,
      region: AwsRegion ?? '*',
      status: STATUS[LastUpdateStatus ?? ''] ?? 'outdated',
      ...(reason && { reason }),
    },
  ]
}

const STATUS: Readonly<Record<string, AggregatedPlace['status']>> = { SUCCEEDED: 'current', FAILED: 'failed' }
