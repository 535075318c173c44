/** The flags that commands share, each defined once. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { isRegion } from '../../core/region.js'
import { XtraceError } from '../../errors.js'

const FORMATS = ['table', 'json', 'ndjson'] as const
const FIGURE_FORMATS = [...FORMATS, 'csv', 'markdown', 'html'] as const
export const REPORT_FORMATS = [...FORMATS, 'csv', 'markdown', 'sarif', 'junit', 'html'] as const

const REPEATABLE = { multiple: true, multipleNonGreedy: true } as const

/** How the result is printed; every command has these. */
export const outputFlags = {
  json: Flags.boolean({
    default: false,
    description: 'Print the result as JSON (the same as --format json).',
    helpGroup: 'OUTPUT',
  }),
  format: Flags.option({ options: FORMATS, helpGroup: 'OUTPUT' })({
    description: 'Form of the result; ndjson is one function or event a line, as it happens.',
    default: 'table',
  }),
  'no-color': Flags.boolean({
    default: false,
    description: 'No colour; the environment variable NO_COLOR does the same.',
    helpGroup: 'OUTPUT',
  }),
  quiet: Flags.boolean({ default: false, char: 'q', description: 'No progress and no notes.', helpGroup: 'OUTPUT' }),
}

const REPORT_FORM =
  'Form of the result; with --output the ending of its name tells, and table is the default otherwise.'

/** For commands whose result is a report to hand on. */
export const reportFlags = {
  ...outputFlags,
  format: Flags.option({ options: REPORT_FORMATS, helpGroup: 'OUTPUT' })({ description: REPORT_FORM }),
  output: Flags.string({
    char: 'o',
    helpValue: 'FILE',
    helpGroup: 'OUTPUT',
    description: 'Write the result to a file, whole or not at all.',
    parse: async (text) => {
      if (text !== '') return text
      throw new XtraceError('USAGE', '--output is empty: is a variable unset?')
    },
  }),
}

/** For reports that find nothing wrong: forms that hold nothing but findings would be empty. */
export const figureFlags = {
  ...reportFlags,
  format: Flags.option({ options: FIGURE_FORMATS, helpGroup: 'OUTPUT' })({ description: REPORT_FORM }),
}

/** Whose credentials are used. */
export const accountFlags = {
  profile: Flags.string({
    helpValue: 'NAME',
    helpGroup: 'WHERE',
    description: 'Profile of the AWS configuration; credentials of the environment are then not used.',
  }),
  'expect-account': Flags.string({
    helpValue: 'ID',
    helpGroup: 'WHERE',
    description: 'Do nothing unless the credentials are of this account.',
    parse: async (text) => accountId(text),
  }),
}

/** Which account and regions a command works in. */
export const placeFlags = {
  region: Flags.string({
    char: 'r',
    multiple: true,
    multipleNonGreedy: true,
    delimiter: ',',
    helpValue: 'REGION',
    helpGroup: 'WHERE',
    description: 'Region, repeatable or a comma list; the default is that of AWS_REGION or of the profile.',
    parse: async (text) => regionName(text),
  }),
  ...accountFlags,
}

/** How an execution role that cannot write traces is treated. */
export const grantFlags = {
  permissions: Flags.option({ options: ['managed', 'inline', 'none'] as const, helpGroup: 'CHANGE' })({
    description:
      'How a role gets the permission it lacks: attach AWSXRayDaemonWriteAccess, add an inline policy, or not at all.',
    default: 'managed',
  }),
}

export const dryRunFlags = {
  'dry-run': Flags.boolean({
    default: false,
    description: 'Show what would be done; makes no writing call.',
    helpGroup: 'CHANGE',
  }),
  yes: Flags.boolean({ default: false, char: 'y', description: 'Do not ask.', helpGroup: 'CHANGE' }),
}

/** Functions that are not named one by one; all conditions must hold. */
export const choiceFlags = {
  all: Flags.boolean({ default: false, helpGroup: 'CHOICE', description: 'Every function of the regions.' }),
  match: Flags.string({
    ...REPEATABLE,
    helpValue: 'GLOB',
    helpGroup: 'CHOICE',
    description: 'Functions whose whole name matches, repeatable: any of them.',
  }),
  exclude: Flags.string({
    ...REPEATABLE,
    helpValue: 'GLOB',
    helpGroup: 'CHOICE',
    description: 'But not those whose whole name matches, repeatable.',
  }),
  tag: Flags.string({
    ...REPEATABLE,
    helpValue: 'KEY[=VALUE]',
    helpGroup: 'CHOICE',
    description: 'Functions that carry the tag, repeatable: all keys, any value of one key.',
  }),
  runtime: Flags.string({
    ...REPEATABLE,
    helpValue: 'GLOB',
    helpGroup: 'CHOICE',
    description: 'Functions whose runtime matches, repeatable: any of them.',
  }),
  stack: Flags.string({ helpValue: 'NAME', helpGroup: 'CHOICE', description: 'Functions of a CloudFormation stack.' }),
  'all-regions': Flags.boolean({
    default: false,
    helpGroup: 'WHERE',
    exclusive: ['region'],
    description: 'Every region that the account has enabled.',
  }),
}

/** The same for commands that change what was chosen. */
export const selectionFlags = {
  ...choiceFlags,
  interactive: Flags.boolean({
    default: false,
    char: 'i',
    helpGroup: 'CHOICE',
    description: 'Pick from a list on the terminal, filtered by typing.',
  }),
}

/** How fast AWS is asked. */
export const rateFlags = {
  rate: Flags.integer({
    default: 12,
    min: 1,
    max: 100,
    helpValue: 'N',
    helpGroup: 'ROLLOUT',
    description:
      "Requests a second for each account and region; AWS allows 15, and other people's deployments need some.",
  }),
}

/** How fast, and in what steps, many functions are changed. */
export const rolloutFlags = {
  ...rateFlags,
  waves: Flags.string({
    helpValue: 'LIST',
    helpGroup: 'ROLLOUT',
    description: 'Change a few first, cumulatively: --waves 1,10%,100%.',
  }),
  'max-errors': Flags.string({
    helpValue: 'N|N%',
    helpGroup: 'ROLLOUT',
    description: 'Stop when more functions than this have failed.',
  }),
}

export const planFlags = {
  ...dryRunFlags,
  'detailed-exitcode': Flags.boolean({
    default: false,
    helpGroup: 'CHANGE',
    description: 'With --dry-run or --save-plan: exit with 3 when there is something to change.',
  }),
  'save-plan': Flags.string({
    helpValue: 'FILE',
    helpGroup: 'CHANGE',
    description: 'Write the plan to a file, for xtrace apply; nothing is changed.',
  }),
  'max-changes': Flags.string({
    helpValue: 'N|N%',
    helpGroup: 'CHANGE',
    description: 'Refuse to begin when more functions than this would change.',
  }),
}

/** A list of functions; oclif would otherwise read standard input itself, and so eat a shell loop's lines. */
export const functionArgs = {
  functions: Args.string({
    name: 'NAME',
    ignoreStdin: true,
    description: 'Name, partial ARN or full ARN of a function, several if wanted; - reads them from standard input.',
  }),
}

/** The run that resume and undo are about. */
export const runArgs = {
  run: Args.string({
    name: 'RUN',
    required: true,
    ignoreStdin: true,
    description: 'Id of the run, its beginning, or "last".',
  }),
}

/** @throws XtraceError USAGE */
export function accountId(text: string): string {
  if (/^\d{12}$/.test(text)) return text
  throw new XtraceError('USAGE', `"${text}" is not an account id: those have 12 digits.`)
}

/** @throws XtraceError USAGE */
export function regionName(text: string): string {
  if (isRegion(text)) return text
  throw new XtraceError('USAGE', `"${text}" is not the name of a region.`, {
    suggestions: ['Region names look like us-east-1.'],
  })
}
