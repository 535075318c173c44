/** The flags that commands share, each defined once. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { isRegion } from '../core/region.js'
import { XtraceError } from '../errors.js'

const FORMATS = ['table', 'json'] as const

/** How the result is printed; every command has these. */
export const outputFlags = {
  json: Flags.boolean({
    default: false,
    description: 'Print the result as JSON (the same as --format json).',
    helpGroup: 'OUTPUT',
  }),
  format: Flags.option({ options: FORMATS, helpGroup: 'OUTPUT' })({
    description: 'Form of the result.',
    default: 'table',
  }),
  'no-color': Flags.boolean({
    default: false,
    description: 'No colour; the environment variable NO_COLOR does the same.',
    helpGroup: 'OUTPUT',
  }),
  quiet: Flags.boolean({ default: false, char: 'q', description: 'No progress and no notes.', helpGroup: 'OUTPUT' }),
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
    parse: async (text) => {
      if (isRegion(text)) return text
      throw new XtraceError('USAGE', `"${text}" is not the name of a region.`, {
        suggestions: ['Region names look like us-east-1.'],
      })
    },
  }),
  profile: Flags.string({
    helpValue: 'NAME',
    helpGroup: 'WHERE',
    description: 'Profile of the AWS configuration; credentials of the environment are then not used.',
  }),
  'expect-account': Flags.string({
    helpValue: 'ID',
    helpGroup: 'WHERE',
    description: 'Do nothing unless the credentials are of this account.',
    parse: async (text) => {
      if (/^\d{12}$/.test(text)) return text
      throw new XtraceError('USAGE', `"${text}" is not an account id: those have 12 digits.`)
    },
  }),
}

/** How an execution role that cannot write traces is treated. */
export const grantFlags = {
  permissions: Flags.option({ options: ['managed', 'inline', 'none'] as const, helpGroup: 'CHANGE' })({
    description:
      'How a role gets the permission it lacks: attach AWSXRayDaemonWriteAccess, add an inline policy, or not at all.',
    default: 'managed',
  }),
}

export const changeFlags = {
  'dry-run': Flags.boolean({
    default: false,
    description: 'Show what would be done; makes no writing call.',
    helpGroup: 'CHANGE',
  }),
  yes: Flags.boolean({ default: false, char: 'y', description: 'Do not ask.', helpGroup: 'CHANGE' }),
}

/** A list of functions; oclif would otherwise read standard input itself, and so eat a shell loop's lines. */
export const functionArgs = {
  functions: Args.string({
    name: 'NAME',
    ignoreStdin: true,
    description: 'Name, partial ARN or full ARN of a function, several if wanted; - reads them from standard input.',
  }),
}
