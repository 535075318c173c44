/** The flags that say which accounts a command works in, and how it enters those that are not its own. */
import * as Flags from '@oclif/core/flags'
import type { WayIn } from '../../aws/gateways.js'
import type { FunctionRef } from '../../core/function-ref.js'
import { XtraceError } from '../../errors.js'
import { accountId } from './place-flags.js'

/** The role that AWS Organizations makes in the accounts that it creates. */
const MEMBER_ROLE = 'OrganizationAccountAccessRole'

export const ROLE = {
  helpValue: 'NAME',
  parse: async (text: string) => {
    if (/^[\w+=,.@/-]{1,512}$/.test(text) && !/^\/|\/$/.test(text)) return text
    throw new XtraceError('USAGE', `"${text}" is not the name of a role.`, {
      suggestions: ['Give the name without an ARN: every account has its own.'],
    })
  },
}

const EXTERNAL_ID = { helpValue: 'ID', helpGroup: 'WHERE', description: 'External id that the role demands.' }

/** For commands that look for functions. */
export const organizationFlags = {
  org: Flags.boolean({
    default: false,
    helpGroup: 'WHERE',
    exclusive: ['account'],
    description: 'Every active account of the organization.',
  }),
  account: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    helpValue: 'ID',
    helpGroup: 'WHERE',
    description: 'Account, repeatable or a comma list; the default is that of the credentials.',
    parse: async (text) => accountId(text),
  }),
  'assume-role': Flags.string({
    ...ROLE,
    helpGroup: 'WHERE',
    description: `Role by which other accounts are entered, ${MEMBER_ROLE} if not said; the account of the credentials needs none.`,
  }),
  'external-id': Flags.string(EXTERNAL_ID),
}

/** For commands whose plan says which accounts there are. */
export const planAccountFlags = {
  'assume-role': Flags.string({
    ...ROLE,
    helpGroup: 'WHERE',
    description: 'Role by which the other accounts of the plan are entered.',
  }),
  'external-id': Flags.string({ ...EXTERNAL_ID, dependsOn: ['assume-role'] }),
}

/** For commands that go on with a run. */
export const runAccountFlags = {
  'assume-role': Flags.string({
    ...ROLE,
    helpGroup: 'WHERE',
    description: 'Role by which the other accounts of the run are entered; the default is that of the run.',
  }),
  'external-id': Flags.string(EXTERNAL_ID),
}

export interface AccountFlagValues {
  org?: boolean
  account?: string[] | undefined
  'assume-role'?: string | undefined
  'external-id'?: string | undefined
}

/** @returns undefined where only the account of the credentials is named */
export function namedAccounts({ org, account }: AccountFlagValues): readonly string[] | 'organization' | undefined {
  return org ? 'organization' : account
}

/**
 * @param refs functions that are named; one by its ARN says an account too
 * @throws XtraceError USAGE where a way into other accounts is said, and no other account
 */
export function refuseIdleEntrance(flags: AccountFlagValues, refs: readonly FunctionRef[]): void {
  if (namedAccounts(flags) !== undefined || refs.some((ref) => ref.account !== undefined)) return
  const idle = (['assume-role', 'external-id'] as const).find((flag) => flags[flag] !== undefined)
  if (idle === undefined) return
  throw new XtraceError('USAGE', `--${idle} is about other accounts, and none is named: say --org or --account.`)
}

/** @returns undefined where no flag speaks of other accounts */
export function wayInto(flags: AccountFlagValues): WayIn | undefined {
  const { 'assume-role': role, 'external-id': id } = flags
  if (namedAccounts(flags) === undefined && role === undefined && id === undefined) return undefined
  return entranceOf(flags)
}

export function entranceOf({ 'assume-role': role, 'external-id': id }: AccountFlagValues): WayIn {
  return { role: role ?? MEMBER_ROLE, ...(id !== undefined && { externalId: id }) }
}
