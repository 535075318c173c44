/** `xtrace apply`: a saved plan in, carried out as it stands. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { XtraceCommand } from '../cli/base-command.js'
import { loadPlan } from '../cli/files/plan-files.js'
import { planAccountFlags } from '../cli/flags/account-flags.js'
import { dryRunFlags, rolloutFlags } from '../cli/flags/change-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { accountFlags } from '../cli/flags/place-flags.js'
import { rolloutOptions } from '../cli/flags/rollout-options.js'
import { applyPlan } from '../usecases/runs/apply.js'

export default class Apply extends XtraceCommand {
  static override summary = 'Carry out a plan that was saved with --save-plan.'
  static override description =
    'Exactly what the plan says, decided when it was made. A function that has changed since is stale: then nothing is done and the exit status is 7, unless --skip-stale leaves those out.'
  static override args = {
    plan: Args.string({ name: 'PLAN', required: true, ignoreStdin: true, description: 'File that --save-plan wrote.' }),
  }
  static override flags = {
    ...accountFlags,
    ...planAccountFlags,
    'skip-stale': Flags.boolean({
      default: false,
      helpGroup: 'CHANGE',
      description: 'Leave out what has changed since, and do the rest.',
    }),
    'dry-run': dryRunFlags['dry-run'],
    ...rolloutFlags,
    ...outputFlags,
  }
  static override examples = [
    {
      description: 'Plan first:',
      command: '<%= config.bin %> enable --tag team=web --save-plan web.plan.json',
    },
    { description: 'Look at the plan, and apply it:', command: '<%= config.bin %> <%= command.id %> web.plan.json' },
    {
      description: 'Repair the organization, after an audit with --save-plan repair.json:',
      command: '<%= config.bin %> <%= command.id %> repair.json --assume-role Tracing',
    },
  ]

  protected override readonly endsWhateverHappens = true

  protected async perform() {
    const { args, flags } = await this.parse(Apply)
    this.setOutput(flags)
    const rollout = rolloutOptions(flags)
    const plan = await loadPlan(args.plan)
    const context = await this.context(flags)
    return applyPlan({ plan, skipStale: flags['skip-stale'], dryRun: flags['dry-run'], rollout }, context)
  }
}
