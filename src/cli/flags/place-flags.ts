/** The flags that say whose credentials are used, and in which regions a command works. */
import * as Flags from '@oclif/core/flags'
import { isRegion } from '../../core/region.js'
import { XtraceError } from '../../errors.js'

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
