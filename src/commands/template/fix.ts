/** `xtrace template fix`: templates in, the same templates with tracing on out. */
import * as Flags from '@oclif/core/flags'
import { XtraceCommand } from '../../cli/base-command.js'
import { templateSources } from '../../cli/files/template-files.js'
import { outputFlags } from '../../cli/flags/output-flags.js'
import { parametersOf, templateArgs, templateFlags } from '../../cli/flags/template-flags.js'
import { unifiedDiff } from '../../cli/output/diff.js'
import { writeWhole } from '../../cli/output/whole-file.js'
import { XtraceError } from '../../errors.js'
import { fixTemplates } from '../../usecases/template/fix-templates.js'

export default class TemplateFix extends XtraceCommand {
  static override summary = 'Turn tracing on in CloudFormation and SAM templates.'
  static override description =
    'Writes what is missing in the style of the file and changes no other byte: the mode of each function (in a SAM template once in Globals where that covers all), and the write policy of a role that the template makes. What cannot be edited safely, such as a value behind a parameter, is left and named with its line; the exit status is then 6. Makes no call.'
  static override strict = false
  static override args = templateArgs
  static override flags = {
    'dry-run': Flags.boolean({
      default: false,
      description: 'Print what would change as a unified diff; writes nothing.',
    }),
    'detailed-exitcode': Flags.boolean({
      default: false,
      description: 'With --dry-run: exit with 3 when there is something to change.',
    }),
    off: Flags.boolean({ default: false, description: 'Turn tracing off instead; policies stay.' }),
    'per-function': Flags.boolean({
      default: false,
      description: 'Set SAM functions one by one, where Globals could do it for all.',
    }),
    ...templateFlags,
    ...outputFlags,
  }
  static override usage = 'template fix FILE... [FLAGS]'
  static override examples = [
    { description: 'Look first:', command: '<%= config.bin %> <%= command.id %> template.yaml --dry-run' },
    { description: 'All of a repository:', command: '<%= config.bin %> <%= command.id %> .' },
    { description: 'In a pipe:', command: '<%= config.bin %> <%= command.id %> - < template.yaml > traced.yaml' },
  ]

  protected override readonly endsWhateverHappens = true

  protected async perform() {
    const { argv, flags } = await this.parse(TemplateFix)
    this.setOutput(flags)
    if (flags['detailed-exitcode'] && !flags['dry-run']) {
      throw new XtraceError('USAGE', '--detailed-exitcode goes with --dry-run.')
    }
    return fixTemplates(
      {
        sources: await templateSources(argv.map(String), 'template fix'),
        parameters: parametersOf(flags.parameter),
        to: flags.off ? 'PassThrough' : 'Active',
        perFunction: flags['per-function'],
        dryRun: flags['dry-run'],
        detailedExit: flags['detailed-exitcode'],
      },
      { write: (file, text) => writeWhole(file, text), diff: unifiedDiff },
    )
  }
}
