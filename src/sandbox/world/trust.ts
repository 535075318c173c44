/** Trust policies: the usual ones, and who may assume a role by one. */
import { listOf, type PolicyDocument, type PolicyStatement, statementsOf } from '../policy/document.js'

export type Trust = 'lambda' | 'edgelambda' | PolicyDocument

export function trustDocument(trust: Trust): PolicyDocument {
  if (typeof trust === 'object') return trust
  const services = ['lambda.amazonaws.com']
  if (trust === 'edgelambda') services.push('edgelambda.amazonaws.com')
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal: { Service: services }, Action: 'sts:AssumeRole' }],
  }
}

/** Trusts everybody whom the account lets assume roles. @param externalId demanded, where there is one */
export function accountTrust(account: { id: string; partition: string }, externalId?: string): PolicyDocument {
  const condition = externalId === undefined ? {} : { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }
  const Principal = { AWS: `arn:${account.partition}:iam::${account.id}:root` }
  return {
    Version: '2012-10-17',
    Statement: [{ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...condition }],
  }
}

export function trustsService(document: PolicyDocument, service: string): boolean {
  return assuming(document).some((statement) => principals(statement, 'Service').includes(service))
}

export interface Assumer {
  readonly account: string
  /** The caller's own ARN and, for a session, its role's. */
  readonly arns: readonly string[]
  readonly externalId: string | undefined
}

export function trustsCaller(document: PolicyDocument, assumer: Assumer): boolean {
  return assuming(document).some((statement) => namesCaller(statement, assumer) && externalIdFits(statement, assumer))
}

function assuming(document: PolicyDocument): readonly PolicyStatement[] {
  return statementsOf(document).filter(
    (statement) =>
      statement.Effect === 'Allow' &&
      listOf(statement.Action).some((action) => ['sts:assumerole', 'sts:*', '*'].includes(action.toLowerCase())),
  )
}

function principals(statement: PolicyStatement, kind: string): readonly string[] {
  const { Principal } = statement
  if (Principal === undefined) return []
  return typeof Principal === 'string' ? [Principal] : listOf(Principal[kind])
}

function namesCaller(statement: PolicyStatement, assumer: Assumer): boolean {
  return principals(statement, 'AWS').some(
    (principal) =>
      principal === '*' ||
      principal === assumer.account ||
      (principal.endsWith(':root') && principal.split(':')[4] === assumer.account) ||
      assumer.arns.includes(principal),
  )
}

function externalIdFits(statement: PolicyStatement, assumer: Assumer): boolean {
  const wanted = statement.Condition?.StringEquals?.['sts:ExternalId']
  return wanted === undefined || (assumer.externalId !== undefined && listOf(wanted).includes(assumer.externalId))
}
