/** Publishes a version of $LATEST and moves aliases to it, each tried again where that does no work twice. */
import type { Clock, LambdaGateway } from '../aws/gateways.js'
import { type Alias, sameRoute, splitFunctionArn } from '../core/lambda-function.js'
import type { MoveAliasStep, PublishStep } from '../core/plan/plan.js'
import { LATEST_PUBLISHED } from '../core/verdict.js'
import { XtraceError } from '../errors.js'
import { settled } from './settle.js'

export interface PublishTools {
  lambda: LambdaGateway
  clock: Clock
}

const TRIES = 8
const WAIT = 500

/** @returns the version that was made, or the newest one where nothing has changed since it was */
export async function publish(step: PublishStep, { lambda, clock }: PublishTools): Promise<string> {
  const { name } = splitFunctionArn(step.function)
  for (let tries = 1; ; tries++) {
    const { revisionId, settings } = await settled(() => lambda.getFunction(name), clock)
    try {
      if (step.latestPublished) await requireSameSettings(name, settings, lambda)
      const source = { codeSha256: step.codeSha256, latestPublished: step.latestPublished === true }
      const made = await lambda.publishVersion(name, { ...source, ...(revisionId !== undefined && { revisionId }) })
      if (made.mode === 'Active') return made.version
      throw new XtraceError('UPDATE_FAILED', `Version ${made.version} was published, but its mode is ${made.mode}.`)
    } catch (error) {
      if (!(error instanceof XtraceError) || !PASSING.has(error.code) || tries >= TRIES) throw error
      await clock.sleep(WAIT * tries)
    }
  }
}

/** Publishing again is safe: without a change in between, the answer is the version that the first try made. */
const PASSING: ReadonlySet<string> = new Set(['CONFLICT', 'PRECONDITION', 'CONNECTION_LOST', 'SERVER_ERROR'])

/** What Managed Instances run is replaced at once: nothing but tracing may change with it. */
async function requireSameSettings(name: string, settings: string | undefined, lambda: LambdaGateway): Promise<void> {
  const served = await lambda.getFunction(name, LATEST_PUBLISHED)
  if (served.settings === settings) return
  throw new XtraceError(
    'ALIAS_DIFFERS',
    `$LATEST was changed meanwhile: it differs from ${LATEST_PUBLISHED} in more than tracing.`,
  )
}

/**
 * $LATEST may have been changed between the plan and the publishing. Versions are locked: what is alike stays alike.
 * @throws XtraceError ALIAS_DIFFERS when moving the alias would release more than tracing
 */
export async function requireAlike(step: MoveAliasStep, version: string, lambda: LambdaGateway): Promise<void> {
  const { name } = splitFunctionArn(step.function)
  const [now, next] = await Promise.all([
    lambda.getFunction(name, step.from.version),
    lambda.getFunction(name, version),
  ])
  if (now.codeSha256 === next.codeSha256 && now.settings === next.settings) return
  throw new XtraceError(
    'ALIAS_DIFFERS',
    `$LATEST was changed meanwhile: version ${version} differs from version ${now.version}, which alias ${step.alias} serves, in more than tracing.`,
  )
}

/**
 * @param version where the alias goes
 * @returns whether this run moved it; false when it was there already
 */
export async function moveAlias(
  step: MoveAliasStep,
  version: string,
  { lambda, clock }: PublishTools,
): Promise<boolean> {
  const { name } = splitFunctionArn(step.function)
  const target: Alias = { name: step.alias, version, weights: step.to.weights ?? {} }
  let revisionId = step.revisionId
  for (let tries = 1; ; tries++) {
    try {
      await lambda.moveAlias(name, { ...target, ...(revisionId !== undefined && { revisionId }) })
      return true
    } catch (error) {
      if (!(error instanceof XtraceError) || !PASSING.has(error.code) || tries >= TRIES) throw error
      await clock.sleep(WAIT * tries)
      const now = (await lambda.listAliases(name)).find((alias) => alias.name === step.alias)
      if (now && sameRoute(now, target)) return error.code !== 'PRECONDITION' || tries > 1
      if (!now || !sameRoute(now, step.from)) throw movedElsewhere(step, now)
      revisionId = now.revisionId
    }
  }
}

function movedElsewhere(step: MoveAliasStep, now: Alias | undefined): XtraceError {
  const where = now ? `serves version ${now.version} now` : 'is gone'
  return new XtraceError('PRECONDITION', `Somebody else has changed alias ${step.alias}: it ${where}.`)
}
