/** `xtrace enable`: flags in, the change to Active, its report out. */
import * as Flags from '@oclif/core/flags'
import { ChangeCommand } from '../cli/change-command.js'
import { organizationFlags } from '../cli/flags/account-flags.js'
import { grantFlags, planFlags, rolloutFlags } from '../cli/flags/change-flags.js'
import { functionArgs, selectionFlags } from '../cli/flags/choice-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { placeFlags } from '../cli/flags/place-flags.js'
import { DEFAULT_SINCE, waitOf } from '../cli/flags/verify-flags.js'
import { XtraceError } from '../errors.js'

export default class Enable extends ChangeCommand {
  static override summary = 'Turn active tracing on.'
  static override description =
    'Gives the execution role the permission to write traces if it lacks it, waits until Lambda accepts the change, sets the mode of $LATEST to Active against the revision that was read, and reads it back. What is on already is left alone. Published versions and aliases are never touched: their configuration is locked.'
  static override strict = false
  static override args = functionArgs
  static override flags = {
    ...selectionFlags,
    ...organizationFlags,
    ...placeFlags,
    ...grantFlags,
    publish: Flags.boolean({
      default: false,
      helpGroup: 'CHANGE',
      description: 'Where an alias serves an untraced version of the same code: publish a version and move the alias.',
    }),
    alias: Flags.string({
      helpValue: 'NAME',
      helpGroup: 'CHANGE',
      description: 'Publish for this alias only (implies --publish).',
    }),
    'force-weighted': Flags.boolean({
      default: false,
      helpGroup: 'CHANGE',
      description: 'Also move an alias that splits its traffic: it then serves the new version alone.',
    }),
    verify: Flags.string({
      helpValue: 'TIME',
      helpGroup: 'CHANGE',
      description: 'Afterwards prove that traces arrive, and wait for them no longer than this: --verify 5m.',
    }),
    ...planFlags,
    ...rolloutFlags,
    ...outputFlags,
  }
  static override usage = ['enable NAME... [FLAGS]', 'enable --all | --match GLOB | --tag KEY=VALUE ... [FLAGS]']
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
    {
      description: 'Everything that a team owns, a few first:',
      command: '<%= config.bin %> <%= command.id %> --tag team=web --all-regions --waves 1,10%,100% --max-errors 2',
    },
    {
      description: 'In every account of the organization:',
      command: '<%= config.bin %> <%= command.id %> --all --org --all-regions --dry-run',
    },
    {
      description: 'Let a stale alias serve the change:',
      command: '<%= config.bin %> <%= command.id %> my-function --alias live',
    },
    {
      description: 'And prove that traces arrive:',
      command: '<%= config.bin %> <%= command.id %> my-function --verify 5m',
    },
    { description: 'Never touch IAM:', command: '<%= config.bin %> <%= command.id %> my-function --permissions none' },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Enable)
    const wait = waitOf(flags.verify, '--verify')
    if (flags.verify !== undefined && (flags['dry-run'] || flags['save-plan'] !== undefined))
      throw new XtraceError('USAGE', '--verify goes with a change that is made, not with --dry-run or --save-plan.')
    const publish = flags.publish || flags.alias !== undefined
    return this.change(argv, flags, {
      to: 'Active',
      grants: flags.permissions,
      revoke: false,
      ...(flags.verify !== undefined && { verify: { since: DEFAULT_SINCE, wait } }),
      ...(publish && {
        publish: { forceWeighted: flags['force-weighted'], ...(flags.alias !== undefined && { alias: flags.alias }) },
      }),
    })
  }
}
