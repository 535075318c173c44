/** Starts oclif, and gives what it throws before a command is reached the same form as every other error. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Options } from '@oclif/core/interfaces'
import { run } from '@oclif/core/run'
import { EXIT_STATUSES, type XtraceError } from '../errors.js'
import { explained } from './base-command.js'
import { watchOutput } from './closed-output.js'
import { unknownCommand } from './did-you-mean.js'
import { flagsInArgv, printError } from './output.js'

/**
 * @param root folder of the package
 * @param sources where oclif finds the commands, if not as package.json says
 */
export async function main(root: string, sources: Pick<Options, 'root' | 'pjson'> = { root }): Promise<void> {
  const argv = process.argv.slice(2)
  // For help, which no command prints: what is not read is not missed.
  watchOutput(() => true)
  try {
    await run(argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv, sources)
  } catch (thrown) {
    const error = noCommand(thrown, root) ?? explained(thrown)
    printError(error, 'xtrace', flagsInArgv(argv))
    process.exitCode = EXIT_STATUSES[error.exit].status
  }
}

/** oclif's complaint about a command that is not there, as an error of ours. */
function noCommand(thrown: unknown, root: string): XtraceError | undefined {
  const [, id] = (thrown instanceof Error && /^command (.*) not found$/s.exec(thrown.message)) || []
  if (id === undefined) return undefined
  const manifest: { commands: object } = JSON.parse(readFileSync(join(root, 'oclif.manifest.json'), 'utf8'))
  const commands = Object.keys(manifest.commands).map((known) => known.split(':'))
  return unknownCommand(id.split(':'), commands)
}
