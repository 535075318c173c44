/** Reads functions that are known by their ARNs: one by one where they are few, from the region's list where many. */
import { type LambdaFunction, splitFunctionArn } from '../core/lambda-function.js'
import { inParallel } from '../rollout/in-parallel.js'
import { readableFailure } from './reading.js'
import type { Tools } from './tools.js'

/** A list costs a call for 50 functions of the region, wanted or not. */
const FEW = 20
const AT_ONCE = 10

/** @returns those that exist and can be read */
export async function readMany(arns: Iterable<string>, tools: Tools): Promise<Map<string, LambdaFunction>> {
  const byRegion = new Map<string, string[]>()
  for (const arn of new Set(arns)) {
    const { region } = splitFunctionArn(arn)
    byRegion.set(region, [...(byRegion.get(region) ?? []), arn])
  }
  const found = await Promise.all([...byRegion].map(([region, wanted]) => readIn(region, wanted, tools)))
  return new Map(found.flat().map((fn) => [fn.arn, fn]))
}

async function readIn(region: string, wanted: string[], tools: Tools): Promise<LambdaFunction[]> {
  const lambda = await tools.aws.lambda(region)
  if (wanted.length > FEW) {
    const set = new Set(wanted)
    const found: LambdaFunction[] = []
    for await (const page of lambda.listFunctions()) found.push(...page.filter((fn) => set.has(fn.arn)))
    return found
  }
  const read = await inParallel(wanted, AT_ONCE, async (arn) => {
    try {
      const fn = await lambda.getFunction(splitFunctionArn(arn).name)
      return fn.arn === arn ? [fn] : []
    } catch (error) {
      if (readableFailure(error).code === 'FUNCTION_NOT_FOUND') return []
      throw error
    }
  })
  return read.flat()
}
