/** The flags of commands that read many functions and change none: where, which, and how fast. */
import { organizationFlags } from './account-flags.js'
import { rateFlags } from './change-flags.js'
import { choiceFlags } from './choice-flags.js'
import { placeFlags } from './place-flags.js'

export const readingFlags = {
  ...organizationFlags,
  ...placeFlags,
  ...choiceFlags,
  rate: { ...rateFlags.rate, helpGroup: 'READING' },
}
