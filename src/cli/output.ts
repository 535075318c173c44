/** Prints a report or an error in the form that was asked for: the report on stdout, the conversation on stderr. */
import type { Report, ReportedError } from '../core/report.js'
import { EXIT_STATUSES, type XtraceError } from '../errors.js'
import { clean } from '../render/clean.js'
import { renderJson, renderJsonError } from '../render/json.js'
import { renderLine, renderNdjson } from '../render/ndjson.js'
import { renderTable } from '../render/table.js'
import { painter } from './paint.js'

export interface OutputFlags {
  json: boolean
  format: 'table' | 'json' | 'ndjson'
  'no-color': boolean
  quiet: boolean
}

export function wantsJson(flags: Pick<OutputFlags, 'json' | 'format'>): boolean {
  return flags.json || flags.format !== 'table'
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

/** Writes one event at once, for `--format ndjson`. */
export function printLine(row: unknown): void {
  process.stdout.write(renderLine(row))
}

export function printReport(report: Report, flags: OutputFlags): void {
  if (wantsJson(flags)) {
    process.stdout.write(flags.format === 'ndjson' && !flags.json ? renderNdjson(report) : renderJson(report))
    return
  }
  const { columns } = process.stdout
  const style = {
    paint: painter('stdout', !flags['no-color']),
    notes: !flags.quiet,
    ...(columns > 0 && { width: columns }),
  }
  process.stdout.write(renderTable(report, style))
  if (report.error) printErrorText(report.error, flags)
}

/** @param command the command's id, or `xtrace` where none was reached */
export function printError(error: XtraceError, command: string, flags: OutputFlags): void {
  const { code, message, suggestions } = error
  const reported: ReportedError = { code, message, suggestions, exit: EXIT_STATUSES[error.exit].status }
  if (flags.format === 'ndjson' && !flags.json) {
    process.stdout.write(renderLine({ event: 'end', schema: `xtrace/${command}@1`, outcome: 'error', error: reported }))
  } else if (wantsJson(flags)) process.stdout.write(renderJsonError(`xtrace/${command}@1`, reported))
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
