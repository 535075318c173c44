/** Managed policies and their versions. */
import { readDocument } from '../policy/document.js'
import type { QueryInput } from '../wire/query-xml.js'
import type { Context } from '../wire/service.js'
import type { XmlValue } from '../wire/xml.js'
import { ManagedPolicy } from '../world/managed-policy.js'
import { alreadyExists, limitExceeded, noSuchEntity } from './errors.js'
import { findPolicy } from './lookup.js'
import { policyShape, policyUse, versionShape } from './shapes.js'

const VERSIONS_QUOTA = 5

export function createPolicy(input: QueryInput, { account, world, now }: Context): XmlValue {
  const name = input.required('PolicyName')
  const path = input.optional('Path') ?? '/'
  const arn = account.arnOf('policy', path, name)
  if (account.policies.has(arn)) {
    throw alreadyExists(`A policy called ${name} already exists. Duplicate names are not allowed.`)
  }
  const stored = readDocument(input.required('PolicyDocument'))
  const identity = { arn, name, path, id: `ANPA${world.ids.letters(17)}`, awsManaged: false }
  const policy = new ManagedPolicy(identity, { id: 'v1', stored, createdAt: now }, now)
  account.policies.set(arn, policy)
  return { Policy: policyShape(policy, policyUse(account)) }
}

export function createPolicyVersion(input: QueryInput, context: Context): XmlValue {
  const policy = findPolicy(input, context)
  const stored = readDocument(input.required('PolicyDocument'))
  if (policy.versions.size >= VERSIONS_QUOTA) {
    throw limitExceeded(
      `A managed policy can have up to ${VERSIONS_QUOTA} versions. Before you create a new version, you must delete an existing version.`,
    )
  }
  const version = policy.addVersion(stored, context.now, input.optional('SetAsDefault') === 'true')
  return { PolicyVersion: versionShape(policy, version, false) }
}

export function getPolicy(input: QueryInput, context: Context): XmlValue {
  return { Policy: policyShape(findPolicy(input, context), policyUse(context.account)) }
}

export function getPolicyVersion(input: QueryInput, context: Context): XmlValue {
  const policy = findPolicy(input, context)
  const id = input.required('VersionId')
  const version = policy.versions.get(id)
  if (version === undefined)
    throw noSuchEntity(`Policy ${policy.arn} version ${id} does not exist or is not attachable.`)
  return { PolicyVersion: versionShape(policy, version, true) }
}
