/** Reads the functions that were named: each in its own account and region, and none twice. */
import type { AwsAccess, LambdaGateway } from '../../aws/gateways.js'
import { type FunctionRef, isPublished } from '../../core/function-ref.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import { partitionOf } from '../../core/region.js'
import { type ErrorCode, XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import type { Tools } from '../tools.js'
import { readableFailure } from './reading.js'
import { regionOff } from './region-off.js'

/** A named function in one region: as read, or why it could not be. */
export interface Target {
  ref: FunctionRef
  region: string
  /** As its ARN or the command says; absent: that of the credentials. */
  account?: string
  fn?: LambdaFunction
  /** The version or alias that a qualifier asks for; read for `show` only. */
  asked?: LambdaFunction
  error?: XtraceError
}

/** What the functions are read for. */
export type Purpose = 'show' | 'enable' | 'disable' | 'cost'

const AT_ONCE = 10

/** @param regions for the names that say none themselves */
export function targetsOf(refs: readonly FunctionRef[], regions: readonly string[]): Target[] {
  return refs.flatMap((ref) => {
    const account = ref.account !== undefined && { account: ref.account }
    return (ref.region === undefined ? regions : [ref.region]).map((region) => ({ ref, region, ...account }))
  })
}

/**
 * @param wanted those that have an error already stay as they are
 * @param purpose a change is refused to published versions and aliases, before any call is made
 */
export async function readTargets(wanted: readonly Target[], purpose: Purpose, tools: Tools): Promise<Target[]> {
  const targets = distinct(wanted)
  let done = 0
  return inParallel(targets, AT_ONCE, async (target) => {
    const read = target.error ? target : await readTarget(target, purpose, tools)
    tools.progress.say('reading functions', ++done, targets.length)
    return read
  })
}

function distinct(targets: readonly Target[]): Target[] {
  const key = ({ ref, region, account }: Target) =>
    [region, account, ref.name, ref.qualifier === '$LATEST' ? '' : ref.qualifier].join(' ')
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
    return await readIn(await accessFor(target, tools.aws), target, purpose)
  } catch (thrown) {
    return { ...target, error: await explained(readableFailure(thrown), target, purpose, tools) }
  }
}

async function accessFor({ account, region }: Target, aws: AwsAccess): Promise<AwsAccess> {
  return account === undefined ? aws : aws.inAccount(account, partitionOf(region))
}

async function readIn(aws: AwsAccess, target: Target, purpose: Purpose): Promise<Target> {
  const { ref, region } = target
  try {
    const lambda = await aws.lambda(region)
    const fn = await readOwn(lambda, ref, purpose)
    return isPublished(ref) ? { ...target, fn, asked: await readAsked(lambda, ref) } : { ...target, fn }
  } catch (thrown) {
    throw await regionOff(thrown, region, aws)
  }
}

/** What Lambda answers must be of the account that was named: where there is no way into it, it is that of the credentials. */
async function readOwn(lambda: LambdaGateway, ref: FunctionRef, purpose: Purpose): Promise<LambdaFunction> {
  const fn = await lambda.getFunction(ref.name)
  if (ref.account && fn.account !== ref.account) throw otherAccount(ref, fn.account, purpose)
  return fn
}

/** The function is there: what is not found is the version or the alias. */
async function readAsked(lambda: LambdaGateway, ref: FunctionRef): Promise<LambdaFunction> {
  try {
    return await lambda.getFunction(ref.name, ref.qualifier)
  } catch (thrown) {
    if (!(thrown instanceof XtraceError) || thrown.code !== 'FUNCTION_NOT_FOUND') throw thrown
    const { name, qualifier = '' } = ref
    const what = /^\d+$/.test(qualifier) ? 'version' : 'alias'
    throw new XtraceError('FUNCTION_NOT_FOUND', `${name} is there, but has no ${what} ${qualifier}.`, {
      suggestions: [`xtrace show ${name} tells which versions and aliases there are.`],
      cause: thrown,
    })
  }
}

/** A function that is "not found" in one's own account may well exist in the account that was named. */
async function explained(
  error: XtraceError,
  { ref, region }: Target,
  purpose: Purpose,
  tools: Tools,
): Promise<XtraceError> {
  if (!ref.account || !CONFUSABLE.has(error.code) || tools.aws.memberRole !== undefined) return error
  const identity = await tools.aws.identity(region)
  const { account } = await identity.whoAmI()
  return account === ref.account ? error : otherAccount(ref, account, purpose)
}

const CONFUSABLE: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['FUNCTION_NOT_FOUND', 'ACCESS_DENIED'])

function otherAccount(ref: FunctionRef, own: string, purpose: Purpose): XtraceError {
  return new XtraceError(
    'OTHER_ACCOUNT',
    `${ref.text} belongs to account ${ref.account}, the credentials are of ${own}.`,
    {
      suggestions: [
        `Use credentials of account ${ref.account}: --profile NAME.`,
        ...(purpose === 'show' ? [] : ['Or enter it by a role that it has: --assume-role NAME.']),
      ],
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
