/** `xtrace disable`: flags in, the change to PassThrough, its report out. */
import { XtraceCommand } from '../cli/base-command.js'
import { changeFlags, functionArgs, outputFlags, placeFlags } from '../cli/flags.js'
import { namedFunctions } from '../cli/named-functions.js'
import { changeTracing } from '../usecases/change.js'

export default class Disable extends XtraceCommand {
  static override summary = 'Turn active tracing off.'
  static override description =
    'Sets the mode of $LATEST to PassThrough: Lambda then sends no traces, not even for requests that were sampled upstream. Nothing else is changed; the role keeps its permissions.'
  static override strict = false
  static override args = functionArgs
  static override flags = { ...placeFlags, ...changeFlags, ...outputFlags }
  static override usage = 'disable NAME... [FLAGS]'
  static override examples = [
    { description: 'One function:', command: '<%= config.bin %> <%= command.id %> my-function' },
    {
      description: 'See first what it would do:',
      command: '<%= config.bin %> <%= command.id %> my-function --dry-run',
    },
    { description: 'Names from a file:', command: '<%= config.bin %> <%= command.id %> - < names.txt' },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Disable)
    this.setOutput(flags)
    const refs = await namedFunctions(argv, 'disable')
    const context = await this.context(flags)
    const regions = refs.every((ref) => ref.region) ? [] : await context.regions()
    return changeTracing({ to: 'PassThrough', refs, regions, grants: 'none', dryRun: flags['dry-run'] }, context)
  }
}
