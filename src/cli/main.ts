/** Starts oclif; what only an error needs is loaded only then, so that help comes fast. */
import type { Options } from '@oclif/core/interfaces'
import { run } from '@oclif/core/run'
import { watchOutput } from './output/closed-output.js'

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
    const { reportStartError } = await import('./start-error.js')
    reportStartError(thrown, argv, root)
  }
}
