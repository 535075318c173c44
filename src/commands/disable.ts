/** `xtrace disable`: flags in, the change to PassThrough, its report out. */
import * as Flags from '@oclif/core/flags'
import { ChangeCommand } from '../cli/change-command.js'
import { organizationFlags } from '../cli/flags/account-flags.js'
import { planFlags, rolloutFlags } from '../cli/flags/change-flags.js'
import { functionArgs, selectionFlags } from '../cli/flags/choice-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { placeFlags } from '../cli/flags/place-flags.js'

export default class Disable extends ChangeCommand {
  static override summary = 'Turn active tracing off.'
  static override description =
    'Sets the mode of $LATEST to PassThrough: Lambda then sends no traces, not even for requests that were sampled upstream. Nothing else is changed; the role keeps its permissions, unless --revoke takes back what no other function needs.'
  static override strict = false
  static override args = functionArgs
  static override flags = {
    ...selectionFlags,
    ...organizationFlags,
    ...placeFlags,
    revoke: Flags.boolean({
      default: false,
      helpGroup: 'CHANGE',
      description: 'Take the permission back from roles that no other function traces with, in any region.',
    }),
    ...planFlags,
    ...rolloutFlags,
    ...outputFlags,
  }
  static override usage = ['disable NAME... [FLAGS]', 'disable --all | --match GLOB | --tag KEY=VALUE ... [FLAGS]']
  static override examples = [
    { description: 'One function:', command: '<%= config.bin %> <%= command.id %> my-function' },
    {
      description: 'See first what it would do:',
      command: '<%= config.bin %> <%= command.id %> my-function --dry-run',
    },
    {
      description: 'A stack, with its permissions:',
      command: '<%= config.bin %> <%= command.id %> --stack my-stack --revoke',
    },
    { description: 'Names from a file:', command: '<%= config.bin %> <%= command.id %> - < names.txt' },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Disable)
    return this.change(argv, flags, { to: 'PassThrough', grants: 'none', revoke: flags.revoke })
  }
}
