/** Puts demo functions into an account, with the ARNs of their roles and the tags of their stacks. */
import type { Account } from '../world/account.js'
import { stackTags } from '../world/stack-tags.js'
import type { DemoFunction } from './functions.js'

/** @param functions by region */
export function addFunctions(account: Account, functions: Readonly<Record<string, readonly DemoFunction[]>>): void {
  for (const [region, seeds] of Object.entries(functions)) {
    for (const { stack, ...seed } of seeds) {
      const place = { region, account: account.id }
      const tags = { ...seed.tags, ...(stack === undefined ? {} : stackTags(stack, seed.name, place)) }
      account.region(region).addFunction({ ...seed, role: account.arnOf('role', '/', seed.role), tags })
    }
  }
}
