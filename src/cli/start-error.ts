/** Gives what oclif throws before a command is reached the same form as every other error. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT_STATUSES } from '../errors.js'
import { unknownCommand } from './did-you-mean.js'
import { explained } from './explained.js'
import { flagsInArgv, printError } from './output/output.js'

/** Prints it, and sets the exit status. @param root folder of the package that holds the commands */
export function reportStartError(thrown: unknown, argv: readonly string[], root: string): void {
  const typed = typedCommand(thrown)
  const commands = typed ? commandsIn(root) : []
  const error = typed ? unknownCommand(typed, commands) : explained(thrown)
  const [first = ''] = typed ?? []
  printError(error, commands.some((words) => words.join(' ') === first) ? first : 'xtrace', flagsInArgv(argv))
  process.exitCode = EXIT_STATUSES[error.exit].status
}

/** Of oclif's complaint about a command that is not there: its words. */
function typedCommand(thrown: unknown): string[] | undefined {
  const [, id] = (thrown instanceof Error && /^command (.*) not found$/s.exec(thrown.message)) || []
  return id?.split(':')
}

function commandsIn(root: string): string[][] {
  const manifest: { commands: object } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
  return Object.keys(manifest.commands).map((known) => known.split(':'))
}
