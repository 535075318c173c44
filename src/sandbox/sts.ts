/** STS: who is calling, and assuming roles. */
import { AwsError } from './aws-error.js'
import type { Caller } from './wire/caller.js'
import type { HttpRequest } from './wire/http-request.js'
import { queryTrouble } from './wire/query-trouble.js'
import { isoDate, QueryInput, writeXml, writeXmlError } from './wire/query-xml.js'
import type { Context, Routed, Service } from './wire/service.js'
import type { XmlValue } from './wire/xml.js'
import type { Role } from './world/role.js'
import { trustsCaller } from './world/trust.js'

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/'
const HOUR = 3600
const SHORTEST = 900

export const stsService: Service = {
  denial: { namesResource: true },
  route,
  writeError: (error, requestId) => writeXmlError(error, NAMESPACE, requestId),
  trouble: queryTrouble,
}

function route(request: HttpRequest, _caller: Caller): Routed {
  const input = new QueryInput(request.body)
  const action = actionOf(input.action)
  const roleArn = input.optional('RoleArn')
  return {
    operation: input.action,
    ...(roleArn === undefined ? {} : { resource: roleArn.slice(roleArn.lastIndexOf('/') + 1), resourceArn: roleArn }),
    write: false,
    input: input.values,
    perform: (context) => writeXml(input.action, action(input, context), NAMESPACE, context.requestId),
  }
}

function actionOf(name: string): (input: QueryInput, context: Context) => XmlValue {
  if (name === 'GetCallerIdentity') return getCallerIdentity
  if (name === 'AssumeRole') return assumeRole
  throw new AwsError(400, 'InvalidAction', `Could not find operation ${name} for version 2011-06-15`)
}

function getCallerIdentity(_input: QueryInput, { caller }: Context): XmlValue {
  return { Arn: caller.arn, UserId: caller.userId, Account: caller.account }
}

function assumeRole(input: QueryInput, context: Context): XmlValue {
  const role = findAssumableRole(input, context)
  const sessionName = input.required('RoleSessionName')
  const seconds = durationOf(input, context.caller)
  const [, partition, , , account = ''] = role.arn.split(':')
  const accessKey = `ASIA${account}${context.world.ids.letters(4)}`
  const arn = `arn:${partition}:sts::${account}:assumed-role/${role.name}/${sessionName}`
  const expiresAt = context.now + seconds * 1000
  context.world.sessions.set(accessKey, { account, roleArn: role.arn, roleId: role.id, arn, expiresAt })
  return {
    AssumedRoleUser: { AssumedRoleId: `${role.id}:${sessionName}`, Arn: arn },
    Credentials: {
      AccessKeyId: accessKey,
      SecretAccessKey: context.world.ids.letters(40),
      SessionToken: context.world.ids.letters(64),
      Expiration: isoDate(expiresAt),
    },
  }
}

/** Seconds. Every role of the sandbox has AWS's own MaxSessionDuration, one hour. @throws AwsError ValidationError */
function durationOf(input: QueryInput, { session }: Caller): number {
  const given = input.optional('DurationSeconds') ?? String(HOUR)
  const seconds = Number(given)
  if (!/^\d+$/.test(given) || seconds < SHORTEST) {
    const constraint = `Member must have value greater than or equal to ${SHORTEST}`
    const text = `1 validation error detected: Value '${given}' at 'durationSeconds' failed to satisfy constraint: ${constraint}`
    throw new AwsError(400, 'ValidationError', text)
  }
  if (seconds <= HOUR) return seconds
  const text =
    session === undefined
      ? 'The requested DurationSeconds exceeds the MaxSessionDuration set for this role.'
      : 'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining.'
  throw new AwsError(400, 'ValidationError', text)
}

/** A role that is not there, one that trusts somebody else and an account that is closed look the same from outside. */
function findAssumableRole(input: QueryInput, { world, caller }: Context): Role {
  const arn = input.required('RoleArn')
  const account = world.accounts.get(arn.split(':')[4] ?? '')
  const role = account?.roles.get(arn.slice(arn.lastIndexOf('/') + 1))
  const assumer = {
    account: caller.account,
    arns: caller.session === undefined ? [caller.arn] : [caller.arn, caller.session.roleArn],
    externalId: input.optional('ExternalId'),
  }
  const open = account !== undefined && world.organization?.shuts(account.id) !== true
  if (open && role?.arn === arn && trustsCaller(role.trust.document, assumer)) return role
  throw queryTrouble('denied', `User: ${caller.arn} is not authorized to perform: sts:AssumeRole on resource: ${arn}`)
}
