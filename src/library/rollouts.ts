/** What the library changes, goes on with and takes back. */
import { resumedOptions, rolloutOptions } from '../cli/flags/rollout-options.js'
import { RATE } from '../cli/open-aws.js'
import type { TracingMode } from '../core/lambda-function.js'
import { parseLimit } from '../core/limit.js'
import type { RunHeader, RunSummary } from '../core/run.js'
import { changeTracing } from '../usecases/change/change.js'
import type { Changed } from '../usecases/change/changed.js'
import { listRuns } from '../usecases/runs/list-runs.js'
import { resumeRun } from '../usecases/runs/resume.js'
import type { RunResult } from '../usecases/runs/run-report.js'
import { undoRun } from '../usecases/runs/undo.js'
import { chosen, type Place, placesOf } from './choice.js'
import type { DisableOptions, EnableOptions, Functions } from './options.js'
import { refuseOddOptions } from './options-check.js'
import { type Result, resultOf } from './result.js'

export async function change(
  place: Place,
  to: TracingMode,
  functions: Functions,
  given: EnableOptions & DisableOptions,
): Promise<Result<Changed>> {
  refuseOddOptions(to === 'Active' ? 'enable' : 'disable', given)
  const { permissions = 'managed', publish = false, revoke = false, ...wishes } = given
  const { dryRun = false, maxChanges, waves, maxErrors, confirm = () => true } = wishes
  const choice = await chosen(functions, to === 'Active' ? 'enable' : 'disable')
  const alias = typeof publish === 'object' && publish
  const rollout = rolloutOptions({ rate: place.options.rate ?? RATE, waves, 'max-errors': maxErrors })
  const request = {
    to,
    choice,
    ...(await placesOf(choice, place)),
    grants: permissions,
    revoke,
    dryRun,
    detailedExit: false,
    rollout: { ...rollout, withoutJournal: 'refs' in choice },
    ...(publish && { publish: { forceWeighted: false, ...alias } }),
    ...(maxChanges !== undefined && { maxChanges: parseLimit(maxChanges, 'maxChanges') }),
  }
  return resultOf(await changeTracing(request, { ...place.connection, agree: async (plan) => confirm(plan) }))
}

export async function runs({ connection }: Place): Promise<Result<{ runs: RunSummary[] }>> {
  return resultOf(await listRuns(connection.runs))
}

export async function resume({ options, connection }: Place, run: string): Promise<Result<RunResult>> {
  const request = { run, way: wayOf(options), rollout: (header: RunHeader) => resumedOptions(header, {}) }
  return resultOf(await resumeRun(request, connection))
}

export async function undo(
  { options, connection }: Place,
  run: string,
  wishes: { dryRun?: boolean } = {},
): Promise<Result<RunResult>> {
  refuseOddOptions('undo', wishes)
  const { dryRun = false } = wishes
  const rollout = rolloutOptions({ rate: options.rate ?? RATE })
  return resultOf(await undoRun({ run, way: wayOf(options), dryRun, rollout }, connection))
}

/** What is not said is as the run was begun. */
function wayOf({ assumeRole, externalId }: Place['options']) {
  return { role: assumeRole, externalId }
}
