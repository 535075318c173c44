/** The help of every command, with the table of exit statuses under it. */
import type { Command } from '@oclif/core/command'
import { Help } from '@oclif/core/help'
import { EXIT_STATUSES } from '../errors.js'

export default class XtraceHelp extends Help {
  protected override async showRootHelp(): Promise<void> {
    await super.showRootHelp()
    this.log(this.exitSection())
  }

  override formatCommand(command: Command.Loadable): string {
    return `${super.formatCommand(command)}\n\n${this.exitSection()}\n`
  }

  exitSection(): string {
    const lines = Object.values(EXIT_STATUSES).map(({ status, meaning }) => `${String(status).padStart(3)}  ${meaning}`)
    return this.section('EXIT STATUS', lines.join('\n'))
  }
}
