/** Reads a role's trust policy: which service may assume the role. */
import { parseDocument, type Statement } from './document.js'
import { selectsAction } from './statement.js'

const ASSUME = 'sts:AssumeRole'

/**
 * Whether the trust policy lets the service principal (such as `lambda.amazonaws.com`) assume the role. A condition on an
 * Allow is taken to be met and one on a Deny not to be, because what they ask of the service's call cannot be known here;
 * so `false` is certain.
 *
 * @returns undefined where the document is not understood
 */
export function trusts(document: unknown, service: string): boolean | undefined {
  const parsed = parseDocument(document)
  if ('malformed' in parsed) return undefined
  const concerned = parsed.statements.filter(
    (statement) => names(statement.principal, service) && selectsAction(statement, ASSUME) === 'yes',
  )
  return concerned.some((statement) => statement.effect === 'Allow') && !concerned.some(surelyDenies)
}

function surelyDenies(statement: Statement): boolean {
  return statement.effect === 'Deny' && statement.conditions.length === 0
}

/** `"*"` and `{"AWS": "*"}` name everyone; no other wildcard exists in a principal. */
function names(principal: unknown, service: string): boolean {
  if (principal === '*') return true
  if (typeof principal !== 'object' || principal === null) return false
  return listed(principal, 'Service').includes(service) || listed(principal, 'AWS').includes('*')
}

function listed(principal: object, kind: string): unknown[] {
  return Object.hasOwn(principal, kind) ? [Reflect.get(principal, kind)].flat() : []
}
