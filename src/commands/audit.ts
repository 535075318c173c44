/** `xtrace audit`: regions and accounts in, the verdict on every function and what is not as it should be out. */
import { XtraceCommand } from '../cli/base-command.js'
import { choiceOf } from '../cli/chosen/choice.js'
import { loadBaseline, loadRules, loadTemplates, rulesNotes } from '../cli/files/audit-files.js'
import { savedNote, savePlanTo } from '../cli/files/plan-files.js'
import { refuseIdleEntrance } from '../cli/flags/account-flags.js'
import {
  accountsOf,
  auditFlags,
  failingOf,
  gapsOf,
  refuseNamed,
  refuseSameFile,
  sourceOf,
} from '../cli/flags/audit-flags.js'
import { functionArgs } from '../cli/flags/choice-flags.js'
import { reportFlags } from '../cli/flags/output-flags.js'
import { readingFlags } from '../cli/flags/reading-flags.js'
import type { Plan } from '../core/plan/plan.js'
import { auditTracing } from '../usecases/audit/audit-tracing.js'

export default class Audit extends XtraceCommand {
  static override summary = 'Say of every function whether it is traced.'
  static override description =
    'Reads all functions of the named regions and accounts, their aliases and roles, and gives one word for each: traced, off, blind (Active, but the role cannot write), stale (an alias serves an untraced version), unsupported, unknown, or exempt by your rules. Ends with 3 where something is not as it should be, and with 6 where something could not be read. Only reads.'
  static override strict = false
  static override args = functionArgs
  static override flags = {
    ...readingFlags,
    ...auditFlags,
    ...reportFlags,
  }
  static override usage = 'audit [NAME...] [FLAGS]'
  static override examples = [
    { description: 'The default region:', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'The whole organization, as a page to hand on:',
      command: '<%= config.bin %> <%= command.id %> --org --all-regions --output audit.html',
    },
    {
      description: 'Repair what was found, with xtrace apply repair.json:',
      command: '<%= config.bin %> <%= command.id %> --save-plan repair.json',
    },
    {
      description: 'Every night, only what has changed since:',
      command: '<%= config.bin %> <%= command.id %> --baseline last.json --fail-on drift',
    },
    {
      description: 'Turn on everything that is off:',
      command: `<%= config.bin %> <%= command.id %> --format ndjson | jq -r 'select(.verdict=="off") | .arn' | <%= config.bin %> enable -`,
    },
  ]

  protected async perform() {
    const { argv, flags } = await this.parse(Audit)
    this.setOutput(flags)
    const choice = await choiceOf(argv, flags, 'audit', true)
    refuseSameFile(flags)
    const accounts = accountsOf(flags)
    if ('refs' in choice) refuseNamed(choice.refs, accounts.accounts)
    const [source, failOn, acceptedGaps] = [sourceOf(flags), failingOf(flags['fail-on']), gapsOf(flags['accept-gap'])]
    if (source.kind === 'lambda') refuseIdleEntrance(flags, 'refs' in choice ? choice.refs : [])
    const [rules, baseline, templates] = await Promise.all([
      loadRules(flags.rules),
      loadBaseline(flags.baseline),
      loadTemplates(flags.template),
    ])
    const region = flags.region ?? (flags['all-regions'] ? undefined : rules.regions)
    const context = await this.context({ ...flags, ...(region && { region }) })
    const sayTheirRegion = 'refs' in choice && choice.refs.every((ref) => ref.region)
    const regions = flags['all-regions'] ? 'all' : sayTheirRegion ? [] : await context.regions()
    const where = { ...accounts, regions, home: await context.home() } as const
    const file = flags['save-plan']
    const report = await auditTracing(
      {
        where,
        choice,
        source,
        rules,
        today: new Date().toISOString().slice(0, 10),
        latestOnly: flags['latest-only'],
        acceptedGaps,
        failOn,
        ...(baseline && { baseline }),
        ...(templates && { templates }),
      },
      {
        ...context,
        ...(file !== undefined && { savePlan: (plan: Plan) => savePlanTo(file, plan) }),
      },
    )
    const saved = file === undefined ? [] : [savedNote(file, flags)]
    return { ...report, notes: [...report.notes, ...rulesNotes(rules), ...saved, ...context.notes] }
  }
}
