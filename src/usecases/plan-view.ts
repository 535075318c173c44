/** Shows a plan as what would change, grouped by account, region and role. */
import { type LambdaFunction, roleNameOf, splitFunctionArn } from '../core/lambda-function.js'
import type { Plan, Step } from '../core/plan.js'
import type { Cell, Section } from '../core/report.js'

/** @param functions ARN → function, for the roles that they run with */
export function planSections(plan: Plan, functions: ReadonlyMap<string, LambdaFunction>): Section[] {
  const groups = new Map<string, Step[]>()
  for (const step of plan.steps) {
    if (!('function' in step)) continue
    const title = titleOf(step.function, functions)
    groups.set(title, [...(groups.get(title) ?? []), step])
  }
  const roles = plan.steps.filter((step) => 'role' in step)
  return [
    ...(roles.length > 0 ? [{ title: 'Roles', rows: roles.map(line) }] : []),
    ...[...groups].map(([title, steps]): Section => ({ title, rows: steps.map(line) })),
    ...(plan.refused.length > 0 ? [{ title: 'Refused', rows: plan.refused.map(refusal) }] : []),
  ]
}

function titleOf(arn: string, functions: ReadonlyMap<string, LambdaFunction>): string {
  const { account, region } = splitFunctionArn(arn)
  const role = functions.get(arn)?.role
  return [`account ${account}`, region, ...(role ? [`role ${roleNameOf(role)}`] : [])].join(', ')
}

function line(step: Step): Cell[] {
  switch (step.kind) {
    case 'grant':
      return [{ text: '+', tone: 'good' }, roleNameOf(step.role), `policy ${roleNameOf(step.policy)}`]
    case 'revoke':
      return [{ text: '-', tone: 'bad' }, roleNameOf(step.role), `policy ${roleNameOf(step.policy)}`]
    case 'setMode':
      return [{ text: '~', tone: 'warn' }, splitFunctionArn(step.function).name, `${step.from} → ${step.to}`]
    case 'publish':
      return [
        { text: '+', tone: 'good' },
        splitFunctionArn(step.function).name,
        step.latestPublished ? 'renew $LATEST.PUBLISHED' : 'a new version',
      ]
    case 'moveAlias': {
      const to = typeof step.to.version === 'string' ? step.to.version : 'the new version'
      return [
        { text: '~', tone: 'warn' },
        splitFunctionArn(step.function).name,
        `alias ${step.alias}: ${step.from.version} → ${to}`,
      ]
    }
  }
}

function refusal({ function: arn, because }: Plan['refused'][number]): Cell[] {
  return [{ text: '!', tone: 'bad' }, splitFunctionArn(arn).name, because]
}
