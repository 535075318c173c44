/** Creates a function with tracing Active from its first invocation; the role is checked or granted first. */
import type { NewFunction } from '../../aws/gateways.js'
import { functionRow } from '../../core/function-row.js'
import { type LambdaFunction, roleNameOf } from '../../core/lambda-function.js'
import type { GrantChoice } from '../../core/plan/plan.js'
import {
  afterGrant,
  INLINE_POLICY_NAME,
  inlinePolicyDocument,
  isReserved,
  managedPolicyArn,
} from '../../core/policy/grant.js'
import { traceWritePermission } from '../../core/policy/permission.js'
import type { Role } from '../../core/policy/role.js'
import { partitionOf } from '../../core/region.js'
import { type Report, report } from '../../core/report.js'
import { judge, type Observation } from '../../core/verdict.js'
import { XtraceError } from '../../errors.js'
import { settled } from '../../rollout/settle.js'
import type { Tools } from '../tools.js'
import { verdictCell } from '../verdict-cell.js'
import type { Changed, ChangedRow } from './changed.js'
import { sendCreate } from './send-create.js'

export interface CreateRequest {
  /** `role` may be a bare name: the ARN is looked up. */
  spec: NewFunction
  region: string
  grants: GrantChoice
  dryRun: boolean
}

/** As for enable; a creation is no run, since it cannot be undone. */
export type Created = Omit<Changed, 'plan' | 'run'>

type Grant = Changed['grants'][number]

export async function createFunction(request: CreateRequest, tools: Tools): Promise<Report<Created>> {
  await refuseExisting(request, tools)
  const role = await readRole(request, tools)
  const grant = decideGrant(request, role)
  const spec = { ...request.spec, role: role.arn }
  if (request.dryRun) return created(request, planned(spec, request.region), role, grant)
  if (grant) await carryOutGrant(grant, request, tools)
  try {
    const fn = await sendCreate({ ...request, spec, role, granted: grant !== undefined }, tools)
    return created(request, await untilActive(fn, request, tools), role, grant && { ...grant, result: 'done' })
  } catch (error) {
    throw grant ? withGrantExplained(error, grant) : error
  }
}

async function refuseExisting({ spec, region }: CreateRequest, tools: Tools): Promise<void> {
  const lambda = await tools.aws.lambda(region)
  try {
    const fn = await lambda.getFunction(spec.name)
    throw new XtraceError('FUNCTION_EXISTS', `${fn.name} already exists in ${region} (mode ${fn.mode}).`, {
      suggestions: [`Turn tracing on for it: xtrace enable ${fn.name} --region ${region}`],
    })
  } catch (error) {
    // Not allowed to read: CreateFunction itself refuses a name that is taken.
    if (!(error instanceof XtraceError && (error.code === 'FUNCTION_NOT_FOUND' || error.code === 'ACCESS_DENIED')))
      throw error
  }
}

async function readRole({ spec, region }: CreateRequest, tools: Tools): Promise<Role> {
  const iam = await tools.aws.iam(partitionOf(region))
  const role = await iam.readRole(spec.role)
  const isArn = spec.role.startsWith('arn:')
  if (role.missing) throw new XtraceError('ROLE_NOT_FOUND', `Execution role ${spec.role} does not exist.`)
  if (isArn && !role.unreadable && role.arn !== spec.role) {
    throw new XtraceError('ROLE_NOT_FOUND', `${spec.role} does not exist; the role of that name here is ${role.arn}.`)
  }
  if (role.unreadable && !isArn) {
    throw new XtraceError('ACCESS_DENIED', `Role ${spec.role} could not be looked up: ${role.unreadable}`, {
      suggestions: ["Give the role's full ARN, or allow iam:GetRole."],
    })
  }
  if (role.trustsLambda === false) {
    throw new XtraceError(
      'ROLE_NOT_ASSUMABLE',
      `Role ${role.name} does not trust lambda.amazonaws.com: Lambda cannot assume it.`,
    )
  }
  return role
}

function decideGrant({ grants, region }: CreateRequest, role: Role): Grant | undefined {
  const partition = partitionOf(region)
  const now = traceWritePermission(role, { region, partition })
  if (now.answer !== 'no') return undefined
  if (isReserved(role))
    throw new XtraceError('ROLE_UNMODIFIABLE', `Role ${role.name} cannot write traces, and only AWS may change it.`)
  if (grants === 'none')
    throw new XtraceError('ROLE_CANNOT_WRITE', `Role ${role.name} cannot write traces: ${now.because}.`)
  const helped = traceWritePermission(afterGrant(role, grants, partition), { region, partition })
  if (helped.answer === 'no')
    throw new XtraceError('ROLE_DENIED', `A grant would not help role ${role.name}: ${helped.because}.`)
  const policy = grants === 'managed' ? managedPolicyArn(partition) : INLINE_POLICY_NAME
  return { role: role.arn, how: grants, policy, change: 'grant', result: 'planned' }
}

async function carryOutGrant(grant: Grant, { region }: CreateRequest, tools: Tools): Promise<void> {
  tools.progress.say('granting the role')
  const iam = await tools.aws.iam(partitionOf(region))
  const name = roleNameOf(grant.role)
  if (grant.how === 'managed') await iam.attachPolicy(name, grant.policy)
  else await iam.putInlinePolicy(name, grant.policy, inlinePolicyDocument())
}

async function untilActive(fn: LambdaFunction, { region }: CreateRequest, tools: Tools): Promise<LambdaFunction> {
  tools.progress.say('waiting until the function is ready')
  const lambda = await tools.aws.lambda(region)
  const ready = await settled(() => lambda.getFunction(fn.name), tools.clock)
  if (ready.state !== 'Failed') return ready
  throw new XtraceError(
    'UPDATE_FAILED',
    `${fn.name} was created but Lambda could not make it ready: ${ready.stateReason ?? 'no reason given'}`,
    {
      suggestions: [
        `Delete it and try again: aws lambda delete-function --region ${region} --function-name ${fn.name}`,
      ],
    },
  )
}

/** The role has changed although the function was not made: say so, and how to take it back. */
function withGrantExplained(error: unknown, grant: Grant): unknown {
  if (!(error instanceof XtraceError)) return error
  const role = roleNameOf(grant.role)
  const undo =
    grant.how === 'managed'
      ? `aws iam detach-role-policy --role-name ${role} --policy-arn ${grant.policy}`
      : `aws iam delete-role-policy --role-name ${role} --policy-name ${grant.policy}`
  return new XtraceError(error.code, error.message, {
    suggestions: [...error.suggestions, `Role ${role} keeps ${roleNameOf(grant.policy)}; to take it back: ${undo}`],
    cause: error,
    ...(error.aws && { aws: error.aws }),
  })
}

/** What a dry run shows: the function as it would be. */
function planned(spec: NewFunction, region: string): LambdaFunction {
  const [, partition = '', , , account = ''] = spec.role.split(':')
  return {
    arn: `arn:${partition}:lambda:${region}:${account}:function:${spec.name}`,
    name: spec.name,
    account,
    region,
    partition,
    version: '$LATEST',
    mode: 'Active',
    role: spec.role,
    packageType: 'imageUri' in spec.code ? 'Image' : 'Zip',
    memory: spec.memory ?? 128,
    otherTracers: [],
    managedInstances: false,
    snapStart: false,
    ...(spec.runtime && { runtime: spec.runtime }),
  }
}

function created(request: CreateRequest, fn: LambdaFunction, role: Role, grant: Grant | undefined): Report<Created> {
  const assumed = grant ? afterGrant(role, grant.how, fn.partition) : role
  const seen: Observation = {
    fn,
    aliases: { value: [] },
    eventSources: { value: [] },
    permission: traceWritePermission(assumed, fn),
  }
  const judged = judge(seen)
  const result = request.dryRun ? 'planned' : 'created'
  const row: ChangedRow = { ...functionRow(seen, judged), from: null, to: 'Active', result }
  const granted =
    grant && `role ${role.name} ${request.dryRun ? 'would be' : 'was'} given the policy ${roleNameOf(grant.policy)}`
  return report(
    'create',
    { dryRun: request.dryRun, functions: [row], grants: grant ? [grant] : [] },
    {
      table: [
        {
          columns: ['FUNCTION', 'REGION', 'MODE', 'RESULT', 'VERDICT', 'BECAUSE'],
          rows: [
            [
              { text: fn.name, tone: 'strong' },
              fn.region,
              fn.mode,
              { text: result, tone: 'good' },
              verdictCell(judged.verdict),
              judged.because,
            ],
          ],
        },
      ],
      notes: granted ? [granted] : [],
    },
  )
}
