/** `xtrace show`: names in, verdicts with their evidence out. */
import { XtraceCommand } from '../cli/base-command.js'
import { namedFunctions } from '../cli/chosen/named-functions.js'
import { functionArgs } from '../cli/flags/choice-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { placeFlags } from '../cli/flags/place-flags.js'
import { showFunctions } from '../usecases/show/show.js'

export default class Show extends XtraceCommand {
  static override summary = 'Show whether a function is traced, and why.'
  static override description =
    'The verdict and its evidence: mode, what the execution role may do and which statement says so, aliases and versions with the modes they are locked in, the owning stack, other tracers. Only reads.'
  static override strict = false
  static override args = functionArgs
  static override flags = { ...placeFlags, ...outputFlags }
  static override usage = 'show NAME... [FLAGS]'
  static override examples = [
    { description: 'One function:', command: '<%= config.bin %> <%= command.id %> my-function' },
    { description: 'What an alias serves:', command: '<%= config.bin %> <%= command.id %> my-function:live' },
    {
      description: 'For a script:',
      command: "<%= config.bin %> <%= command.id %> my-function --json | jq -r '.data.functions[].verdict'",
    },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Show)
    this.setOutput(flags)
    const refs = await namedFunctions(argv, 'show')
    const context = await this.context(flags)
    const regions = refs.every((ref) => ref.region) ? [] : await context.regions()
    return showFunctions({ refs, regions }, context)
  }
}
