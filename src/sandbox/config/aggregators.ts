/** DescribeConfigurationAggregators and DescribeConfigurationAggregatorSourcesStatus. */
import type { JsonInput } from '../wire/json-input.js'
import type { Context } from '../wire/service.js'
import type { Aggregator, SourceStatus } from '../world/aggregator.js'
import { SEEDED_AT } from '../world/function-seed.js'
import { noSuchAggregator } from './errors.js'
import { pageOf, requiredText } from './input.js'
import { findAggregator, sourceAccounts } from './place.js'

export function describeConfigurationAggregators(input: JsonInput, context: Context): object {
  const { aggregators } = context.account.region(context.caller.region)
  const names = input.texts('ConfigurationAggregatorNames') ?? []
  if (!names.every((name) => aggregators.has(name))) throw noSuchAggregator(names.length > 1)
  const wanted = [...aggregators.values()].filter(({ name }) => names.length === 0 || names.includes(name))
  const { items, paging } = pageOf(wanted, input)
  return { ConfigurationAggregators: items.map((aggregator) => aggregatorShape(aggregator, context)), ...paging }
}

function aggregatorShape(aggregator: Aggregator, { account }: Context): object {
  const { name, arn, accounts, regions } = aggregator
  const where = regions === undefined ? { AllAwsRegions: true } : { AllAwsRegions: false, AwsRegions: regions }
  const RoleArn = account.arnOf('role', '/', 'config-aggregator-role')
  return {
    ConfigurationAggregatorName: name,
    ConfigurationAggregatorArn: arn,
    ...(accounts === undefined
      ? { OrganizationAggregationSource: { RoleArn, ...where } }
      : { AccountAggregationSources: [{ AccountIds: accounts, ...where }] }),
    CreationTime: SEEDED_AT / 1000,
    LastUpdatedTime: SEEDED_AT / 1000,
  }
}

export function describeConfigurationAggregatorSourcesStatus(input: JsonInput, context: Context): object {
  const aggregator = findAggregator(requiredText(input, 'ConfigurationAggregatorName'), context)
  const statuses = input.texts('UpdateStatus') ?? []
  const rows = sourceRows(aggregator, context).filter(
    ({ LastUpdateStatus }) => statuses.length === 0 || statuses.includes(LastUpdateStatus),
  )
  const { items, paging } = pageOf(rows, input)
  return { AggregatedSourceStatusList: items, ...paging }
}

/** The organization itself, where it is the source, then each account in each region. */
function sourceRows(aggregator: Aggregator, context: Context) {
  const { organization, accounts } = context.world
  const rows: ReturnType<typeof sourceRow>[] = []
  if (aggregator.accounts === undefined && organization !== undefined) {
    const { id } = organization
    rows.push(sourceRow('ORGANIZATION', id, aggregator.region, aggregator.statusOf(id, aggregator.region)))
  }
  for (const id of sourceAccounts(aggregator, context.world)) {
    const usable = [...(accounts.get(id)?.optIns ?? [])].filter(([, status]) => status !== 'DISABLED')
    for (const region of aggregator.regions ?? usable.map(([name]) => name)) {
      rows.push(sourceRow('ACCOUNT', id, region, aggregator.statusOf(id, region)))
    }
  }
  return rows
}

function sourceRow(SourceType: 'ACCOUNT' | 'ORGANIZATION', SourceId: string, AwsRegion: string, status: SourceStatus) {
  return {
    SourceId,
    SourceType,
    AwsRegion,
    LastUpdateStatus: status.status,
    LastUpdateTime: SEEDED_AT / 1000,
    ...(status.errorCode === undefined ? {} : { LastErrorCode: status.errorCode }),
    ...(status.errorMessage === undefined ? {} : { LastErrorMessage: status.errorMessage }),
  }
}
