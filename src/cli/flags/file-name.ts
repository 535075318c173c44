/** The name of a file as a flag gives it: an empty one is no name, but a variable that is unset. */
import { XtraceError } from '../../errors.js'

/** @returns what oclif calls with the word behind the flag; it throws XtraceError USAGE */
export function fileName(flag: string): (text: string) => Promise<string> {
  return async (text) => {
    if (text !== '') return text
    throw new XtraceError('USAGE', `${flag} is empty: is a variable unset?`)
  }
}
