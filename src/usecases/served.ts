/** Finds out what live traffic runs: the modes that a function's aliases serve. */
import type { LambdaGateway } from '../aws/gateways.js'
import type { Alias, LambdaFunction, TracingMode } from '../core/lambda-function.js'
import type { Reading, ServedAlias } from '../core/verdict.js'
import { readableFailure, reading } from './reading.js'

/** Lambda Managed Instances run this version for unqualified calls: a pseudo-alias as far as tracing goes. */
export const LATEST_PUBLISHED = '$LATEST.PUBLISHED'

type Mode = TracingMode | 'unknown'

/** Reads the aliases of one function, and of its versions only those that they serve. */
export function readServed(lambda: LambdaGateway, fn: LambdaFunction): Promise<Reading<ServedAlias[]>> {
  return reading(async () => {
    const aliases = withManagedInstances(fn, await lambda.listAliases(fn.name))
    const versions = [...new Set(aliases.flatMap((alias) => [alias.version, ...Object.keys(alias.weights)]))]
    const modes = new Map(
      await Promise.all(versions.map(async (version) => [version, await modeOf(lambda, fn, version)] as const)),
    )
    return served(aliases, modes)
  })
}

/** Joins aliases with modes that are known already. */
export function served(aliases: Alias[], modes: ReadonlyMap<string, Mode>): ServedAlias[] {
  return aliases.map((alias) => {
    const versions = [alias.version, ...Object.keys(alias.weights)]
    return {
      ...alias,
      modes: Object.fromEntries(versions.map((version) => [version, modes.get(version) ?? 'unknown'])),
    }
  })
}

export function withManagedInstances(fn: LambdaFunction, aliases: Alias[]): Alias[] {
  if (!fn.managedInstances) return aliases
  return [{ name: LATEST_PUBLISHED, version: LATEST_PUBLISHED, weights: {} }, ...aliases]
}

async function modeOf(lambda: LambdaGateway, fn: LambdaFunction, version: string): Promise<Mode> {
  if (version === '$LATEST') return fn.mode
  try {
    return (await lambda.getFunction(fn.name, version)).mode
  } catch (error) {
    readableFailure(error)
    return 'unknown'
  }
}
