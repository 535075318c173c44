/** The flags that say how functions and roles are changed: shown first, kept as a plan, and how fast. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

/** How an execution role that cannot write traces is treated. */
export const grantFlags = {
  permissions: Flags.option({ options: ['managed', 'inline', 'none'] as const, helpGroup: 'CHANGE' })({
    description:
      'How a role gets the permission it lacks: attach AWSXRayDaemonWriteAccess, add an inline policy, or not at all.',
    default: 'managed',
  }),
}

export const dryRunFlags = {
  'dry-run': Flags.boolean({
    default: false,
    description: 'Show what would be done; makes no writing call.',
    helpGroup: 'CHANGE',
  }),
  yes: Flags.boolean({ default: false, char: 'y', description: 'Do not ask.', helpGroup: 'CHANGE' }),
}

/** How fast AWS is asked. */
export const rateFlags = {
  rate: Flags.integer({
    default: 12,
    min: 1,
    max: 100,
    helpValue: 'N',
    helpGroup: 'ROLLOUT',
    description:
      "Requests a second for each account and region; AWS allows 15, and other people's deployments need some.",
  }),
}

/** How fast, and in what steps, many functions are changed. */
export const rolloutFlags = {
  ...rateFlags,
  waves: Flags.string({
    helpValue: 'LIST',
    helpGroup: 'ROLLOUT',
    description:
      'Change a few first, cumulatively: --waves 1,10%,100%; what the list leaves out follows as a last wave.',
  }),
  'max-errors': Flags.string({
    helpValue: 'N|N%',
    helpGroup: 'ROLLOUT',
    description: 'Stop when more functions than this have failed.',
  }),
}

export const planFlags = {
  ...dryRunFlags,
  'detailed-exitcode': Flags.boolean({
    default: false,
    helpGroup: 'CHANGE',
    description: 'With --dry-run or --save-plan: exit with 3 when there is something to change.',
  }),
  'save-plan': Flags.string({
    helpValue: 'FILE',
    helpGroup: 'CHANGE',
    description: 'Write the plan to a file, for xtrace apply; nothing is changed.',
  }),
  'max-changes': Flags.string({
    helpValue: 'N|N%',
    helpGroup: 'CHANGE',
    description: 'Refuse to begin when more functions than this would change.',
  }),
}

/** The run that resume and undo are about. */
export const runArgs = {
  run: Args.string({
    name: 'RUN',
    required: true,
    ignoreStdin: true,
    description: 'Id of the run, its beginning, or "last".',
  }),
}
