/** What must be true of every command, whatever the world, the faults and the deaths. */
import { expect } from 'vitest'
import type { Report } from '../../src/core/report.js'
import { EXIT_STATUSES } from '../../src/errors.js'
import type { World } from '../../src/sandbox/world.js'
import type { Changed } from '../../src/usecases/change/changed.js'
import type { RunResult } from '../../src/usecases/runs/run-report.js'
import { leakIn } from '../support/xtrace.js'
import { type Act, chosenIn, permittedBy } from './act.js'
import {
  functionsIn,
  grantsOf,
  type Picture,
  type PlacedFunction,
  rolesIn,
  servedModes,
  tracesWith,
  withoutChanges,
  withoutNewVersions,
} from './picture.js'
import { takenByLambda, writesTraces } from './role-truth.js'

export type AnyReport = Report<Changed> | Report<RunResult>

/** Published versions stay as they are; of the rest only what was asked for has changed, and only that way. */
export function expectOnlyAsked(act: Act, before: Picture, after: Picture): void {
  const permitted = permittedBy(act, before)
  const kept = withoutNewVersions(after, before)
  expect(withoutChanges(kept, permitted)).toEqual(withoutChanges(before, permitted))
  if (!act.publish) expect(kept).toEqual(after)
  const roles = rolesIn(after)
  for (const [arn, role] of rolesIn(before)) {
    const now = roles.get(arn)
    const [least, most] = act.to === 'Active' ? [role, now] : [now, role]
    if (!least || !most) continue
    expect(grantsOf(most), arn).toEqual(expect.arrayContaining(grantsOf(least)))
    if (act.to === 'PassThrough' && grantsOf(most).length > grantsOf(least).length)
      expect(tracesWith(arn, after), `${arn} has lost what something traces with`).toBe(false)
  }
  const then = new Map(functionsIn(before).map(({ arn, fn }) => [arn, fn]))
  for (const { arn, fn } of functionsIn(after)) {
    const was = then.get(arn)?.configuration.TracingConfig.Mode
    // What somebody has changed since the plan was made is left alone.
    const may = arn === act.saved?.meddledWith ? [was] : [was, act.to]
    expect(may, arn).toContain(fn.configuration.TracingConfig.Mode)
  }
}

/**
 * Undone: the world as it was, but for versions that were published, `$LATEST.PUBLISHED` among them, roles that something
 * traces with, and functions that were Active with a role that Lambda refuses to take for tracing now.
 */
export function expectUndone(before: Picture, after: Picture, world: World): void {
  const kept = withoutNewVersions(after, before)
  const roles = rolesIn(kept)
  for (const [arn, role] of rolesIn(before)) {
    const now = roles.get(arn)
    const more = now && grantsOf(now).filter((grant) => !grantsOf(role).includes(grant))
    if (!now || !more?.length) continue
    expect(tracesWith(arn, after), `${arn} keeps ${more} although nothing traces with it`).toBe(true)
    now.managed = now.managed.filter((policy) => !more.includes(policy))
    for (const name of more) delete now.inline[name]
  }
  const then = new Map(functionsIn(before).map(({ arn, fn }) => [arn, fn]))
  for (const { arn, fn } of functionsIn(kept)) {
    const was = then.get(arn)
    if (was?.configuration.TracingConfig.Mode === 'Active' && !takenByLambda(world, fn.configuration.Role))
      fn.configuration.TracingConfig.Mode = 'Active'
    if (fn.latestPublished?.TracingConfig.Mode === 'Active') fn.latestPublished = was?.latestPublished ?? null
  }
  expect(kept).toEqual(before)
}

/** What the report says is done is done, and only that. */
export function expectTruth(report: AnyReport, world: World, picture: Picture): void {
  const functions = new Map(functionsIn(picture).map((placed) => [placed.arn, placed]))
  for (const row of report.data.functions) {
    const placed = row.arn === null ? undefined : functions.get(row.arn)
    if (!placed) continue
    const mode = placed.fn.configuration.TracingConfig.Mode
    const where = `${report.schema} ${row.arn} ${row.result}`
    if (row.result === 'changed' && !row.error && row.to !== null) expect(mode, where).toBe(row.to)
    if (row.result === 'unchanged' && !row.error && row.from !== null) expect(mode, where).toBe(row.from)
    if ('verdict' in row && !row.error && row.result !== 'planned')
      expect([...truths(placed, world), 'unknown', 'unsupported'], `${where}: ${row.because}`).toContain(row.verdict)
  }
  const roles = rolesIn(picture)
  for (const { role, how, policy, change, result } of report.data.grants) {
    const now = roles.get(role)
    if (result !== 'done' || !now) continue
    const has = how === 'managed' ? now.managed.includes(policy) : policy in now.inline
    expect(has, `${change} of ${policy} for ${role}`).toBe(change === 'grant')
  }
  expectRightEnding(report)
}

/** Of one function the verdict is one word, whatever was not read. */
function truths({ fn }: PlacedFunction, world: World): string[] {
  if (fn.configuration.TracingConfig.Mode !== 'Active') return ['off']
  if (!writesTraces(world, fn.configuration.Role)) return ['blind']
  const modes = Object.values(fn.aliases).flatMap((alias) => servedModes(fn, alias))
  const all = fn.latestPublished ? [...modes, fn.latestPublished.TracingConfig.Mode] : modes
  return [all.every((mode) => mode === 'Active') ? 'traced' : 'stale']
}

function expectRightEnding({ outcome, data, coverage, notes, error }: AnyReport): void {
  const failed = data.functions.some((row) => row.error !== undefined)
  const broken = data.grants.some(({ result }) => result === 'failed' || result === 'left')
  // A run that is resumed knows of what could not be read when it was planned.
  const unread = notes.some((note) => note.startsWith('not read when the run was planned'))
  const gaps = unread || coverage.some((place) => place.status !== 'read')
  expect(outcome === 'ok', `${outcome}, ${error?.message}`).toBe(!failed && !broken && !gaps)
  expect(outcome).not.toBe('fault')
  if (error) expect(EXIT_STATUSES[outcome].status).toBe(error.exit)
}

/** A command that ends with 0 has done all that was asked. */
export function expectAllDone(act: Act, report: Report<Changed>, world: World, picture: Picture): void {
  const rows = new Map(report.data.functions.map((row) => [row.arn, row]))
  expect([...rows.keys()].sort()).toEqual([...chosenIn(act, picture)].sort())
  if (report.outcome !== 'ok') return
  for (const placed of functionsIn(picture)) {
    const row = rows.get(placed.arn)
    if (!row) continue
    if (row.verdict === 'unsupported' && act.to === 'Active' && 'prefix' in act.choice) continue
    expect(placed.fn.configuration.TracingConfig.Mode, placed.arn).toBe(act.to)
    if (act.to === 'Active') {
      expect(writesTraces(world, placed.fn.configuration.Role), placed.arn).toBe(true)
      expectServed(act, placed)
    }
  }
}

function expectServed({ publish }: Act, { arn, fn }: PlacedFunction): void {
  if (!publish) return
  for (const alias of Object.values(fn.aliases)) {
    if (publish.alias !== undefined && publish.alias !== alias.name) continue
    expect(new Set(servedModes(fn, alias)), `${arn} ${alias.name}`).toEqual(new Set(['Active']))
  }
  if (publish.alias === undefined && fn.latestPublished)
    expect(fn.latestPublished.TracingConfig.Mode, arn).toBe('Active')
}

export function refuseLeak(what: string, text: string): void {
  expect(leakIn(text), what).toBeUndefined()
}
