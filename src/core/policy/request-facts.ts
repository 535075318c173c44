/** What is known beforehand of the request by which Lambda's X-Ray daemon sends a function's segments. */
import type { Role } from './role.js'

/** Values of condition keys by lower-case key. A key that is not here is unknown, which does not mean absent. */
export type RequestFacts = ReadonlyMap<string, string>

/**
 * The daemon calls X-Ray over TLS with the execution role's own session, in the function's region and account.
 * `aws:PrincipalArn` is the role's ARN, not the session's. Source: IAM user guide, "Global condition context keys".
 */
export function requestFacts(role: Role, region: string | undefined): RequestFacts {
  const facts = new Map([
    ['aws:principalaccount', role.account],
    ['aws:resourceaccount', role.account],
    ['aws:principalarn', role.arn],
    ['aws:principaltype', 'AssumedRole'],
    ['aws:securetransport', 'true'],
    ['aws:viaawsservice', 'false'],
  ])
  if (region !== undefined) facts.set('aws:requestedregion', region)
  return facts
}
