/** Reads the many forms of a function's name, and finds the function in the caller's region. */
import { AwsError } from '../aws-error.js'
import type { Context } from '../wire/service.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import type { Region } from '../world/region.js'
import { functionNotFound, invalidParameter, notFound, validation } from './errors.js'

export interface FunctionReference {
  readonly name: string
  readonly qualifier: string | undefined
}

interface ParsedName extends FunctionReference {
  readonly region: string | undefined
  readonly account: string | undefined
}

const PREFIX =
  '(arn:(aws[a-zA-Z-]*)?:lambda:)?((eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\\d{1}:)?(\\d{12}:)?(function:)?'

/** AWS's own patterns: reads know `$LATEST.PUBLISHED`, changes do not. */
const PATTERNS = {
  read: pattern(`${PREFIX}([a-zA-Z0-9-_\\.]+)(:(\\$LATEST(\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?`, 256),
  change: pattern(`${PREFIX}([a-zA-Z0-9-_]+)(:(\\$LATEST|[a-zA-Z0-9-_]+))?`, 140),
}

export type NameUse = keyof typeof PATTERNS

const PARTS =
  /^(?:arn:(?:aws[a-zA-Z-]*)?:lambda:)?(?:(?<region>(?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\d):)?(?:(?<account>\d{12}):)?(?:function:)?(?<name>[a-zA-Z0-9-_.]+)(?::(?<qualifier>\$LATEST(?:\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$/

/** Undefined for what is no function name in any form. */
export function parseName(raw: string): ParsedName | undefined {
  const groups = PARTS.exec(raw)?.groups
  if (groups?.name === undefined) return undefined
  return { name: groups.name, qualifier: groups.qualifier, region: groups.region, account: groups.account }
}

/** @throws AwsError for a name that AWS's pattern refuses, or that belongs elsewhere */
export function readName(raw: string, use: NameUse, context: Context): FunctionReference {
  const { text, whole, most } = PATTERNS[use]
  if (raw.length > most) {
    throw validation(raw, 'functionName', `Member must have length less than or equal to ${most}`)
  }
  const parsed = whole.test(raw) ? parseName(raw) : undefined
  if (parsed === undefined) {
    throw validation(raw, 'functionName', `Member must satisfy regular expression pattern: ${text}`)
  }
  const { region, account } = context.caller
  if (parsed.region !== undefined && parsed.region !== region) {
    throw notFound(`Functions from '${parsed.region}' are not reachable in this region ('${region}')`)
  }
  if (parsed.account !== undefined && parsed.account !== account) throw otherAccount(raw, context)
  return { name: parsed.name, qualifier: parsed.qualifier }
}

/** The name in the path together with the Qualifier parameter. @throws AwsError */
export function readQualifiedName(raw: string, qualifier: string | null, context: Context): FunctionReference {
  const reference = readName(raw, 'read', context)
  if (qualifier === null || qualifier === '') return reference
  if (reference.qualifier !== undefined && reference.qualifier !== qualifier) {
    throw invalidParameter('The derived qualifier from the function name does not match the specified qualifier.')
  }
  if (!/^(\$(LATEST(\.PUBLISHED)?)|[a-zA-Z0-9-_$]+)$/.test(qualifier)) {
    const constraint = 'Member must satisfy regular expression pattern: \\$(LATEST(\\.PUBLISHED)?)|[a-zA-Z0-9-_$]+'
    throw validation(qualifier, 'qualifier', constraint)
  }
  return { name: reference.name, qualifier }
}

export function regionOf(context: Context): Region {
  return context.account.region(context.caller.region)
}

/** The function, settled up to now. @throws AwsError ResourceNotFoundException */
export function findFunction(reference: FunctionReference, context: Context): LambdaFunction {
  const region = regionOf(context)
  const found = region.functions.get(reference.name)
  if (found === undefined) throw functionNotFound(qualifiedArn(region.arnOf(reference.name), reference.qualifier))
  found.settle(context.now, context.settings)
  return found
}

export function qualifiedArn(arn: string, qualifier: string | undefined): string {
  return qualifier === undefined ? arn : `${arn}:${qualifier}`
}

function pattern(text: string, most: number) {
  return { text, whole: new RegExp(`^(?:${text})$`), most }
}

/** CreateFunction gives no reason. */
function otherAccount(arn: string, { operation, caller }: Context): AwsError {
  const sentence = `User: ${caller.arn} is not authorized to perform: lambda:${operation} on resource: ${arn}`
  const text = `${sentence} because no resource-based policy allows the lambda:${operation} action`
  return new AwsError(403, 'AccessDeniedException', operation === 'CreateFunction' ? undefined : text)
}
