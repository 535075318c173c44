/** Puts demo functions into an account, with the ARNs of their roles, the tags of their stacks, and their traffic. */
import type { Account } from '../world/account.js'
import { stackTags } from '../world/stack-tags.js'
import type { DemoFunction } from './functions.js'
import { DEMO_TRAFFIC } from './traffic.js'

/** @param functions by region */
export function addFunctions(account: Account, functions: Readonly<Record<string, readonly DemoFunction[]>>): void {
  for (const [region, seeds] of Object.entries(functions)) {
    for (const { stack, ...seed } of seeds) {
      const place = { region, account: account.id }
      const tags = { ...seed.tags, ...(stack === undefined ? {} : stackTags(stack, seed.name, place)) }
      const role = account.arnOf('role', '/', seed.role)
      account.region(region).addFunction({ ...seed, role, tags }).traffic = DEMO_TRAFFIC.get(seed.name)
    }
  }
}
