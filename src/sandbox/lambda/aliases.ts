/** The alias operations. */
import type { Context } from '../wire/service.js'
import type { Alias } from '../world/function-configuration.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { conflict, functionNotFound, invalidParameter, notFound, validation } from './errors.js'
import { findFunction, readName } from './function-name.js'
import { findVersion } from './function-view.js'
import { refuseStaleRevision } from './guards.js'
import { type LambdaInput, writeMarker } from './input.js'
import type { LambdaResult } from './operation.js'

const NAME_PATTERN = '(?!^[0-9]+$)([a-zA-Z0-9-_]+)'

export function createAlias(input: LambdaInput, context: Context): LambdaResult {
  const lambda = functionOf(input, context)
  const name = input.required('Name')
  if (!new RegExp(`^${NAME_PATTERN}$`).test(name)) {
    throw validation(name, 'name', `Member must satisfy regular expression pattern: ${NAME_PATTERN}`)
  }
  const arn = `${lambda.arn}:${name}`
  if (lambda.aliases.has(name)) throw conflict(`Alias already exists: ${arn}`)
  const version = input.required('FunctionVersion')
  const weights = readWeights(input) ?? {}
  refuseRouting(lambda, version, weights)
  const description = input.text('Description') ?? ''
  const alias = lambda.setAlias({ name, version, weights, description }, context.now)
  return { status: 201, body: aliasAnswer(lambda, alias) }
}

export function getAlias(input: LambdaInput, context: Context): LambdaResult {
  const lambda = functionOf(input, context)
  const name = input.param('Name')
  const alias = lambda.aliases.get(name)
  if (alias === undefined) throw notFound(`Cannot find alias arn: ${lambda.arn}:${name}`)
  return { status: 200, body: aliasAnswer(lambda, alias) }
}

export function updateAlias(input: LambdaInput, context: Context): LambdaResult {
  const lambda = functionOf(input, context)
  const name = input.param('Name')
  const current = lambda.aliases.get(name)
  if (current === undefined) throw notFound(`Alias not found: ${lambda.arn}:${name}`)
  refuseStaleRevision(current.revisionId, input.text('RevisionId'))
  const version = input.text('FunctionVersion') ?? current.version
  const weights = readWeights(input) ?? current.weights
  refuseRouting(lambda, version, weights)
  const description = input.text('Description') ?? current.description
  const alias = lambda.setAlias({ name, version, weights, description }, context.now)
  return { status: 200, body: aliasAnswer(lambda, alias) }
}

export function deleteAlias(input: LambdaInput, context: Context): LambdaResult {
  functionOf(input, context).removeAlias(input.param('Name'), context.now)
  return { status: 204 }
}

export function listAliases(input: LambdaInput, context: Context): LambdaResult {
  const lambda = functionOf(input, context)
  const version = input.query.get('FunctionVersion')
  const names = [...lambda.aliases.keys()].sort()
  const aliases = names.flatMap((name) => lambda.aliases.get(name) ?? [])
  const wanted = aliases.filter((alias) => version === null || alias.version === version || version in alias.weights)
  const from = Number(input.marker() ?? 0)
  const to = from + input.pageSize(50)
  const NextMarker = to < wanted.length ? { NextMarker: writeMarker(String(to)) } : {}
  return {
    status: 200,
    body: { ...NextMarker, Aliases: wanted.slice(from, to).map((alias) => aliasAnswer(lambda, alias)) },
  }
}

function functionOf(input: LambdaInput, context: Context): LambdaFunction {
  return findFunction({ ...readName(input.param('FunctionName'), 'change', context), qualifier: undefined }, context)
}

/** Undefined where the request does not speak of routing. */
function readWeights(input: LambdaInput): Record<string, number> | undefined {
  const routing = input.object('RoutingConfig')
  if (routing === undefined) return undefined
  const weights = routing.AdditionalVersionWeights
  if (typeof weights !== 'object' || weights === null) return {}
  return Object.fromEntries(Object.entries(weights).map(([version, weight]) => [version, Number(weight)]))
}

function refuseRouting(lambda: LambdaFunction, version: string, weights: Readonly<Record<string, number>>): void {
  refuseMissingVersion(lambda, version)
  const further = Object.keys(weights)
  if (further.length > 1) {
    throw invalidParameter('Number of items in AdditionalVersionWeights cannot be greater than 1')
  }
  if (further.includes(version)) {
    throw invalidParameter(
      `Invalid function version ${version}. Function version ${version} is already included in routing configuration.`,
    )
  }
  if (further.length > 0 && [version, ...further].includes('$LATEST')) {
    throw invalidParameter('$LATEST is not supported for an alias pointing to more than 1 version')
  }
  for (const other of further) refuseMissingVersion(lambda, other)
}

function refuseMissingVersion(lambda: LambdaFunction, version: string): void {
  if (version === '$LATEST' || findVersion(lambda, version) !== undefined) return
  throw functionNotFound(`${lambda.arn}:${version}`)
}

function aliasAnswer(lambda: LambdaFunction, alias: Alias): Record<string, unknown> {
  const weighted = Object.keys(alias.weights).length > 0
  return {
    AliasArn: `${lambda.arn}:${alias.name}`,
    Name: alias.name,
    FunctionVersion: alias.version,
    Description: alias.description,
    ...(weighted ? { RoutingConfig: { AdditionalVersionWeights: alias.weights } } : {}),
    RevisionId: alias.revisionId,
  }
}
