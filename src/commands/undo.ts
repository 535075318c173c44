/** `xtrace undo`: a run in, what it changed taken back. */
import { XtraceCommand } from '../cli/base-command.js'
import { accountFlags, dryRunFlags, outputFlags, rolloutFlags, runArgs } from '../cli/flags.js'
import { rolloutOptions } from '../cli/rollout-options.js'
import { undoRun } from '../usecases/undo.js'

export default class Undo extends XtraceCommand {
  static override summary = 'Take a rollout back.'
  static override description =
    'Gives each function the mode it had, each alias the version it served, and takes back exactly the permissions that the run gave, unless another function traces with the role now. What somebody else has changed since is left alone.'
  static override args = runArgs
  static override flags = {
    ...accountFlags,
    'dry-run': dryRunFlags['dry-run'],
    ...rolloutFlags,
    ...outputFlags,
  }
  static override examples = [
    { description: 'See first what it would do:', command: '<%= config.bin %> <%= command.id %> last --dry-run' },
    { description: 'The newest run:', command: '<%= config.bin %> <%= command.id %> last' },
  ]

  protected async perform() {
    const { args, flags } = await this.parse(Undo)
    const rollout = rolloutOptions(flags)
    return undoRun({ run: args.run, dryRun: flags['dry-run'], rollout }, await this.context(flags))
  }
}
