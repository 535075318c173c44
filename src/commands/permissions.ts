/** `xtrace permissions`: a command in, the least IAM policy that its operator needs out. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { XtraceCommand } from '../cli/base-command.js'
import { ROLE } from '../cli/flags/account-flags.js'
import { grantFlags } from '../cli/flags/change-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { COMMANDS_ON_AWS, type CommandOnAws, USES, type Use } from '../core/operator-policy.js'
import { XtraceError } from '../errors.js'
import { operatorPermissions } from '../usecases/permissions.js'

export default class Permissions extends XtraceCommand {
  static override summary = 'Print the least IAM policy that a command needs.'
  static override description =
    'The policy of whoever runs xtrace, not of the functions. Without a command: of all of them. Makes no call.'
  static override args = {
    command: Args.string({
      ignoreStdin: true,
      options: [...COMMANDS_ON_AWS],
      description: 'The command that is to be run.',
    }),
  }
  static override flags = {
    ...grantFlags,
    uses: Flags.option({ options: USES, multiple: true, multipleNonGreedy: true, delimiter: ',' })({
      description:
        'What else the command is used with: selecting functions by flags, --publish or --alias, --revoke, accounts of the organization, --source config, --verify.',
    }),
    'assume-role': Flags.string({
      ...ROLE,
      description: 'With --uses organization: the one role by which other accounts are entered.',
    }),
    partition: Flags.string({
      default: 'aws',
      helpValue: 'NAME',
      description: 'Partition of the ARNs: aws, aws-cn, aws-us-gov …',
      parse: async (text) => {
        if (/^aws(-[a-z]+)*$/.test(text)) return text
        throw new XtraceError('USAGE', `"${text}" is not the name of a partition.`)
      },
    }),
    ...outputFlags,
  }
  static override examples = [
    { description: 'For an auditor:', command: '<%= config.bin %> <%= command.id %> audit' },
    {
      description: 'As a policy:',
      command:
        'aws iam create-policy --policy-name xtrace --policy-document "$(<%= config.bin %> <%= command.id %> enable)"',
    },
    {
      description: 'For rollouts by tag, in all regions:',
      command: '<%= config.bin %> <%= command.id %> enable --uses selection',
    },
    {
      description: 'For a rollout that never touches IAM:',
      command: '<%= config.bin %> <%= command.id %> enable --permissions none',
    },
  ]

  protected async perform() {
    const { args, flags } = await this.parse(Permissions)
    this.setOutput(flags)
    const commands = COMMANDS_ON_AWS.filter((command) => args.command === undefined || command === args.command)
    refuseIdle(flags.uses, args.command, flags['assume-role'])
    return operatorPermissions({
      commands,
      grants: flags.permissions,
      uses: flags.uses ?? [],
      partition: flags.partition,
      ...(flags['assume-role'] !== undefined && { memberRole: flags['assume-role'] }),
    })
  }
}

/** @throws XtraceError USAGE where a flag says nothing of the command, or gives a reader rights to write */
function refuseIdle(uses: readonly Use[] = [], command?: string, role?: string): void {
  const writing = uses.find((use) => use === 'publish' || use === 'revoke')
  if (writing !== undefined && READING.has(command ?? ''))
    throw new XtraceError('USAGE', `--uses ${writing} goes with commands that change something: ${command} only reads.`)
  if (role !== undefined && !uses.includes('organization'))
    throw new XtraceError('USAGE', '--assume-role goes with --uses organization.')
}

const READING: ReadonlySet<string> = new Set<CommandOnAws>(['show', 'audit', 'verify', 'cost'])
