/** Prints a report or an error in the form that was asked for: the report on stdout, the conversation on stderr. */
import type { Report, ReportedError } from '../../core/report.js'
import { EXIT_STATUSES, type XtraceError } from '../../errors.js'
import { clean } from '../../render/clean.js'
import { renderJsonError } from '../../render/json.js'
import { renderLine } from '../../render/ndjson.js'
import type { TableStyle } from '../../render/table.js'
import { writeOut } from './closed-output.js'
import { type FormatFlags, formatAsked, formatOf } from './format.js'
import { painter } from './paint.js'
import { rendered } from './rendered.js'

export interface OutputFlags extends FormatFlags {
  'no-color': boolean
  quiet: boolean
}

/** For programs: then even an error is JSON on stdout, and stderr is silent. */
export function wantsJson(flags: FormatFlags): boolean {
  const format = formatAsked(flags)
  return format === 'json' || format === 'ndjson'
}

/** Lines as they happen, on stdout: a file is written whole. */
export function wantsEvents(flags: FormatFlags): boolean {
  return formatOf(flags) === 'ndjson' && flags.output === undefined
}

/** The flags as they stand in the words of the command line, for when they could not be parsed. */
export function flagsInArgv(argv: readonly string[]): OutputFlags {
  const before = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const at = before.indexOf('--format')
  const word =
    before.find((one) => one.startsWith('--format='))?.slice('--format='.length) ??
    (at < 0 ? undefined : before[at + 1])
  const format = word === 'json' || word === 'ndjson' ? word : 'table'
  return { json: before.includes('--json'), format, 'no-color': before.includes('--no-color'), quiet: false }
}

/** Writes events at once, for `--format ndjson`; resolves when the reader may be given more. */
export function printLines(rows: readonly object[]): Promise<void> {
  return writeOut(rows.map(renderLine).join(''))
}

export async function printReport(report: Report, flags: OutputFlags, version: string): Promise<void> {
  const format = formatOf(flags)
  const rendering = { style: styleOf(flags), version, now: new Date().toISOString() }
  const text = await rendered(report, format, rendering)
  if (flags.output === undefined) for (const chunk of inChunks(text)) await writeOut(chunk)
  else await (await import('./whole-file.js')).writeWhole(flags.output, inChunks(text))
  if (wantsJson(flags)) return
  if (!flags.quiet) printBesides(report, flags)
  if (report.error) printErrorText(report.error, flags)
}

/** Characters; a write for each piece would cost more than the piece. */
const CHUNK = 65_536

function* inChunks(text: string | Iterable<string>): Iterable<string> {
  if (typeof text === 'string') return yield text
  let chunk = ''
  for (const piece of text) {
    chunk += piece
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = ''
  }
  yield chunk
}

/** Plain and unwrapped in a file. */
function styleOf(flags: OutputFlags): TableStyle {
  if (flags.output !== undefined) return { paint: (_, text) => text, notes: true }
  const { columns } = process.stdout
  return {
    paint: painter('stdout', !flags['no-color']),
    notes: !flags.quiet,
    ...(columns > 0 && { width: columns }),
  }
}

/** What the form has no place for, and what a file hides from whoever looks at the terminal. */
function printBesides(report: Report, flags: FormatFlags): void {
  const format = formatOf(flags)
  const notesHavePlace = format !== 'csv' && (format !== 'table' || report.text === undefined)
  if (flags.output !== undefined) printSummary(report, flags.output)
  if (flags.output !== undefined || !notesHavePlace) printGaps(report)
  if (!notesHavePlace) printNotes(report)
}

/** Whoever looks at the terminal must not take half a result for a whole one. */
function printSummary({ outcome, findings, coverage }: Report, file: string): void {
  const unread = coverage.filter(({ status }) => status !== 'read').length
  const counts = [
    ...(findings.length > 0 ? [`findings: ${findings.length}`] : []),
    ...(unread > 0 ? [`not read: ${unread} of ${coverage.length} places`] : []),
  ]
  process.stderr.write(`written to ${clean(file)}: ${[outcome, ...counts].join(', ')}\n`)
}

function printGaps({ coverage }: Report): void {
  for (const { account, region, status, reason } of coverage) {
    if (status !== 'read') process.stderr.write(`not read: ${account} ${region}: ${status}: ${clean(reason ?? '')}\n`)
  }
}

/** A form that has no place for notes must not lose them. */
function printNotes({ notes }: Report): void {
  for (const note of notes) process.stderr.write(`note: ${clean(note)}\n`)
}

/** @param command the command's id, or `xtrace` where none was reached */
export function printError(error: XtraceError, command: string, flags: OutputFlags): void {
  const { code, message, suggestions } = error
  const reported: ReportedError = { code, message, suggestions, exit: EXIT_STATUSES[error.exit].status }
  const format = formatAsked(flags)
  if (format === 'ndjson') {
    writeOut(renderLine({ event: 'end', schema: `xtrace/${command}@1`, outcome: 'error', error: reported }))
  } else if (format === 'json') writeOut(renderJsonError(`xtrace/${command}@1`, reported))
  else printErrorText(reported, flags)
  if (process.env.XTRACE_DEBUG && error.stack) process.stderr.write(`${stackOf(error)}\n`)
}

function printErrorText({ message, suggestions }: ReportedError, flags: OutputFlags): void {
  const paint = painter('stderr', !flags['no-color'])
  const lines = [
    `${paint('bad', 'Error:')} ${clean(message)}`,
    ...suggestions.map((text) => `  ${paint('dim', '→')} ${clean(text)}`),
  ]
  process.stderr.write(`${lines.join('\n')}\n`)
}

function stackOf(error: Error): string {
  const cause = error.cause instanceof Error ? `\ncaused by ${error.cause.stack}` : ''
  return `${error.stack}${cause}`
}
