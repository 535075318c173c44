/** Which regions are worked in: those that are named, all that the account has enabled, or the default one. */
import type { AwsAccess } from '../../aws/gateways.js'
import { isRegion } from '../../core/region.js'
import { XtraceError } from '../../errors.js'
import { allRegions } from '../../usecases/read/all-regions.js'

/** Where nobody names a region, of services that have none. */
const HOME = 'us-east-1'

/**
 * AWS_DEFAULT_REGION is the AWS CLI's word; the SDK does not know it.
 * @throws XtraceError USAGE
 */
async function defaultRegion(aws: AwsAccess): Promise<string | undefined> {
  const region = (await aws.defaultRegion()) || process.env.AWS_DEFAULT_REGION || undefined
  if (region === undefined || isRegion(region)) return region
  const { AWS_REGION, AWS_DEFAULT_REGION } = process.env
  const source = Object.entries({ AWS_REGION, AWS_DEFAULT_REGION }).find(([, value]) => value === region)?.[0]
  throw new XtraceError('USAGE', `"${region}", of ${source ?? 'the profile'}, is not the name of a region.`, {
    suggestions: ['Region names look like us-east-1.'],
  })
}

export async function homeRegion(named: readonly string[] | undefined, aws: AwsAccess): Promise<string> {
  return named?.[0] ?? (await defaultRegion(aws)) ?? HOME
}

/**
 * @param note is told where the list of all regions is a guess
 * @throws XtraceError NO_REGION
 */
export async function chosenRegions(
  chosen: readonly string[] | 'all' | undefined,
  aws: AwsAccess,
  note: (text: string) => void = () => undefined,
): Promise<string[]> {
  if (chosen === 'all') {
    const everywhere = await allRegions(await homeRegion(undefined, aws), aws)
    if (everywhere.note !== undefined) note(everywhere.note)
    return everywhere.regions
  }
  if (chosen?.length) return [...new Set(chosen)]
  const region = await defaultRegion(aws)
  if (!region) throw new XtraceError('NO_REGION', 'No region was given, and none is configured.')
  return [region]
}
