/** `xtrace resume`: a run in, what was left of it done. */
import * as Flags from '@oclif/core/flags'
import { XtraceCommand } from '../cli/base-command.js'
import { runAccountFlags } from '../cli/flags/account-flags.js'
import { rolloutFlags, runArgs } from '../cli/flags/change-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { accountFlags } from '../cli/flags/place-flags.js'
import { resumedOptions } from '../cli/flags/rollout-options.js'
import { resumeRun } from '../usecases/runs/resume.js'

const RATE = { min: 1, max: 100, helpValue: 'N', helpGroup: 'ROLLOUT' }

export default class Resume extends XtraceCommand {
  static override summary = 'Finish a rollout that was stopped.'
  static override description =
    'What is done stays. What had been begun is read back from AWS first, and what is left is done, with the waves and limits that the run was begun with.'
  static override args = runArgs
  static override flags = {
    ...accountFlags,
    ...runAccountFlags,
    ...rolloutFlags,
    rate: Flags.integer({
      ...RATE,
      description: 'Requests a second for each account and region; the default is that of the run.',
    }),
    ...outputFlags,
  }
  static override examples = [
    { description: 'The newest one:', command: '<%= config.bin %> <%= command.id %> last' },
    { description: 'A certain one:', command: '<%= config.bin %> <%= command.id %> 20261122T175700Z-3fa4c1k9' },
  ]

  protected override readonly endsWhateverHappens = true

  protected async perform() {
    const { args, flags } = await this.parse(Resume)
    const { rate, 'assume-role': role, 'external-id': externalId, ...others } = flags
    const context = await this.context({ ...others, ...(rate !== undefined && { rate }) })
    const way = { role, externalId }
    return resumeRun({ run: args.run, way, rollout: (header) => resumedOptions(header, others) }, context)
  }
}
