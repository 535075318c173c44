/** Says what to write into a stack's template, so that the next deployment does not take the repair back. */
import type { FunctionRow, Owner } from '../function-row.js'
import type { TracingMode } from '../lambda-function.js'
import { MANAGED_POLICY_NAME } from '../policy/grant.js'
import type { Finding } from '../report.js'
import { demandedMode } from './demanded-mode.js'

/** The lines for the function itself. */
export function templateAdvice({ stack, logicalId, by }: Owner, to: TracingMode): string {
  const type = by === 'SAM' ? 'AWS::Serverless::Function' : 'AWS::Lambda::Function'
  const resource = logicalId === undefined ? `the ${type} of this function` : `${logicalId} (${type})`
  const line = by === 'SAM' ? `Tracing: ${to}` : `TracingConfig: { Mode: ${to} }`
  return `template of stack ${stack}, under Properties of ${resource}:\n  ${line}`
}

/** The lines for an execution role that cannot write. */
export function roleAdvice({ by }: Owner): string {
  const whose = by === 'SAM' ? ', unless SAM makes the role and so adds the right by itself' : ''
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation replaces it
  const policy = 'arn:${AWS::Partition}:iam::aws:policy/'
  return `and under Properties of its AWS::IAM::Role${whose}:\n  ManagedPolicyArns: [!Sub "${policy}${MANAGED_POLICY_NAME}"]`
}

/** The finding with the lines that its repair takes; a finding that no template answers stays as it is. */
export function withTemplate(finding: Finding, row: FunctionRow): Finding {
  const { owner, permission } = row
  const to = demandedMode(finding, row)
  if (!owner || to === undefined) return finding
  const lines = [
    templateAdvice(owner, to),
    ...(to === 'Active' && permission.answer === 'no' ? [roleAdvice(owner)] : []),
  ]
  return { ...finding, template: lines.join('\n') }
}
