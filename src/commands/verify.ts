/** `xtrace verify`: names or a selection in, the proof that their traces arrive out. */
import { XtraceCommand } from '../cli/base-command.js'
import { choiceOf } from '../cli/chosen/choice.js'
import { placesOf } from '../cli/chosen/places.js'
import { refuseVersions } from '../cli/chosen/whole-functions.js'
import { loadRules, rulesNotes } from '../cli/files/audit-files.js'
import { functionArgs } from '../cli/flags/choice-flags.js'
import { reportFlags } from '../cli/flags/output-flags.js'
import { readingFlags } from '../cli/flags/reading-flags.js'
import { proofWindow, refuseRules, verifyFlags } from '../cli/flags/verify-flags.js'
import { BUILT_IN_RULES } from '../core/rules/rules.js'
import { verifyTracing } from '../usecases/verify/verify-tracing.js'

export default class Verify extends XtraceCommand {
  static override summary = 'Prove that traces arrive.'
  static override description =
    "Follows the chain from the function's mode to a whole trace and names the first link that is broken: mode, what aliases serve, the role's permission, calls in the window, where X-Ray keeps spans, traces, and both segments of them. Shows the newest trace as a waterfall, and how long each phase takes. No function is ever invoked. Ends with 3 where traces of a called function are missing, and with 6 where it could not be told."
  static override strict = false
  static override args = functionArgs
  static override flags = {
    ...readingFlags,
    ...verifyFlags,
    ...reportFlags,
  }
  static override usage = ['verify NAME... [FLAGS]', 'verify --all | --match GLOB | --tag KEY=VALUE ... [FLAGS]']
  static override examples = [
    { description: 'One function:', command: '<%= config.bin %> <%= command.id %> my-function' },
    {
      description: 'Right after turning it on, until the first trace is there:',
      command: '<%= config.bin %> <%= command.id %> my-function --wait 5m',
    },
    {
      description: 'What a team owns, over a day, as a page with the waterfall:',
      command: '<%= config.bin %> <%= command.id %> --tag team=web --since 1d --output traces.html',
    },
    {
      description: 'Names of those whose traces are missing:',
      command: `<%= config.bin %> <%= command.id %> --all --json | jq -r '.data.functions[] | select(.proof.answer=="no") | .name'`,
    },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Verify)
    this.setOutput(flags)
    const choice = await choiceOf(argv, flags, 'verify')
    if ('refs' in choice) {
      refuseVersions(choice.refs, 'verify')
      refuseRules(flags.rules)
    }
    const window = proofWindow(flags)
    const rules = 'selection' in choice ? await loadRules(flags.rules) : BUILT_IN_RULES
    const region = flags.region ?? (flags['all-regions'] ? undefined : rules.regions)
    const context = await this.context({ ...flags, ...(region && { region }) })
    const report = await verifyTracing(
      {
        ...window,
        choice,
        ...(await placesOf(choice, flags, context)),
        rules,
        today: new Date().toISOString().slice(0, 10),
      },
      context,
    )
    return { ...report, notes: [...report.notes, ...rulesNotes(rules), ...context.notes] }
  }
}
