/** Carries out an act of a story: in peace, or with faults and deaths until it has come to its end. */
import { planText, readPlanText } from '../../src/core/plan/plan-file.js'
import { XtraceError } from '../../src/errors.js'
import type { FaultRule } from '../../src/sandbox/server.js'
import { changeTracing } from '../../src/usecases/change/change.js'
import { applyPlan } from '../../src/usecases/runs/apply.js'
import { resumeRun } from '../../src/usecases/runs/resume.js'
import { undoRun } from '../../src/usecases/runs/undo.js'
import { type Act, requestOf, rolloutOf } from './act.js'
import type { Chance } from './chance.js'
import { type AnyReport, expectTruth, refuseLeak } from './laws.js'
import { DEAD, type Death, type LifeOptions, type LifeTools, live } from './life.js'
import type { Place } from './place.js'

export interface Disturbance {
  faults: FaultRule[]
  deaths: Death[]
  /** From the first call on, so that what is read for the plan suffers too; otherwise from the run on. */
  fromStart: boolean
  /** Left as it is after the last death, to be undone so. */
  abandoned: boolean
}

export const PEACE: Disturbance = { faults: [], deaths: [], fromStart: false, abandoned: false }

type Work = (tools: LifeTools) => Promise<AnyReport>

/** Not done: what the command threw, or that it died. */
export type End = AnyReport | XtraceError | typeof DEAD

/** @returns what it ended with, checked against the world and for secrets */
export async function attempt(place: Place, options: LifeOptions, work: Work): Promise<End> {
  const said: string[] = []
  const end = await live(place, options, (tools) => {
    tools.said = said
    return work(tools)
  }).catch(refusal)
  refuseLeak('what was said', said.join('\n'))
  place.refuseLeaks()
  if (end === DEAD) return end
  refuseLeak('the report', end instanceof XtraceError ? `${end.message} ${end.suggestions}` : JSON.stringify(end))
  if (!(end instanceof XtraceError)) expectTruth(end, place.world, place.picture())
  return end
}

function refusal(thrown: unknown): XtraceError {
  if (thrown instanceof XtraceError && thrown.code !== 'FAULT') return thrown
  throw thrown
}

/** A saved plan is saved, and applied a while later. */
export function command(act: Act, place: Place, dryRun = false): Work {
  return async (tools) => {
    if (!act.saved || dryRun) return changeTracing(requestOf(act, place.accounts, dryRun), { ...tools, agree })
    await place.settle()
    let text = ''
    const savePlan = async (plan: Parameters<typeof planText>[0]) => {
      text = planText(plan)
    }
    await changeTracing(requestOf(act, place.accounts, true), { ...tools, agree, savePlan })
    refuseLeak('the plan', text)
    if (act.saved.meddledWith !== undefined) meddle(place, act.saved.meddledWith)
    const plan = readPlanText(text, 'plan.json')
    return applyPlan({ plan, skipStale: act.saved.skipStale, dryRun: false, rollout: rolloutOf(act) }, tools)
  }
}

export function undoing(run: string): Work {
  return (tools) => undoRun({ run, dryRun: false, rollout: rolloutOf({ waves: [] }) }, tools)
}

const agree = async () => true

/** Somebody else changes the function. */
function meddle({ world, clock }: Place, arn: string): void {
  const [, , , region = '', account = '', , name = ''] = arn.split(':')
  const fn = world.account(account).region(region).function(name)
  fn.update({ ...fn.configuration, Timeout: 77 }, clock.now())
}

export interface Persisted {
  /** Absent where none was begun. */
  run?: string
  /** What the first life ended with. */
  first: End
}

export async function persist(
  place: Place,
  chance: Chance,
  { faults, deaths, fromStart, abandoned }: Disturbance,
  work: Work,
): Promise<Persisted> {
  // Lambda sees for a while what a role could do before: another command does not know of it.
  await place.calmDown()
  let run: string | undefined
  const ends: End[] = []
  if (fromStart) place.setFaults(faults)
  const lives = abandoned ? deaths : [...deaths, undefined]
  for (const death of lives) {
    if (!death) place.setFaults([])
    const onRun = (id: string) => {
      run = id
      if (death) place.setFaults(faults)
    }
    const begun = run
    const options = { chance, death, fromRun: !fromStart && begun === undefined, onRun }
    const end = await attempt(place, options, begun === undefined ? work : resuming(begun))
    ends.push(end)
    if (end !== DEAD && 'outcome' in end && end.outcome === 'ok') break
  }
  place.setFaults([])
  if (run !== undefined && !abandoned) await finish(place, chance, run)
  return { first: ends[0] ?? DEAD, ...(run !== undefined && { run }) }
}

/** Until there is nothing left, or nothing more can be done. */
async function finish(place: Place, chance: Chance, run: string): Promise<void> {
  for (let tries = 0; tries < 3; tries++) {
    const since = place.calls.length
    const end = await attempt(place, { chance }, resuming(run))
    if (end === DEAD || end instanceof XtraceError) throw new Error(`run ${run} cannot be resumed`, { cause: end })
    if (end.outcome === 'ok' || place.writesSince(since).length === 0) return
  }
}

function resuming(run: string): Work {
  return (tools) => resumeRun({ run, rollout: ({ options }) => rolloutOf({ waves: wavesOf(options.waves) }) }, tools)
}

function wavesOf(recorded: unknown): string[] {
  return Array.isArray(recorded) ? recorded.map(String) : []
}
