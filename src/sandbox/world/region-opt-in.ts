/** The regions of each partition, and which of them an account may use from the start. */

/** As the Account API names it. */
export type RegionOptStatus = 'ENABLED' | 'ENABLING' | 'DISABLING' | 'DISABLED' | 'ENABLED_BY_DEFAULT'

const ALWAYS_ON: ReadonlyMap<string, string> = new Map(
  Object.entries({
    aws: `ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1
      eu-central-1 eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2`,
    'aws-cn': 'cn-north-1 cn-northwest-1',
    'aws-us-gov': 'us-gov-east-1 us-gov-west-1',
    'aws-iso': 'us-iso-east-1 us-iso-west-1',
    'aws-iso-b': 'us-isob-east-1 us-isob-west-1',
    'aws-iso-e': 'eu-isoe-west-1',
    'aws-iso-f': 'us-isof-east-1 us-isof-south-1',
    'aws-eusc': 'eusc-de-east-1',
  }),
)

/** Regions opened since March 2019, all in the partition `aws`. */
const OPT_IN = `af-south-1 ap-east-1 ap-east-2 ap-south-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6
  ap-southeast-7 ca-west-1 eu-central-2 eu-south-1 eu-south-2 il-central-1 me-central-1 me-south-1 mx-central-1`

/** By region name, sorted: what a new account has. */
export function initialOptIns(partition: string): Map<string, RegionOptStatus> {
  const on = namesIn(ALWAYS_ON.get(partition) ?? '').map((name) => [name, 'ENABLED_BY_DEFAULT'] as const)
  const off = namesIn(partition === 'aws' ? OPT_IN : '').map((name) => [name, 'DISABLED'] as const)
  return new Map<string, RegionOptStatus>([...on, ...off].sort(([a], [b]) => (a < b ? -1 : 1)))
}

function namesIn(text: string): string[] {
  return text.split(/\s+/).filter((name) => name !== '')
}
