/** Reads functions that are known by their ARNs: one by one where they are few, from the region's list where many. */
import { grouped } from '../../core/grouped.js'
import { type LambdaFunction, splitFunctionArn } from '../../core/lambda-function.js'
import { accessTo } from '../../rollout/access-to.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { placeOf } from '../../rollout/waves.js'
import type { Tools } from '../tools.js'
import { readableFailure } from './reading.js'

/** A list costs a call for 50 functions of the region, wanted or not. */
const FEW = 20
const AT_ONCE = 10

/** @returns those that exist and can be read */
export async function readMany(arns: Iterable<string>, tools: Tools): Promise<Map<string, LambdaFunction>> {
  const places = [...grouped(new Set(arns), placeOf).values()]
  const found = await Promise.all(places.map((wanted) => readIn(wanted, tools)))
  return new Map(found.flat().map((fn) => [fn.arn, fn]))
}

/** @param wanted all of one account and region */
async function readIn(wanted: string[], tools: Tools): Promise<LambdaFunction[]> {
  const [first = ''] = wanted
  const lambda = await (await accessTo(first, tools.aws)).lambda(splitFunctionArn(first).region)
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
