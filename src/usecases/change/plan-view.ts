/** Shows a plan as what would change, grouped by account, region and role. */
import { accountOfArn } from '../../core/arn.js'
import { grouped } from '../../core/grouped.js'
import { type LambdaFunction, roleNameOf, splitFunctionArn } from '../../core/lambda-function.js'
import type { Plan, Step } from '../../core/plan/plan.js'
import type { Cell, Section } from '../../core/report.js'

/** @param functions ARN → function, for the roles that they run with */
export function planSections(plan: Plan, functions: ReadonlyMap<string, LambdaFunction>): Section[] {
  const several = plan.createdFor.accounts.length > 1
  const groups = grouped(plan.steps, (step) =>
    'role' in step ? rolesTitle(step.role, several) : titleOf(step.function, functions),
  )
  const roles = [...groups].filter(([, steps]) => steps.some((step) => 'role' in step))
  const others = [...groups].filter(([, steps]) => steps.every((step) => 'function' in step))
  return [
    ...[...roles, ...others].map(([title, steps]): Section => ({ title, rows: steps.map(line) })),
    ...(plan.refused.length > 0 ? [{ title: 'Refused', rows: plan.refused.map((one) => refusal(one, several)) }] : []),
  ]
}

/** Each account may have a role of the same name. */
function rolesTitle(role: string, several: boolean): string {
  return several ? `Roles of account ${accountOfArn(role)}` : 'Roles'
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

function refusal({ function: arn, because }: Plan['refused'][number], several: boolean): Cell[] {
  return [{ text: '!', tone: 'bad' }, several ? arn : splitFunctionArn(arn).name, because]
}
