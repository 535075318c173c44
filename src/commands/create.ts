/** `xtrace create`: the settings of a new function in, CreateFunction with tracing Active, its report out. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { XtraceCommand } from '../cli/base-command.js'
import { dryRunFlags, grantFlags } from '../cli/flags/change-flags.js'
import { newFunctionFrom } from '../cli/flags/new-function-flags.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { placeFlags } from '../cli/flags/place-flags.js'
import { XtraceError } from '../errors.js'
import { createFunction } from '../usecases/change/create.js'

export default class Create extends XtraceCommand {
  static override summary = 'Create a function with tracing on from its first invocation.'
  static override description =
    'Checks the execution role first, gives it the permission to write traces if it lacks it, waits until Lambda sees it, creates the function with tracing Active and waits until it is ready.'
  static override args = {
    name: Args.string({ name: 'NAME', required: true, ignoreStdin: true, description: 'Name of the new function.' }),
  }
  static override flags = {
    role: Flags.string({ required: true, helpValue: 'ARN', description: 'Execution role: its ARN, or its name.' }),
    runtime: Flags.string({ helpValue: 'ID', description: 'Runtime, for example nodejs22.x; not with --image-uri.' }),
    handler: Flags.string({
      helpValue: 'NAME',
      description: 'Handler, for example index.handler; not with --image-uri.',
    }),
    'zip-file': Flags.string({
      helpValue: 'FILE',
      helpGroup: 'CODE',
      description: 'Deployment package on this machine, at most 50 MB.',
    }),
    's3-bucket': Flags.string({
      helpValue: 'NAME',
      helpGroup: 'CODE',
      description: 'Bucket of the deployment package.',
      dependsOn: ['s3-key'],
    }),
    's3-key': Flags.string({ helpValue: 'KEY', helpGroup: 'CODE', description: 'Its key.', dependsOn: ['s3-bucket'] }),
    's3-object-version': Flags.string({
      helpValue: 'ID',
      helpGroup: 'CODE',
      description: 'Its version.',
      dependsOn: ['s3-key'],
    }),
    'image-uri': Flags.string({ helpValue: 'URI', helpGroup: 'CODE', description: 'Container image in Amazon ECR.' }),
    memory: Flags.integer({ min: 128, max: 10240, helpValue: 'MB', description: 'Memory, 128 to 10240.' }),
    timeout: Flags.integer({ min: 1, max: 900, helpValue: 'SECONDS', description: 'Timeout, 1 to 900.' }),
    env: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'KEY=VALUE',
      description: 'Environment variable, repeatable.',
    }),
    layer: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'ARN',
      description: 'Layer version, repeatable.',
    }),
    architecture: Flags.option({ options: ['x86_64', 'arm64'] as const })({ description: 'Instruction set.' }),
    description: Flags.string({ description: 'Description of the function.' }),
    tag: Flags.string({
      multiple: true,
      multipleNonGreedy: true,
      helpValue: 'KEY=VALUE',
      description: 'Tag, repeatable.',
    }),
    publish: Flags.boolean({
      default: false,
      description: 'Publish version 1 as well; it is locked with tracing Active.',
    }),
    ...placeFlags,
    ...grantFlags,
    ...dryRunFlags,
    ...outputFlags,
  }
  static override examples = [
    {
      description: 'From a zip file:',
      command:
        '<%= config.bin %> <%= command.id %> my-function --runtime nodejs22.x --handler index.handler --role my-role --zip-file code.zip',
    },
    {
      description: 'From a container image:',
      command:
        '<%= config.bin %> <%= command.id %> my-function --role my-role --image-uri 123456789012.dkr.ecr.us-east-1.amazonaws.com/app:1',
    },
  ]

  protected override readonly endsWhateverHappens = true

  protected async perform() {
    const { args, flags } = await this.parse(Create)
    this.setOutput(flags)
    const spec = await newFunctionFrom(args.name, flags)
    const context = await this.context(flags)
    const [region, ...more] = await context.regions()
    if (region === undefined || more.length > 0)
      throw new XtraceError('USAGE', 'create makes one function in one region: name one --region.')
    return createFunction({ spec, region, grants: flags.permissions, dryRun: flags['dry-run'] }, context)
  }
}
