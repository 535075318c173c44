/** `xtrace undo`: a run in, what it changed taken back. */
import { XtraceCommand } from '../cli/base-command.js'
import { runAccountFlags } from '../cli/flags/account-flags.js'
import { dryRunFlags, rolloutFlags, runArgs } from '../cli/flags/change-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { accountFlags } from '../cli/flags/place-flags.js'
import { rolloutOptions } from '../cli/flags/rollout-options.js'
import { undoRun } from '../usecases/runs/undo.js'

export default class Undo extends XtraceCommand {
  static override summary = 'Take a rollout back.'
  static override description =
    'Gives each function the mode it had, each alias the version it served, and takes back exactly the permissions that the run gave, unless another function traces with the role now. What somebody else has changed since is left alone.'
  static override args = runArgs
  static override flags = {
    ...accountFlags,
    ...runAccountFlags,
    'dry-run': dryRunFlags['dry-run'],
    ...rolloutFlags,
    ...outputFlags,
  }
  static override examples = [
    { description: 'See first what it would do:', command: '<%= config.bin %> <%= command.id %> last --dry-run' },
    { description: 'The newest run:', command: '<%= config.bin %> <%= command.id %> last' },
  ]

  protected override readonly endsWhateverHappens = true

  protected async perform() {
    const { args, flags } = await this.parse(Undo)
    const { 'assume-role': role, 'external-id': externalId, ...others } = flags
    const rollout = rolloutOptions(others)
    const way = { role, externalId }
    return undoRun({ run: args.run, way, dryRun: flags['dry-run'], rollout }, await this.context(others))
  }
}
