/** Gives what oclif throws before a command is reached the same form as every other error. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT_STATUSES, type XtraceError } from '../errors.js'
import { explained } from './base-command.js'
import { unknownCommand } from './did-you-mean.js'
import { flagsInArgv, printError } from './output.js'

/** Prints it, and sets the exit status. @param root folder of the package that holds the commands */
export function reportStartError(thrown: unknown, argv: readonly string[], root: string): void {
  const error = noCommand(thrown, root) ?? explained(thrown)
  printError(error, 'xtrace', flagsInArgv(argv))
  process.exitCode = EXIT_STATUSES[error.exit].status
}

/** oclif's complaint about a command that is not there, as an error of ours. */
function noCommand(thrown: unknown, root: string): XtraceError | undefined {
  const [, id] = (thrown instanceof Error && /^command (.*) not found$/s.exec(thrown.message)) || []
  if (id === undefined) return undefined
  const manifest: { commands: object } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
  const commands = Object.keys(manifest.commands).map((known) => known.split(':'))
  return unknownCommand(id.split(':'), commands)
}
