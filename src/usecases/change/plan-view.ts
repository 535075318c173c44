/** Shows a plan as what would change, grouped by account, region and role. */
import { accountOfArn } from '../../core/arn.js'
import { grouped } from '../../core/grouped.js'
import { type LambdaFunction, roleNameOf, splitFunctionArn } from '../../core/lambda-function.js'
import type { Plan, Step } from '../../core/plan/plan.js'
import type { Cell, Section } from '../../core/report.js'

/** @param functions ARN → function, for the roles that they run with */
export function planSections(plan: Plan, functions: ReadonlyMap<string, LambdaFunction>): Section[] {
  const several = plan.createdFor.accounts.length > 1
  const roles = plan.steps.flatMap((step) =>
    'role' in step ? [{ title: rolesTitle(step.role, several), line: line(step) }] : [],
  )
  const others = plan.steps.flatMap((step) =>
    'function' in step ? [{ title: titleOf(step.function, functions), line: line(step) }] : [],
  )
  const helped = plan.steps
    .flatMap(onlyHelped)
    .map((arn) => ({ title: titleOf(arn, functions), line: helpedLine(arn) }))
  const groups = grouped([...roles, ...others, ...helped], ({ title }) => title)
  return [
    ...[...groups].map(([title, lines]): Section => ({ title, rows: lines.map(({ line }) => line) })),
    ...(plan.refused.length > 0 ? [{ title: 'Refused', rows: plan.refused.map((one) => refusal(one, several)) }] : []),
  ]
}

/** Functions that no step but the grant of their role is about. */
function onlyHelped(step: Step): string[] {
  return step.kind === 'grant' ? (step.blind ?? []) : []
}

function helpedLine(arn: string): Cell[] {
  return [{ text: '+', tone: 'good' }, splitFunctionArn(arn).name, 'its role gets the permission']
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
