/** `xtrace template check`: templates in, whether each function in them would be traced out. */
import { XtraceCommand } from '../../cli/base-command.js'
import { templateSources } from '../../cli/files/template-files.js'
import { reportFlags } from '../../cli/flags/output-flags.js'
import { parametersOf, templateArgs, templateFlags } from '../../cli/flags/template-flags.js'
import { checkTemplates } from '../../usecases/template/check-templates.js'

export default class TemplateCheck extends XtraceCommand {
  static override summary = 'Say of every function in templates whether it would be traced.'
  static override description =
    'Reads CloudFormation and SAM in YAML and JSON, follows Globals, conditions and parameters as far as they are known, and looks whether a role that the template makes can write traces. Ends with 3 where a function would not be traced, or under some conditions only, with 6 where that cannot be told or a file cannot be read. Makes no call.'
  static override strict = false
  static override args = templateArgs
  static override flags = { ...templateFlags, ...reportFlags }
  static override usage = 'template check FILE... [FLAGS]'
  static override examples = [
    { description: 'One template:', command: '<%= config.bin %> <%= command.id %> template.yaml' },
    { description: 'All of a repository:', command: '<%= config.bin %> <%= command.id %> .' },
    {
      description: 'As production would be deployed:',
      command: '<%= config.bin %> <%= command.id %> template.yaml --parameter Stage=prod',
    },
    {
      description: 'For a code host, which shows it at the line:',
      command: "<%= config.bin %> <%= command.id %> 'stacks/**/*.yaml' --output tracing.sarif",
    },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(TemplateCheck)
    this.setOutput(flags)
    const parameters = parametersOf(flags.parameter)
    return checkTemplates({ sources: await templateSources(argv.map(String), 'template check'), parameters })
  }
}
