/** A function that was named but could not be read, in the words of the public JSON contract. */
import type { FunctionRow } from '../core/function-row.js'
import type { ReportedError } from '../core/report.js'
import { EXIT_STATUSES, type XtraceError } from '../errors.js'
import type { Target } from './read/targets.js'

/** The same keys as a function that was read; what is not known is null. */
export type UnreadRow = Omit<FunctionRow, 'arn' | 'account' | 'mode' | 'role'> & {
  arn: string | null
  account: string | null
  mode: null
  role: null
}

export function unreadRow({ ref, region, account, error }: Target): UnreadRow {
  const because = error?.message ?? 'could not be read'
  return {
    arn: ref.text.startsWith('arn:') ? ref.text : null,
    name: ref.qualifier === undefined ? ref.name : `${ref.name}:${ref.qualifier}`,
    account: account ?? null,
    region,
    mode: null,
    verdict: 'unknown',
    because,
    permission: { answer: 'unknown', because },
    role: null,
    aliases: [],
    owner: null,
    notes: [],
  }
}

export function reportedError(error: XtraceError): ReportedError {
  return {
    code: error.code,
    message: error.message,
    suggestions: error.suggestions,
    exit: EXIT_STATUSES[error.exit].status,
  }
}
