/** The flags and words that say which functions a command is about. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'

const REPEATABLE = { multiple: true, multipleNonGreedy: true } as const

/** Functions that are not named one by one; all conditions must hold. */
export const choiceFlags = {
  all: Flags.boolean({ default: false, helpGroup: 'CHOICE', description: 'Every function of the regions.' }),
  match: Flags.string({
    ...REPEATABLE,
    helpValue: 'GLOB',
    helpGroup: 'CHOICE',
    description: 'Functions whose whole name matches, repeatable: any of them.',
  }),
  exclude: Flags.string({
    ...REPEATABLE,
    helpValue: 'GLOB',
    helpGroup: 'CHOICE',
    description: 'But not those whose whole name matches, repeatable.',
  }),
  tag: Flags.string({
    ...REPEATABLE,
    helpValue: 'KEY[=VALUE]',
    helpGroup: 'CHOICE',
    description: 'Functions that carry the tag, repeatable: all keys, any value of one key.',
  }),
  runtime: Flags.string({
    ...REPEATABLE,
    helpValue: 'GLOB',
    helpGroup: 'CHOICE',
    description: 'Functions whose runtime matches, repeatable: any of them.',
  }),
  stack: Flags.string({ helpValue: 'NAME', helpGroup: 'CHOICE', description: 'Functions of a CloudFormation stack.' }),
  'all-regions': Flags.boolean({
    default: false,
    helpGroup: 'WHERE',
    exclusive: ['region'],
    description: 'Every region that the account has enabled.',
  }),
}

/** The same for commands that change what was chosen. */
export const selectionFlags = {
  ...choiceFlags,
  interactive: Flags.boolean({
    default: false,
    char: 'i',
    helpGroup: 'CHOICE',
    description: 'Pick from a list on the terminal, filtered by typing.',
  }),
}

/** A list of functions; oclif would otherwise read standard input itself, and so eat a shell loop's lines. */
export const functionArgs = {
  functions: Args.string({
    name: 'NAME',
    ignoreStdin: true,
    description: 'Name, partial ARN or full ARN of a function, several if wanted; - reads them from standard input.',
  }),
}
