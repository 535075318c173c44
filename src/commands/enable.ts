/** `xtrace enable`: flags in, the change to Active, its report out. */
import { XtraceCommand } from '../cli/base-command.js'
import { changeFlags, functionArgs, grantFlags, outputFlags, placeFlags } from '../cli/flags.js'
import { namedFunctions } from '../cli/named-functions.js'
import { changeTracing } from '../usecases/change.js'

export default class Enable extends XtraceCommand {
  static override summary = 'Turn active tracing on.'
  static override description =
    'Gives the execution role the permission to write traces if it lacks it, waits until Lambda accepts the change, sets the mode of $LATEST to Active against the revision that was read, and reads it back. What is on already is left alone. Published versions and aliases are never touched: their configuration is locked.'
  static override strict = false
  static override args = functionArgs
  static override flags = { ...placeFlags, ...grantFlags, ...changeFlags, ...outputFlags }
  static override usage = 'enable NAME... [FLAGS]'
  static override examples = [
    { description: 'One function:', command: '<%= config.bin %> <%= command.id %> my-function' },
    {
      description: 'See first what it would do:',
      command: '<%= config.bin %> <%= command.id %> my-function --dry-run',
    },
    {
      description: 'Several, in two regions:',
      command: '<%= config.bin %> <%= command.id %> api worker --region us-east-1,eu-west-1',
    },
    {
      description: 'By ARN; its region is obeyed:',
      command: '<%= config.bin %> <%= command.id %> arn:aws:lambda:eu-west-1:123456789012:function:api',
    },
    { description: 'Names from a file:', command: '<%= config.bin %> <%= command.id %> - < names.txt' },
    { description: 'Never touch IAM:', command: '<%= config.bin %> <%= command.id %> my-function --permissions none' },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Enable)
    this.setOutput(flags)
    const refs = await namedFunctions(argv, 'enable')
    const context = await this.context(flags)
    const regions = refs.every((ref) => ref.region) ? [] : await context.regions()
    return changeTracing({ to: 'Active', refs, regions, grants: flags.permissions, dryRun: flags['dry-run'] }, context)
  }
}
