/** The functions that a command line names; `-` stands for the lines of standard input. */
import { type FunctionRef, parseFunctionRef } from '../../core/function-ref.js'
import { XtraceError } from '../../errors.js'
import { readStandardInput } from './standard-input.js'

/** @throws XtraceError MALFORMED_NAME for the first name that is none, USAGE when there is no name at all */
export async function namedFunctions(argv: readonly unknown[], command: string): Promise<FunctionRef[]> {
  const words = argv.map(String)
  const refs = words.filter((word) => word !== '-').map(parseFunctionRef)
  if (words.includes('-')) refs.push(...namesIn(await readStandardInput()))
  if (refs.length > 0) return refs
  throw new XtraceError('USAGE', words.includes('-') ? 'Standard input names no function.' : 'No function was named.', {
    suggestions: [`xtrace ${command} my-function`, `aws lambda list-functions … | xtrace ${command} -`],
  })
}

/** Names are separated by white space; empty lines and what follows a # are passed over. */
function namesIn(text: string): FunctionRef[] {
  return text.split('\n').flatMap((line, index) => {
    const words = line.replace(/(^|\s)#.*/, '').split(/\s+/)
    return words.filter(Boolean).map((word) => parseLineWord(word, index + 1))
  })
}

function parseLineWord(word: string, line: number): FunctionRef {
  try {
    return parseFunctionRef(word)
  } catch (error) {
    if (!(error instanceof XtraceError)) throw error
    throw new XtraceError(error.code, `Standard input, line ${line}: ${error.message}`, { cause: error })
  }
}
