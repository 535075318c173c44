/** Finds out what live traffic runs: the modes that a function's aliases serve. */
import type { LambdaGateway } from '../../aws/gateways.js'
import type { Alias, LambdaFunction } from '../../core/lambda-function.js'
import { LATEST_PUBLISHED, type Reading, type ServedAlias } from '../../core/verdict.js'
import { readableFailure, reading } from './reading.js'

/** What of a version decides whether an alias is traced, and whether it may be moved. */
export interface VersionFacts extends Pick<LambdaFunction, 'mode'> {
  codeSha256?: string | undefined
  settings?: string | undefined
}

/** Reads the aliases of one function, and of its versions only those that they serve. */
export function readServed(lambda: LambdaGateway, fn: LambdaFunction): Promise<Reading<ServedAlias[]>> {
  return reading(async () => {
    const aliases = withManagedInstances(fn, await lambda.listAliases(fn.name))
    const versions = [...new Set(aliases.flatMap((alias) => [alias.version, ...Object.keys(alias.weights)]))]
    const facts = await Promise.all(versions.map((version) => factsOf(lambda, fn, version)))
    const known = versions.flatMap((version, index) => {
      const fact = facts[index]
      return fact ? [[version, fact] as const] : []
    })
    return served(aliases, new Map(known))
  })
}

/** Joins aliases with versions that are known already; one that is not is `unknown`. */
export function served(aliases: Alias[], versions: ReadonlyMap<string, VersionFacts>): ServedAlias[] {
  return aliases.map((alias) => {
    const names = [alias.version, ...Object.keys(alias.weights)]
    const known = names.flatMap((name) => {
      const facts = versions.get(name)
      return facts ? [[name, { codeSha256: facts.codeSha256, settings: facts.settings }] as const] : []
    })
    return {
      ...alias,
      modes: Object.fromEntries(names.map((name) => [name, versions.get(name)?.mode ?? 'unknown'])),
      served: Object.fromEntries(known),
    }
  })
}

export function withManagedInstances(fn: LambdaFunction, aliases: Alias[]): Alias[] {
  if (!fn.managedInstances) return aliases
  return [{ name: LATEST_PUBLISHED, version: LATEST_PUBLISHED, weights: {} }, ...aliases]
}

async function factsOf(lambda: LambdaGateway, fn: LambdaFunction, version: string): Promise<VersionFacts | undefined> {
  if (version === '$LATEST') return fn
  try {
    return await lambda.getFunction(fn.name, version)
  } catch (error) {
    readableFailure(error)
    return undefined
  }
}
