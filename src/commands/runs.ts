/** `xtrace runs`: the runs of this machine. */
import { XtraceCommand } from '../cli/base-command.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { listRuns } from '../usecases/runs/list-runs.js'

export default class Runs extends XtraceCommand {
  static override summary = 'List the rollouts made from this machine.'
  static override description =
    'Newest first, with what is done, failed and left, and what was refused from the start. They are kept in the folder that XTRACE_STATE_DIR names, else in the state folder of the user. Makes no call.'
  static override flags = { ...outputFlags }
  static override examples = [
    { description: 'All of them:', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'The newest that is not finished:',
      command: `<%= config.bin %> <%= command.id %> --json | jq -r '[.data.runs[] | select(.state=="incomplete")][0].id'`,
    },
  ]

  protected async perform() {
    const { flags } = await this.parse(Runs)
    const { runs } = await this.context(flags)
    return listRuns(runs)
  }
}
