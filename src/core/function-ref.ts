/** Reads what a user calls a function: a name, a partial or full ARN, with or without a qualifier. */
import { XtraceError } from '../errors.js'

/** A function as it was named; what the text did not say is absent. */
export interface FunctionRef {
  /** As the user wrote it, for messages. */
  text: string
  name: string
  qualifier?: string
  account?: string
  region?: string
  partition?: string
}

/**
 * The pattern of GetFunction's FunctionName in the Lambda service model, with groups. An ARN that stops at
 * `:function` names a function called "function": the pattern says so, by backtracking.
 */
const PATTERN = new RegExp(
  [
    '^(?:arn:(aws[a-zA-Z-]*)?:lambda:)?',
    '((?:eusc-)?[a-z]{2}(?:-gov|-iso[a-z]?)?-[a-z]+-\\d:)?',
    '(\\d{12}:)?',
    '(?:function:)?',
    '([a-zA-Z0-9-_.]+)',
    '(?::(\\$LATEST(?:\\.PUBLISHED)?|[a-zA-Z0-9-_]+))?$',
  ].join(''),
)

const LONGEST = 256
const LONGEST_NAME = 64

/** @throws XtraceError MALFORMED_NAME, with the text and what is wrong with it */
export function parseFunctionRef(text: string): FunctionRef {
  if (text.length > LONGEST) throw malformed(text, `is ${text.length} characters long, Lambda takes at most ${LONGEST}`)
  const match = PATTERN.exec(text)
  const name = match?.[4]
  if (!match || name === undefined) throw malformed(text, whatIsWrong(text))
  if (name.length > LONGEST_NAME)
    throw malformed(text, `has a name of ${name.length} characters, Lambda takes at most ${LONGEST_NAME}`)
  return {
    text,
    name,
    ...(match[5] !== undefined && { qualifier: match[5] }),
    ...(match[3] !== undefined && { account: match[3].slice(0, -1) }),
    ...(match[2] !== undefined && { region: match[2].slice(0, -1) }),
    ...(match[1] !== undefined && { partition: match[1] }),
  }
}

/** A qualifier that is not $LATEST: a published version or an alias, which cannot be changed. */
export function isPublished(ref: FunctionRef): boolean {
  return ref.qualifier !== undefined && ref.qualifier !== '$LATEST'
}

function malformed(text: string, why: string): XtraceError {
  const shown = text.length > 80 ? `${text.slice(0, 77)}...` : text
  return new XtraceError('MALFORMED_NAME', `"${shown}" is not a function name: it ${why}.`)
}

function whatIsWrong(text: string): string {
  if (text === '') return 'is empty'
  if (/:\$latest(\.published)?$/i.test(text) && !/:\$LATEST(\.PUBLISHED)?$/.test(text))
    return 'has a qualifier that Lambda does not know; write $LATEST in capitals'
  if (text.startsWith('arn:') && !/^arn:aws[a-zA-Z-]*:lambda:/.test(text))
    return 'is the ARN of something other than a Lambda function'
  const odd = /[^a-zA-Z0-9-_.:$]/u.exec(text)
  if (odd) return `holds the character ${JSON.stringify(odd[0])}, which no function name may have`
  return 'does not have the form of a name or of a Lambda ARN'
}
