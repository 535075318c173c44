/** Reads the functions that were named: each in its own region, none twice, none of another account. */
import type { LambdaGateway } from '../aws/gateways.js'
import { type FunctionRef, isPublished } from '../core/function-ref.js'
import type { LambdaFunction } from '../core/lambda-function.js'
import { partitionOf } from '../core/region.js'
import { type ErrorCode, XtraceError } from '../errors.js'
import { inParallel } from '../rollout/in-parallel.js'
import { readableFailure } from './reading.js'
import { regionOff } from './region-off.js'
import type { Tools } from './tools.js'

/** A named function in one region: as read, or why it could not be. */
export interface Target {
  ref: FunctionRef
  region: string
  fn?: LambdaFunction
  /** The version or alias that a qualifier asks for; read for `show` only. */
  asked?: LambdaFunction
  error?: XtraceError
}

/** What the functions are read for. */
export type Purpose = 'show' | 'enable' | 'disable'

const AT_ONCE = 10

/**
 * @param regions for the names that say none themselves
 * @param purpose a change is refused to published versions and aliases, before any call is made
 */
export async function readTargets(
  refs: FunctionRef[],
  regions: string[],
  purpose: Purpose,
  tools: Tools,
): Promise<Target[]> {
  const targets = distinctTargets(refs, regions)
  let done = 0
  return inParallel(targets, AT_ONCE, async (target) => {
    const read = await readTarget(target, purpose, tools)
    tools.progress.say('reading functions', ++done, targets.length)
    return read
  })
}

function distinctTargets(refs: FunctionRef[], regions: string[]): Target[] {
  const targets = refs.flatMap((ref) => (ref.region ? [ref.region] : regions).map((region) => ({ ref, region })))
  const key = ({ ref, region }: Target) =>
    [region, ref.account, ref.name, ref.qualifier === '$LATEST' ? '' : ref.qualifier].join(' ')
  return [...new Map(targets.toReversed().map((target) => [key(target), target])).values()].toReversed()
}

async function readTarget(target: Target, purpose: Purpose, tools: Tools): Promise<Target> {
  const { ref, region } = target
  try {
    if (purpose !== 'show' && isPublished(ref)) throw publishedVersion(ref, purpose)
    if (ref.partition && ref.partition !== partitionOf(region)) {
      throw new XtraceError(
        'OTHER_PARTITION',
        `${ref.text} names partition ${ref.partition}, but ${region} is in ${partitionOf(region)}.`,
      )
    }
    const lambda = await tools.aws.lambda(region)
    const fn = await readOwn(lambda, ref)
    return isPublished(ref)
      ? { ...target, fn, asked: await lambda.getFunction(ref.name, ref.qualifier) }
      : { ...target, fn }
  } catch (thrown) {
    const error = readableFailure(await regionOff(thrown, region, tools.aws))
    return { ...target, error: await explained(error, target, tools) }
  }
}

/** What Lambda answers must be of the account that was named: an ARN of another one is never obeyed here. */
async function readOwn(lambda: LambdaGateway, ref: FunctionRef): Promise<LambdaFunction> {
  const fn = await lambda.getFunction(ref.name)
  if (ref.account && fn.account !== ref.account) throw otherAccount(ref, fn.account)
  return fn
}

/** A function that is "not found" in one's own account may well exist in the account that was named. */
async function explained(error: XtraceError, { ref, region }: Target, tools: Tools): Promise<XtraceError> {
  if (!ref.account || !CONFUSABLE.has(error.code)) return error
  const identity = await tools.aws.identity(region)
  const { account } = await identity.whoAmI()
  return account === ref.account ? error : otherAccount(ref, account)
}

const CONFUSABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['FUNCTION_NOT_FOUND', 'ACCESS_DENIED'])

function otherAccount(ref: FunctionRef, own: string): XtraceError {
  return new XtraceError(
    'OTHER_ACCOUNT',
    `${ref.text} belongs to account ${ref.account}, the credentials are of ${own}.`,
    {
      suggestions: [`Use credentials of account ${ref.account}: --profile NAME.`],
    },
  )
}

function publishedVersion(ref: FunctionRef, purpose: Purpose): XtraceError {
  const what = /^\d+$/.test(ref.qualifier ?? '')
    ? 'a published version'
    : ref.qualifier === '$LATEST.PUBLISHED'
      ? 'the published $LATEST'
      : 'an alias'
  return new XtraceError(
    'PUBLISHED_VERSION',
    `${ref.text} is ${what}: its configuration is locked, only $LATEST can be changed.`,
    {
      suggestions: [
        `Change $LATEST instead: xtrace ${purpose} ${ref.name}`,
        'Then publish a version and point the alias at it, so that callers get the change.',
      ],
    },
  )
}
