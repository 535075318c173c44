/** Builds roles and policies for the policy tests. */
import type { Role, RolePolicy } from '../../../src/core/policy/role.js'

export const ACCOUNT = '111122223333'
export const BOTH = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords']

type Extra = Record<string, unknown>

export function allow(action: unknown, extra: Extra = {}): Extra {
  return { Effect: 'Allow', Action: action, Resource: '*', ...extra }
}

export function deny(action: unknown, extra: Extra = {}): Extra {
  return { Effect: 'Deny', Action: action, Resource: '*', ...extra }
}

export function document(...statements: unknown[]): object {
  return { Version: '2012-10-17', Statement: statements }
}

export function managed(name: string, ...statements: unknown[]): RolePolicy {
  return { source: 'managed', name, arn: `arn:aws:iam::${ACCOUNT}:policy/${name}`, document: document(...statements) }
}

export function inline(name: string, ...statements: unknown[]): RolePolicy {
  return { source: 'inline', name, document: document(...statements) }
}

export function role(policies: RolePolicy[], extra: Partial<Role> = {}): Role {
  return { arn: `arn:aws:iam::${ACCOUNT}:role/service/orders`, name: 'orders', account: ACCOUNT, policies, ...extra }
}
