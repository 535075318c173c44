/** Starts oclif, and gives what it throws before a command is reached the same form as every other error. */
import { run } from '@oclif/core/run'
import { EXIT_STATUSES } from '../errors.js'
import { explained } from './base-command.js'
import { watchOutput } from './closed-output.js'
import { flagsInArgv, printError } from './output.js'

/** @param root folder of the package that holds the commands */
export async function main(root: string): Promise<void> {
  const argv = process.argv.slice(2)
  // For help, which no command prints: what is not read is not missed.
  watchOutput(() => true)
  try {
    await run(argv, root)
  } catch (thrown) {
    const error = explained(thrown)
    printError(error, 'xtrace', flagsInArgv(argv))
    process.exitCode = EXIT_STATUSES[error.exit].status
  }
}
