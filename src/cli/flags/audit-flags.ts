/** The flags of an audit: what to compare with, what to fail on, and how to read. */
import { resolve } from 'node:path'
import * as Flags from '@oclif/core/flags'
import type { FunctionRef } from '../../core/function-ref.js'
import { XtraceError } from '../../errors.js'
import type { AcceptedGap, Failing, Source, Where } from '../../usecases/audit/request.js'
import { refuseVersions } from '../chosen/whole-functions.js'
import { type AccountFlagValues, entranceOf, namedAccounts } from './account-flags.js'
import { fileName } from './file-name.js'
import { accountId, regionName } from './place-flags.js'

export const auditFlags = {
  rules: Flags.string({
    helpValue: 'FILE',
    helpGroup: 'DRIFT',
    description: 'What should be traced; xtrace.yml is read if it is there. Without rules everything should be.',
    parse: fileName('--rules'),
  }),
  baseline: Flags.string({
    helpValue: 'FILE',
    helpGroup: 'DRIFT',
    description: 'An earlier audit (--json): only what has changed since is drift.',
    parse: fileName('--baseline'),
  }),
  template: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: '[STACK=]FILE',
    helpGroup: 'DRIFT',
    description: 'Template, folder or glob that functions came from, repeatable: what it says otherwise is drift.',
    parse: fileName('--template'),
  }),
  'save-plan': Flags.string({
    helpValue: 'FILE',
    helpGroup: 'DRIFT',
    description: 'Write the plan that repairs what was found, for xtrace apply.',
    parse: fileName('--save-plan'),
  }),
  'fail-on': Flags.option({ options: ['drift', 'incomplete', 'never'] as const, helpGroup: 'DRIFT' })({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    description: 'What ends with a status that is not 0; drift and incomplete if not said.',
  }),
  'accept-gap': Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    helpValue: 'REGION',
    helpGroup: 'DRIFT',
    description: 'A region, an account or ACCOUNT/REGION that need not be readable, repeatable.',
  }),
  'latest-only': Flags.boolean({
    default: false,
    helpGroup: 'READING',
    description: 'Read neither versions nor aliases: quicker, but what live traffic runs is not looked at.',
  }),
  source: Flags.option({ options: ['lambda', 'config'] as const, helpGroup: 'READING' })({
    default: 'lambda',
    description: 'Ask Lambda, or what AWS Config recorded; of roles and aliases Config knows nothing.',
  }),
  aggregator: Flags.string({
    helpValue: 'NAME',
    helpGroup: 'READING',
    description: 'With --source config: the aggregator, in the region that is named, that knows all accounts.',
  }),
}

export function accountsOf(flags: AccountFlagValues): Pick<Where, 'accounts' | 'entrance'> {
  return { accounts: namedAccounts(flags) ?? 'own', entrance: entranceOf(flags) }
}

export interface SourceFlagValues extends AccountFlagValues {
  source: 'lambda' | 'config'
  aggregator?: string | undefined
}

/** @throws XtraceError USAGE */
export function sourceOf(flags: SourceFlagValues): Source {
  const { source, aggregator, 'assume-role': role } = flags
  if (source === 'lambda') {
    if (aggregator !== undefined) throw new XtraceError('USAGE', '--aggregator goes with --source config.')
    return { kind: 'lambda' }
  }
  if (aggregator === undefined && namedAccounts(flags) !== undefined)
    throw new XtraceError('USAGE', '--source config knows other accounts through an --aggregator only.')
  return { kind: 'config', readRoles: role !== undefined, ...(aggregator !== undefined && { aggregator }) }
}

/** @throws XtraceError USAGE where one file would be written over another that this audit reads or writes */
export function refuseSameFile(
  flags: Partial<Record<'output' | 'save-plan' | 'baseline' | 'rules', string | undefined>>,
): void {
  const { output, 'save-plan': plan, baseline, rules } = flags
  const written = [output, plan].flatMap((file) => (file === undefined ? [] : [resolve(file)]))
  const read = [baseline, rules].flatMap((file) => (file === undefined ? [] : [resolve(file)]))
  const twice = written.find(
    (file, index) => written.indexOf(file) !== index || (file === resolve(plan ?? '') && read.includes(file)),
  )
  if (twice !== undefined)
    throw new XtraceError('USAGE', `${twice} is named twice: one would be written over the other.`)
}

/** @throws XtraceError USAGE: names are of one account, and of whole functions */
export function refuseNamed(refs: readonly FunctionRef[], accounts: Where['accounts']): void {
  refuseVersions(refs, 'audit')
  if (accounts === 'own') return
  throw new XtraceError(
    'USAGE',
    'Named functions are looked for in the account of the credentials: leave out --org and --account.',
    {
      suggestions: ['Across accounts choose with --match, which takes a whole name too.'],
    },
  )
}

export function failingOf(words: readonly (Failing | 'never')[] | undefined): Failing[] {
  if (words === undefined) return ['drift', 'incomplete']
  if (words.includes('never') && words.length > 1)
    throw new XtraceError('USAGE', '--fail-on never goes with nothing else.')
  return words.filter((word) => word !== 'never')
}

export function gapsOf(words: readonly string[] = []): AcceptedGap[] {
  return words.map((word) => {
    if (/^\d{12}$/.test(word)) return { account: word }
    const [account, region] = word.includes('/') ? word.split('/', 2) : [undefined, word]
    return { region: regionName(region ?? ''), ...(account !== undefined && { account: accountId(account) }) }
  })
}
