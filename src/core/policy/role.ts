/** An execution role as far as its right to write traces depends on it. */

/** One policy document that applies to the role: for a managed policy, its default version. */
export interface RolePolicy {
  source: 'managed' | 'inline'
  name: string
  /** Managed policies only. */
  arn?: string
  /** Parsed JSON or the raw text as IAM returns it; ignored when `unreadable` is set. */
  document: unknown
  /** Why the document could not be read, e.g. "AccessDenied on iam:GetPolicyVersion". */
  unreadable?: string
}

export interface Role {
  arn: string
  name: string
  account: string
  policies: RolePolicy[]
  /** The permissions boundary: it grants nothing, and what it does not allow is refused. */
  boundary?: RolePolicy
  /** Why the role, or one of the lists of its policies, could not be read. `policies` may then be incomplete. */
  unreadable?: string
  /** IAM answered NoSuchEntity: the function still names a role that was deleted. */
  missing?: boolean
  /** ISO 8601. */
  createdAt?: string
  /** Whether the trust policy lets Lambda assume the role. */
  trustsLambda?: boolean
}
