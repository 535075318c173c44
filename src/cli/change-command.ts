/** What enable and disable do alike: choose, ask, save the plan, and carry it out. */
import type { LambdaFunction } from '../core/lambda-function.js'
import { parseLimit } from '../core/limit.js'
import type { Plan } from '../core/plan/plan.js'
import { XtraceError } from '../errors.js'
import type { ChangeRequest } from '../usecases/change/change.js'
import { agreeTo, isAgreed } from './agree.js'
import { XtraceCommand } from './base-command.js'
import { choiceOf, type SelectionFlags } from './chosen/choice.js'
import { placesOf } from './chosen/places.js'
import type { PlaceFlags } from './context.js'
import { savedNote, savePlanTo } from './files/plan-files.js'
import { type RolloutFlagValues, rolloutOptions } from './flags/rollout-options.js'
import type { OutputFlags } from './output/output.js'
import { painter } from './output/paint.js'
import { functionPicker } from './pick/pick-functions.js'

export interface ChangeFlagValues extends OutputFlags, Omit<PlaceFlags, 'rate'>, SelectionFlags, RolloutFlagValues {
  'dry-run': boolean
  'detailed-exitcode': boolean
  'save-plan'?: string | undefined
  'max-changes'?: string | undefined
  yes: boolean
}

type Request = Omit<
  ChangeRequest,
  'choice' | 'regions' | 'accounts' | 'dryRun' | 'detailedExit' | 'maxChanges' | 'rollout'
>

export abstract class ChangeCommand extends XtraceCommand {
  protected override readonly endsWhateverHappens = true

  protected async change(argv: readonly unknown[], flags: ChangeFlagValues, rest: Request) {
    this.setOutput(flags)
    const command = rest.to === 'Active' ? 'enable' : 'disable'
    const choice = await choiceOf(argv, flags, command)
    const maxChanges =
      flags['max-changes'] === undefined ? undefined : parseLimit(flags['max-changes'], '--max-changes')
    const rollout = rolloutOptions(flags)
    const file = flags['save-plan']
    const dryRun = flags['dry-run'] || file !== undefined
    // oclif's own dependsOn takes the default of --dry-run for the flag.
    if (flags['detailed-exitcode'] && !dryRun)
      throw new XtraceError('USAGE', '--detailed-exitcode goes with --dry-run or --save-plan.')
    const pick = flags.interactive ? functionPicker(rest.to, painter('stderr', !flags['no-color'])) : undefined
    const context = await this.context(flags)
    const named = 'refs' in choice
    const request: ChangeRequest = {
      ...rest,
      choice,
      ...(await placesOf(choice, flags, context)),
      rollout: { ...rollout, withoutJournal: named },
      dryRun,
      detailedExit: flags['detailed-exitcode'],
      ...(maxChanges && { maxChanges }),
    }
    const { changeTracing } = await import('../usecases/change/change.js')
    const report = await changeTracing(request, {
      ...context,
      agree: async (plan, view) =>
        isAgreed(plan, { named, picked: pick !== undefined, yes: flags.yes }) ||
        agreeTo(plan, view, { pause: context.pause, colour: !flags['no-color'] }),
      ...(pick && {
        pick: (functions: readonly LambdaFunction[]) => {
          context.pause()
          return pick(functions)
        },
      }),
      ...(file !== undefined && { savePlan: (plan: Plan) => savePlanTo(file, plan) }),
    })
    const saved = file === undefined ? [] : [savedNote(file, flags)]
    return { ...report, notes: [...report.notes, ...saved, ...context.notes] }
  }
}
