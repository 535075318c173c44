/** Fills a world with a believable account: about 40 functions in two regions on 12 kinds of roles. */
import { EU_WEST_1, US_EAST_1 } from './demo/functions.js'
import { addDemoRoles } from './demo/roles.js'
import { DEFAULT_ACCOUNT, type World } from './world.js'

export function seedDemo(world: World, options: { account?: string } = {}): void {
  const account = world.account(options.account ?? DEFAULT_ACCOUNT)
  addDemoRoles(account)
  for (const [region, functions] of Object.entries({ 'us-east-1': US_EAST_1, 'eu-west-1': EU_WEST_1 })) {
    for (const { stack, ...seed } of functions) {
      const tags = { ...seed.tags, ...(stack === undefined ? {} : stackTags(stack, seed.name, region, account.id)) }
      account.region(region).addFunction({ ...seed, role: account.arnOf('role', '/', seed.role), tags })
    }
  }
}

/** The tags that CloudFormation gives to what it deploys. */
function stackTags(stack: string, name: string, region: string, account: string): Record<string, string> {
  const logicalId = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  return {
    'aws:cloudformation:stack-name': stack,
    'aws:cloudformation:stack-id': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/5f1c2d30-0a1b-11f0-9c3d-0e8a5b7c6d21`,
    'aws:cloudformation:logical-id': logicalId,
  }
}
