/** One story: the same acts in two equal worlds, in peace and with all that can go wrong, and what must be alike. */
import { expect } from 'vitest'
import type { Report } from '../../src/core/report.js'
import { XtraceError } from '../../src/errors.js'
import type { Changed } from '../../src/usecases/change/changed.js'
import { type Act, randomAct } from './act.js'
import { Chance } from './chance.js'
import { expectAllDone, expectOnlyAsked, expectUndone } from './laws.js'
import { DEAD, type Death } from './life.js'
import { attempt, command, type Disturbance, PEACE, persist, undoing } from './perform.js'
import { functionsIn, type Picture, pictureOf } from './picture.js'
import { Place } from './place.js'
import { randomFaults } from './random-faults.js'
import { randomWorld } from './random-world.js'

export interface Story {
  seed: number
  acts: Act[]
  disturbances: Disturbance[]
}

export function randomStory(seed: number): Story {
  const chance = new Chance(seed)
  const picture = pictureOf(randomWorld(seed).world)
  const acts = Array.from({ length: chance.between(1, 2) }, () => randomAct(chance, picture))
  return { seed, acts, disturbances: acts.map((act) => randomDisturbance(chance, act, act === acts.at(-1))) }
}

/** @param last an act that is not finished makes the worlds different: no other can follow */
function randomDisturbance(chance: Chance, act: Act, last: boolean): Disturbance {
  const deaths = Array.from({ length: chance.between(0, 2) }, (): Death => {
    return { after: chance.between(1, 50), how: chance.one(['killed', 'killed', 'interrupted'] as const) }
  })
  // What somebody does between saving and applying is to be done once.
  const fromStart = act.saved?.meddledWith === undefined && chance.happens(0.4)
  const abandoned = last && act.undone && deaths.length > 0 && chance.happens(0.3)
  return { faults: randomFaults(chance), deaths, fromStart, abandoned }
}

/** @throws Error what is not as it must be */
export async function play({ seed, acts, disturbances }: Story): Promise<void> {
  const chance = new Chance(seed + 1)
  const calm = await inPlace(seed, (place) => playAll(acts, (act) => playInPeace(act, place, chance.branch())))
  const rough = await inPlace(seed, (place) =>
    playAll(acts, (act, index) => playDisturbed(act, disturbances[index] ?? PEACE, place, chance.branch())),
  )
  for (const [index, pictures] of calm.entries())
    if (!disturbances[index]?.abandoned) expect(rough[index]).toEqual(pictures)
}

async function inPlace<T>(seed: number, work: (place: Place) => Promise<T>): Promise<T> {
  const place = await Place.open(seed)
  try {
    return await work(place)
  } finally {
    await place.close()
  }
}

/** What the world looks like after each act, and after it was undone where it was. */
async function playAll(acts: readonly Act[], one: (act: Act, index: number) => Promise<Picture>): Promise<Picture[]> {
  const pictures: Picture[] = []
  for (const [index, act] of acts.entries()) pictures.push(await one(act, index))
  return pictures
}

async function playInPeace(act: Act, place: Place, chance: Chance): Promise<Picture> {
  if (act.rehearsed) await expectDryRunIdle(act, place, chance)
  const before = meddled(act, place.picture())
  const { run, first } = await persist(place, chance, PEACE, command(act, place))
  if (first === DEAD || first instanceof XtraceError) throw new Error('refused in peace', { cause: first })
  const after = place.picture()
  expectOnlyAsked(act, before, after)
  if (!act.saved) expectAllDone(act, first as Report<Changed>, place.world, after)
  if (first.outcome === 'ok' || !act.saved) await expectIdleAgain(act, first.outcome === 'ok', place, chance)
  return act.undone && run !== undefined ? undone([run], before, PEACE, place, chance) : after
}

async function playDisturbed(act: Act, disturbance: Disturbance, place: Place, chance: Chance): Promise<Picture> {
  const before = meddled(act, place.picture())
  const begun = await persist(place, chance, disturbance, command(act, place))
  // What could not be read was left alone: without the faults the same command does the rest.
  const again = disturbance.fromStart && !disturbance.abandoned
  const rest = again ? await persist(place, chance, PEACE, command(act, place)) : undefined
  const after = place.picture()
  expectOnlyAsked(act, before, after)
  const runs = [begun.run, rest?.run].flatMap((run) => run ?? [])
  if (!act.undone || runs.length === 0) return after
  const deaths = disturbance.abandoned ? [] : disturbance.deaths
  return undone(runs.reverse(), before, { ...disturbance, deaths, abandoned: false }, place, chance)
}

/** @param runs the last one first */
async function undone(
  runs: readonly string[],
  before: Picture,
  disturbance: Disturbance,
  place: Place,
  chance: Chance,
): Promise<Picture> {
  const calm = { ...disturbance, fromStart: false }
  for (const run of runs) await persist(place, chance, calm, undoing(run))
  expectUndone(before, place.picture(), place.world)
  return place.picture()
}

async function expectDryRunIdle(act: Act, place: Place, chance: Chance): Promise<void> {
  const since = place.calls.length
  const before = place.picture()
  const end = await attempt(place, { chance }, command(act, place, true))
  expect(end).not.toBeInstanceOf(XtraceError)
  expect(place.writesSince(since)).toEqual([])
  expect(place.picture()).toEqual(before)
}

/** @param done all that was asked: then nothing is even tried again */
async function expectIdleAgain(act: Act, done: boolean, place: Place, chance: Chance): Promise<void> {
  const since = place.calls.length
  const before = place.picture()
  await attempt(place, { chance }, command(act, place))
  if (done) expect(place.writesSince(since)).toEqual([])
  expect(place.picture()).toEqual(before)
}

/** As the world is when somebody else has changed a function between a plan and its execution. */
function meddled(act: Act, picture: Picture): Picture {
  const copy = structuredClone(picture)
  for (const { arn, fn } of functionsIn(copy)) if (arn === act.saved?.meddledWith) fn.configuration.Timeout = 77
  return copy
}
