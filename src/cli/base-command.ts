/** What every command does alike: run one use case, print its report, end with the right status. */
import { Command } from '@oclif/core/command'
import type { Report } from '../core/report.js'
import { EXIT_STATUSES, XtraceError } from '../errors.js'
import type { Context, PlaceFlags } from './context.js'
import { explained, refuseInherited } from './explained.js'
import { outputFlags } from './flags/output-flags.js'
import { watchOutput } from './output/closed-output.js'
import { refuseFileName } from './output/format.js'
import {
  flagsInArgv,
  type OutputFlags,
  printError,
  printLines,
  printReport,
  wantsEvents,
  wantsJson,
} from './output/output.js'

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
    watchOutput(() => this.#printing || this.endsWhateverHappens, this.endsWhateverHappens)
    refuseInherited(this.argv, this.id)
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
    const events = wantsEvents(flags) ? { handOut: printLines } : {}
    this.#context = await openContext(flags, { version: this.config.version, progress, ...events })
    return this.#context
  }

  /** How to print. @throws XtraceError USAGE for the name of a file that says no form of the result */
  protected setOutput(flags: OutputFlags): void {
    this.#output = flags
    const { format } = this.ctor.flags
    refuseFileName(flags, format?.type === 'option' ? (format.options ?? []) : [])
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
