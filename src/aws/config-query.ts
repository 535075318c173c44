/** The Config gateway over the AWS SDK: advanced queries for functions, and what an aggregator collects from. */
import {
  type AggregatedSourceStatus,
  ConfigServiceClient,
  type ConfigServiceClientConfig,
  DescribeConfigurationAggregatorSourcesStatusCommand,
  SelectAggregateResourceConfigCommand,
  SelectResourceConfigCommand,
  type SelectResourceConfigCommandOutput,
} from '@aws-sdk/client-config-service'
import { XtraceError } from '../errors.js'
import type { Attempts } from './attempts.js'
import { FUNCTIONS_QUERY, recordOf } from './config-records.js'
import { optional, required } from './fields.js'
import type { AggregatedPlace, ConfigGateway, RecordedFunction } from './gateways.js'
import { everyItem, type List, pagesOf } from './pages.js'

const LARGEST_PAGE = 100

export class ConfigOverSdk implements ConfigGateway {
  readonly #client: ConfigServiceClient

  constructor(
    private readonly config: ConfigServiceClientConfig & { region: string },
    private readonly attempts: Attempts,
  ) {
    this.#client = new ConfigServiceClient(config)
  }

  recordedFunctions(aggregator?: string): AsyncGenerator<RecordedFunction[]> {
    const input = { Expression: FUNCTIONS_QUERY, Limit: LARGEST_PAGE }
    const read = (answer: SelectResourceConfigCommandOutput) => ({
      items: required(answer, 'Results', 'list').map(recordOf),
      next: optional(answer, 'NextToken', 'text'),
    })
    if (aggregator === undefined) {
      const send = (NextToken?: string) => this.#client.send(new SelectResourceConfigCommand({ ...input, NextToken }))
      return this.#pages({ operation: 'SelectResourceConfig', send, read })
    }
    const ofAggregator = { ...input, ConfigurationAggregatorName: aggregator }
    const send = (NextToken?: string) =>
      this.#client.send(new SelectAggregateResourceConfigCommand({ ...ofAggregator, NextToken }))
    return this.#pages({ operation: 'SelectAggregateResourceConfig', send, read }, aggregator)
  }

  async aggregatedPlaces(aggregator: string): Promise<AggregatedPlace[]> {
    const input = { ConfigurationAggregatorName: aggregator, Limit: LARGEST_PAGE }
    const sources = this.#pages(
      {
        operation: 'DescribeConfigurationAggregatorSourcesStatus',
        send: (NextToken) =>
          this.#client.send(new DescribeConfigurationAggregatorSourcesStatusCommand({ ...input, NextToken })),
        read: (answer) => ({
          items: required(answer, 'AggregatedSourceStatusList', 'list').flatMap(placeOf),
          next: optional(answer, 'NextToken', 'text'),
        }),
      },
      aggregator,
    )
    return everyItem(sources)
  }

  async *#pages<A, T>(list: Omit<List<A, T>, 'service'>, aggregator?: string): AsyncGenerator<T[]> {
    try {
      yield* pagesOf({ service: 'config', ...list }, this.attempts)
    } catch (error) {
      throw this.#explained(error, aggregator)
    }
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
  const status = optional(source, 'LastUpdateStatus', 'text') ?? ''
  if (source.SourceType === 'ORGANIZATION' && status === 'SUCCEEDED') return []
  const reason = optional(source, 'LastErrorMessage', 'text') || optional(source, 'LastErrorCode', 'text')
  return [
    {
      account: required(source, 'SourceId', 'text'),
      region: optional(source, 'AwsRegion', 'text') ?? '*',
      status: STATUS.get(status) ?? 'outdated',
      ...(reason && { reason }),
    },
  ]
}

const STATUS: ReadonlyMap<string, AggregatedPlace['status']> = new Map([
  ['SUCCEEDED', 'current'],
  ['FAILED', 'failed'],
])
