/** `xtrace cost`: functions in, what their traces cost in a month out, as it is now and with tracing on. */
import { XtraceCommand } from '../cli/base-command.js'
import { choiceOf } from '../cli/chosen/choice.js'
import { placesOf } from '../cli/chosen/places.js'
import { refuseVersions } from '../cli/chosen/whole-functions.js'
import { functionArgs } from '../cli/flags/choice-flags.js'
import { costFlags, priceOf } from '../cli/flags/cost-flags.js'
import { figureFlags } from '../cli/flags/output-flags.js'
import { readingFlags } from '../cli/flags/reading-flags.js'
import { costTracing } from '../usecases/cost/cost-tracing.js'

export default class Cost extends XtraceCommand {
  static override summary = 'Say what tracing costs in a month, now and with it turned on.'
  static override description =
    'Reads how often functions were invoked, works out how many traces Lambda records of that (the first request of each second and 5 % of the others), and what they cost: as tracing is now, and with it on for all that are chosen. Without a choice: all functions of the named regions and accounts. Every figure comes with its least and its most. Ends with 6 where something could not be read. Only reads.'
  static override strict = false
  static override args = functionArgs
  static override flags = {
    ...readingFlags,
    ...costFlags,
    ...figureFlags,
  }
  static override usage = 'cost [NAME...] [FLAGS]'
  static override examples = [
    { description: 'The default region:', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'Before turning on what a team owns:',
      command: '<%= config.bin %> <%= command.id %> --tag team=web',
    },
    {
      description: 'The whole organization, for a spreadsheet:',
      command: '<%= config.bin %> <%= command.id %> --org --all-regions --output cost.csv',
    },
    {
      description: 'With a price of your own, and the free traces used up elsewhere:',
      command: '<%= config.bin %> <%= command.id %> --price-per-million 4.25 --free-traces 0',
    },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Cost)
    this.setOutput(flags)
    const choice = await choiceOf(argv, flags, 'cost', true)
    if ('refs' in choice) refuseVersions(choice.refs, 'cost')
    const price = priceOf(flags)
    const context = await this.context(flags)
    const places = await placesOf(choice, flags, context)
    const report = await costTracing({ choice, ...places, days: flags.days, price }, context)
    return { ...report, notes: [...report.notes, ...context.notes] }
  }
}
