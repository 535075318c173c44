/** Keeps the way into other accounts with a run: its role by name, but no external id. */
import type { AwsAccess } from '../../aws/gateways.js'
import type { RunHeader } from '../../core/run.js'
import type { Tools } from '../tools.js'

/** What the user says of it when a run is gone on with; the rest is as it was begun. */
export interface GivenWay {
  role?: string | undefined
  externalId?: string | undefined
}

export function recordedWay({ memberRole }: AwsAccess): RunHeader['options'] {
  return memberRole === undefined ? {} : { assumeRole: memberRole }
}

/** A run that was begun without a way into other accounts has none, unless a role is given. */
export function asBegun<T extends Tools>(tools: T, { options }: RunHeader, { role, externalId }: GivenWay = {}): T {
  const name = role ?? (typeof options.assumeRole === 'string' ? options.assumeRole : undefined)
  if (name === undefined) return tools
  return { ...tools, aws: tools.aws.through({ role: name, ...(externalId !== undefined && { externalId }) }) }
}
