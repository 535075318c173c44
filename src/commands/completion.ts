/** `xtrace completion`: the name of a shell in, its completion script out. */
import * as Args from '@oclif/core/args'
import { XtraceCommand } from '../cli/base-command.js'
import { bashCompletion } from '../cli/completion/bash.js'
import { fishCompletion } from '../cli/completion/fish.js'
import { type Grammar, grammarOf } from '../cli/completion/grammar.js'
import { zshCompletion } from '../cli/completion/zsh.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { report } from '../core/report.js'

const SCRIPTS = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion } satisfies Record<
  string,
  (grammar: Grammar) => string
>

type Shell = keyof typeof SCRIPTS

export default class Completion extends XtraceCommand {
  static override summary = 'Print a script that lets a shell complete xtrace.'
  static override description =
    'Completes commands, flags, their values, regions, profiles, runs and files. The script needs no Node: profiles and runs are read by the shell when they are asked for. Print it anew after an update of xtrace. Makes no call.'
  static override args = {
    shell: Args.string({
      required: true,
      ignoreStdin: true,
      options: Object.keys(SCRIPTS),
      description: 'The shell that is to complete.',
    }),
  }
  static override flags = { ...outputFlags }
  static override examples = [
    {
      description: 'bash, where bash-completion is installed:',
      command: '<%= config.bin %> <%= command.id %> bash > ~/.local/share/bash-completion/completions/xtrace',
    },
    {
      description: 'bash by itself, as on macOS:',
      command: `<%= config.bin %> <%= command.id %> bash > ~/.xtrace.bash && echo 'source ~/.xtrace.bash' >> ~/.bashrc`,
    },
    { description: 'zsh:', command: '<%= config.bin %> <%= command.id %> zsh > "$fpath[1]/_xtrace"' },
    {
      description: 'fish:',
      command: '<%= config.bin %> <%= command.id %> fish > ~/.config/fish/completions/xtrace.fish',
    },
  ]

  protected async perform() {
    const { args, flags } = await this.parse(Completion)
    this.setOutput(flags)
    const shell = args.shell as Shell
    const { commands, topics } = this.config
    const script = SCRIPTS[shell](grammarOf(commands, topics))
    return report('completion', { shell, script }, { text: script.trimEnd() })
  }
}
