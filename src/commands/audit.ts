/** `xtrace audit`: regions in, the verdict on every function out. */
import { XtraceCommand } from '../cli/base-command.js'
import { outputFlags, placeFlags } from '../cli/flags.js'
import { auditTracing } from '../usecases/audit.js'

export default class Audit extends XtraceCommand {
  static override summary = 'Say of every function whether it is traced.'
  static override description =
    'Reads all functions of the named regions, their aliases and roles, and gives one word for each: traced, off, blind (Active, but the role cannot write), stale (an alias serves an untraced version), unsupported, unknown. Ends with 3 where something is not traced, and with 6 where something could not be read. Only reads.'
  static override flags = { ...placeFlags, ...outputFlags }
  static override examples = [
    { description: 'The default region:', command: '<%= config.bin %> <%= command.id %>' },
    { description: 'Two regions:', command: '<%= config.bin %> <%= command.id %> --region us-east-1,eu-west-1' },
    {
      description: 'Turn on everything that is off:',
      command: `<%= config.bin %> <%= command.id %> --json | jq -r '.data.functions[] | select(.verdict=="off") | .arn' | <%= config.bin %> enable -`,
    },
  ]

  protected async perform() {
    const { flags } = await this.parse(Audit)
    const context = await this.context(flags)
    return auditTracing({ regions: await context.regions() }, context)
  }
}
