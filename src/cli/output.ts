/** Prints a report or an error in the form that was asked for: the report on stdout, the conversation on stderr. */
import type { Report, ReportedError } from '../core/report.js'
import { EXIT_STATUSES, type XtraceError } from '../errors.js'
import { clean } from '../render/clean.js'
import { renderJson, renderJsonError } from '../render/json.js'
import { renderTable } from '../render/table.js'
import { painter } from './paint.js'

export interface OutputFlags {
  json: boolean
  format: 'table' | 'json'
  'no-color': boolean
  quiet: boolean
}

export function wantsJson(flags: Pick<OutputFlags, 'json' | 'format'>): boolean {
  return flags.json || flags.format === 'json'
}

/** The flags as they stand in the words of the command line, for when they could not be parsed. */
export function flagsInArgv(argv: readonly string[]): OutputFlags {
  const before = argv.includes('--') ? argv.slice(0, argv.indexOf('--')) : argv
  const json =
    before.includes('--json') || before.includes('--format=json') || before[before.indexOf('--format') + 1] === 'json'
  return { json, format: 'table', 'no-color': before.includes('--no-color'), quiet: false }
}

export function printReport(report: Report, flags: OutputFlags): void {
  if (wantsJson(flags)) {
    process.stdout.write(renderJson(report))
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
  if (wantsJson(flags)) process.stdout.write(renderJsonError(`xtrace/${command}@1`, reported))
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
