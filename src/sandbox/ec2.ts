/** EC2: DescribeRegions, and how its troubles look. */
import { AwsError } from './aws-error.js'
import type { Caller } from './wire/caller.js'
import { writeEc2Error, writeEc2Xml } from './wire/ec2-query.js'
import type { HttpRequest } from './wire/http-request.js'
import { QueryInput } from './wire/query-xml.js'
import type { Context, FaultName, Routed, Service } from './wire/service.js'
import type { XmlValue } from './wire/xml.js'
import type { RegionOptStatus } from './world/region-opt-in.js'

export const EC2_VERSION = '2016-11-15'

export const ec2Service: Service = {
  denial: { opening: 'You are not authorized to perform this operation. ', namesResource: false },
  route,
  writeError: writeEc2Error,
  trouble,
}

function route(request: HttpRequest, _caller: Caller): Routed {
  const input = new QueryInput(request.body)
  if (input.action !== 'DescribeRegions') {
    throw new AwsError(400, 'InvalidAction', `The action ${input.action} is not valid for this web service.`)
  }
  return {
    operation: input.action,
    write: false,
    input: input.values,
    perform: (context) => writeEc2Xml(input.action, describeRegions(input, context), context.requestId),
  }
}

/** As it is written. */
type RegionView = Readonly<Record<'regionName' | 'regionEndpoint' | 'optInStatus', string>>

/** Regions that are named are described whether the account may use them or not. */
function describeRegions(input: QueryInput, { account }: Context): { readonly [key: string]: XmlValue } {
  const names = input.numbered('RegionName')
  const unknown = names.find((name) => !account.optIns.has(name))
  if (unknown !== undefined) throw invalidValue(`Invalid region name: ${unknown}`)
  const all = input.optional('AllRegions') === 'true'
  const fits = filtersOf(input)
  const regionInfo = [...account.optIns]
    .map(([name, status]) => view(name, status, account.partition))
    .filter((region) => (names.length > 0 ? names.includes(region.regionName) : all || usable(region)))
    .filter(fits)
  return { regionInfo }
}

function view(regionName: string, status: RegionOptStatus, partition: string): RegionView {
  const domain = partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com'
  return { regionName, regionEndpoint: `ec2.${regionName}.${domain}`, optInStatus: optInStatus(status) }
}

function optInStatus(status: RegionOptStatus): string {
  if (status === 'ENABLED_BY_DEFAULT') return 'opt-in-not-required'
  return status === 'ENABLED' ? 'opted-in' : 'not-opted-in'
}

function usable(region: RegionView): boolean {
  return region.optInStatus !== 'not-opted-in'
}

function filtersOf(input: QueryInput): (region: RegionView) => boolean {
  const filters: Array<(region: RegionView) => boolean> = []
  for (let number = 1; ; number += 1) {
    const name = input.optional(`Filter.${number}.Name`)
    if (name === undefined) return (region) => filters.every((fits) => fits(region))
    const field = fieldOf(name)
    const values = input.numbered(`Filter.${number}.Value`)
    filters.push((region) => values.includes(region[field]))
  }
}

function fieldOf(filter: string): keyof RegionView {
  if (filter === 'region-name') return 'regionName'
  if (filter === 'endpoint') return 'regionEndpoint'
  if (filter === 'opt-in-status') return 'optInStatus'
  throw invalidValue(`The filter '${filter}' is invalid`)
}

function invalidValue(text: string): AwsError {
  return new AwsError(400, 'InvalidParameterValue', text)
}

function trouble(name: FaultName, text?: string): AwsError {
  switch (name) {
    case 'unsigned':
      return new AwsError(400, 'MissingParameter', text ?? 'The request must contain the parameter AWSAccessKeyId')
    case 'expired-token':
      return new AwsError(400, 'RequestExpired', text ?? 'Request has expired.')
    case 'region-off':
      return new AwsError(401, 'AuthFailure', text ?? 'AWS was not able to validate the provided access credentials')
    case 'denied':
      return new AwsError(403, 'UnauthorizedOperation', text)
    case 'throttle':
      return new AwsError(503, 'RequestLimitExceeded', text ?? 'Request limit exceeded.')
    case 'http-500':
      return new AwsError(500, 'InternalError', text ?? 'An internal error has occurred')
    case 'http-503':
      return new AwsError(503, 'Unavailable', text ?? 'The service is unavailable. Please try again shortly.')
  }
}
