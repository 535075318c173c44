/** The flags of a verification: how far back it looks, and how long it waits. */
import * as Flags from '@oclif/core/flags'
import { durationText, parseDuration } from '../../core/duration.js'
import { XtraceError } from '../../errors.js'
import { fileName } from './file-name.js'

/** X-Ray keeps traces for 30 days. */
const BOUNDS = { least: '1m', most: '30d' }
const LONGEST_WAIT = { least: '1s', most: '1h' }

/** Milliseconds. */
export const DEFAULT_SINCE = 15 * 60_000

export const verifyFlags = {
  since: Flags.string({
    default: durationText(DEFAULT_SINCE),
    helpValue: 'TIME',
    helpGroup: 'PROOF',
    description:
      'How far back calls and traces are looked for: 15m, 1h, 7d; at most 30d, for which X-Ray keeps traces.',
  }),
  wait: Flags.string({
    helpValue: 'TIME',
    helpGroup: 'PROOF',
    description: 'Look again until the first trace is there, or this time is over: for right after enable.',
  }),
  rules: Flags.string({
    helpValue: 'FILE',
    helpGroup: 'PROOF',
    description: 'Which of the selected functions should be traced; xtrace.yml is read if it is there.',
    parse: fileName('--rules'),
  }),
}

/** @throws XtraceError USAGE */
export function proofWindow(flags: { since: string; wait?: string | undefined }): { since: number; wait: number } {
  return { since: parseDuration(flags.since, '--since', BOUNDS), wait: waitOf(flags.wait, '--wait') }
}

/** @throws XtraceError USAGE: rules say which of the selected functions are proved, and named ones always are */
export function refuseRules(rules: string | undefined): void {
  if (rules === undefined) return
  throw new XtraceError(
    'USAGE',
    '--rules goes with a selection: functions that are named are proved whatever rules say.',
  )
}

/**
 * @returns milliseconds, 0 where nothing was said
 * @throws XtraceError USAGE
 */
export function waitOf(text: string | undefined, flag: string): number {
  return text === undefined ? 0 : parseDuration(text, flag, LONGEST_WAIT)
}
