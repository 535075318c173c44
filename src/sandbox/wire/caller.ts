/** Who calls what where, from the credential scope of the Authorization header. */
import { partitionOf } from '../partition.js'
import { DEFAULT_ACCOUNT, type Session, type World } from '../world.js'
import type { HttpRequest } from './http-request.js'

export interface Caller {
  readonly service: string
  readonly region: string
  readonly partition: string
  readonly account: string
  readonly arn: string
  readonly userId: string
  /** Set for the keys of an assumed role. */
  readonly session: Session | undefined
}

/** Undefined for a request that is not signed. */
export function callerOf(request: HttpRequest, world: World): Caller | undefined {
  const credential = /Credential=([^,\s]+)/.exec(request.headers.authorization ?? '')?.[1]
  if (credential === undefined) return undefined
  const [accessKey, , region, service] = credential.split('/')
  if (accessKey === undefined || region === undefined || service === undefined) return undefined
  const partition = partitionOf(region)
  const session = world.sessions.get(accessKey)
  const account = session?.account ?? /\d{12}/.exec(accessKey)?.[0] ?? DEFAULT_ACCOUNT
  const sessionName = session?.arn.slice(session.arn.lastIndexOf('/') + 1)
  return {
    service,
    region,
    partition,
    account,
    arn: session?.arn ?? `arn:${partition}:iam::${account}:user/operator`,
    userId: session === undefined ? 'AIDASANDBOXOPERATORXX' : `${session.roleId}:${sessionName}`,
    session,
  }
}
