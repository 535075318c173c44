/** Fills a world with a believable account, about 40 functions in two regions on 12 kinds of roles, and its organization. */
import { addFunctions } from './demo/add-functions.js'
import { EU_WEST_1, US_EAST_1 } from './demo/functions.js'
import { addDemoOrganization } from './demo/organization.js'
import { addDemoRoles } from './demo/roles.js'
import { DEFAULT_ACCOUNT, type World } from './world.js'

export function seedDemo(world: World, options: { account?: string } = {}): void {
  const account = world.account(options.account ?? DEFAULT_ACCOUNT)
  addDemoRoles(account)
  addFunctions(account, { 'us-east-1': US_EAST_1, 'eu-west-1': EU_WEST_1 })
  addDemoOrganization(world, account.id)
}
