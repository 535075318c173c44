/** What every command does alike: run one use case, print its report, end with the right status. */
import { Command } from '@oclif/core/command'
import type { Report } from '../core/report.js'
import { asXtraceError, EXIT_STATUSES, XtraceError } from '../errors.js'
import { watchOutput } from './closed-output.js'
import type { Context, PlaceFlags } from './context.js'
import { unknownFlags } from './did-you-mean.js'
import { outputFlags } from './flags.js'
import { flagsInArgv, type OutputFlags, printError, printLine, printReport, wantsEvents, wantsJson } from './output.js'

export abstract class XtraceCommand extends Command {
  static override baseFlags = outputFlags

  #output: OutputFlags | undefined
  #context: Context | undefined

  /** Parses the flags and runs the use case. */
  protected abstract perform(): Promise<Report>

  /** Whether it comes to its end when nobody reads its result any more: true of what changes things. */
  protected readonly endsWhateverHappens: boolean = false

  #printing = false

  override async run(): Promise<void> {
    watchOutput(() => this.#printing || this.endsWhateverHappens)
    const report = await this.perform()
    this.#context?.close()
    this.#printing = true
    await printReport(report, this.#flags, this.config.version)
    process.exitCode = EXIT_STATUSES[report.exit ?? report.outcome].status
    await this.afterReport()
  }

  /** For a command that goes on when its report is printed. */
  protected async afterReport(): Promise<void> {
    // Most commands end with their report.
  }

  /** Gateways, clock and progress for this run; loads the AWS side of the program. */
  protected async context(flags: OutputFlags & PlaceFlags): Promise<Context> {
    this.#output = flags
    const { openContext } = await import('./context.js')
    const progress = !flags.quiet && !wantsJson(flags)
    const events = wantsEvents(flags) ? { onEvent: printLine } : {}
    this.#context = await openContext(flags, { version: this.config.version, progress, ...events })
    return this.#context
  }

  /** For commands that need no AWS: how to print. */
  protected setOutput(flags: OutputFlags): void {
    this.#output = flags
  }

  /** oclif would flatten the exit status to 1 under --json and print its own internals. */
  protected override async catch(thrown: unknown): Promise<void> {
    this.#context?.close()
    const error = this.#advised(explained(thrown, this.id))
    printError(error, (this.id ?? 'xtrace').replaceAll(':', '-'), this.#flags)
    process.exitCode = EXIT_STATUSES[error.exit].status
  }

  /** What only reads has left nothing half done. */
  #advised(error: XtraceError): XtraceError {
    if (error.code !== 'INTERRUPTED' || this.endsWhateverHappens) return error
    return new XtraceError(error.code, error.message, {
      suggestions: ['Run the same command again: it only reads, and nothing is kept.'],
      cause: error,
    })
  }

  get #flags(): OutputFlags {
    return this.#output ?? flagsInArgv(this.argv)
  }
}

/** What oclif writes around the message of an error that the parse function of a flag throws. */
const AROUND_FLAG_ERROR = /^Parsing --\S+ \n\t([\s\S]*)\nSee more help with --help$/

/** Lines that oclif adds to its complaints; the note is about flags that take several words, and ours take one. */
const NOISE = /^(See more help|Note: --)/

/** oclif's complaints about flags and arguments, as usage errors in our own form. */
export function explained(thrown: unknown, command?: string): XtraceError {
  if (thrown instanceof XtraceError) thrown.message = thrown.message.replace(AROUND_FLAG_ERROR, '$1')
  if (!isUsageError(thrown)) return asXtraceError(thrown)
  const help = command ? `xtrace ${command.replaceAll(':', ' ')} --help` : 'xtrace --help'
  return new XtraceError('USAGE', saidIn(thrown), {
    suggestions: [`${help} shows every flag with examples.`],
    cause: thrown,
  })
}

function saidIn(thrown: Error): string {
  if (isUnknownFlags(thrown)) return unknownFlags(thrown.flags, Object.keys(thrown.parse.input.flags))
  const lines = thrown.message.split('\n').map((line) => line.trim().replace(/\s+/g, ' '))
  const said = lines.filter((line) => line !== '' && !NOISE.test(line)).join(' ')
  return said.replace(/^Parsing (--\S+) /, '$1: ')
}

function isUsageError(thrown: unknown): thrown is Error {
  return thrown instanceof Error && 'oclif' in thrown && !(thrown instanceof XtraceError)
}

/** oclif does not export the class, and the build renames it. */
interface UnknownFlagsError extends Error {
  flags: string[]
  parse: { input: { flags: Record<string, unknown> } }
}

function isUnknownFlags(thrown: Error): thrown is UnknownFlagsError {
  return 'flags' in thrown && 'parse' in thrown && /^Nonexistent flags?:/.test(thrown.message)
}
