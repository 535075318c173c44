/** Works out the edits that make a template trace its functions, or not, and says what has to be done by hand. */
import { Deployments } from './deployments.js'
import { type Edit, inOrder, spliced } from './edit.js'
import { type EditedPage, globalsSite, type ModeSite } from './fix/mode-site.js'
import { type Change, type Need, Needs } from './fix/need.js'
import { Obstacle } from './fix/obstacle.js'
import { pageOf } from './fix/page.js'
import { sharedNodes } from './fix/site.js'
import { oneLine } from './one-line.js'
import type { Template } from './read-template.js'
import { functionsIn, type TemplateFunction } from './template-function.js'

export interface FixOptions {
  to: 'Active' | 'PassThrough'
  /** Serverless functions one by one, where Globals could do it for all. */
  perFunction: boolean
  /** Values by name. */
  parameters: ReadonlyMap<string, string>
}

export interface Fix {
  text: string
  /** In the order of the file; nothing outside them changes. */
  edits: Edit[]
  /** Functions that are not as wanted, and were left alone. */
  left: Left[]
}

export interface Left {
  logicalId: string
  /** Of what is to blame; 1-based. */
  line: number
  reason: string
}

interface Wanted {
  fn: TemplateFunction
  need: Need
}

interface Outcome {
  mode?: Change
  roles: Change[]
}

interface Settled {
  fn: TemplateFunction
  outcome: Outcome | Obstacle
}

export function fixTemplate(template: Template, options: FixOptions): Fix {
  const { text, root, positionOf } = template
  const outcomes = settledOutcomes(template, { ...pageOf(text, root), shared: sharedNodes(root) }, options)
  const changes = new Set(
    outcomes.flatMap(({ outcome }) => (outcome instanceof Obstacle ? [] : [outcome.mode ?? [], outcome.roles].flat())),
  )
  const edits = inOrder([...changes]).map((change) => ({ ...change, ...positionOf(change.start) }))
  const left = outcomes.flatMap(({ fn, outcome }) => {
    const { logicalId } = fn.resource
    return outcome instanceof Obstacle
      ? [{ logicalId, line: positionOf(outcome.at).line, reason: oneLine(outcome.reason) }]
      : []
  })
  return { text: spliced(text, edits), edits, left }
}

/**
 * A role that is changed for one function may help another that has several, so that is decided again until no role is
 * added: else a second fix would find more to do.
 */
function settledOutcomes(template: Template, page: EditedPage, options: FixOptions): Settled[] {
  const needs = new Needs(new Deployments(template, options.parameters), page)
  const functions = functionsIn(template)
  const granted = new Set<Change>()
  for (;;) {
    const wanted = functions.map((fn) => ({ fn, need: needs.of(fn, options.to, granted) }))
    const inGlobals = globalsChange(wanted, page, options)
    const outcomes = wanted.map((one) => ({ fn: one.fn, outcome: outcomeOf(one, inGlobals, options) }))
    const before = granted.size
    for (const { outcome } of outcomes) if (!(outcome instanceof Obstacle)) outcome.roles.forEach(granted.add, granted)
    if (granted.size === before) return outcomes
  }
}

/**
 * One change for all functions that inherit their mode.
 * @returns undefined where each needs its own: because that is asked for, or because one that cannot be traced would be
 * turned on with the others
 */
function globalsChange(
  wanted: readonly Wanted[],
  page: EditedPage,
  options: FixOptions,
): Change | Obstacle | undefined {
  const inheriting = wanted.filter(({ need }) => isInherited(need))
  if (inheriting.length === 0) return undefined
  const site = globalsSite(page)
  if (site instanceof Obstacle) return site
  if (options.perFunction || inheriting.some(({ need }) => need.roles instanceof Obstacle)) return undefined
  return changeAt(site, options, 'every function that has no Tracing of its own')
}

function outcomeOf(
  { fn, need }: Wanted,
  inGlobals: Change | Obstacle | undefined,
  options: FixOptions,
): Outcome | Obstacle {
  const { mode, roles } = need
  if (mode instanceof Obstacle) return mode
  if (roles instanceof Obstacle) return roles
  if (mode === undefined) return { roles }
  const change = (mode.inherited ? inGlobals : undefined) ?? changeAt(mode, options, fn.resource.logicalId)
  return change instanceof Obstacle ? change : { mode: change, roles }
}

function isInherited({ mode }: Need): boolean {
  return mode !== undefined && !(mode instanceof Obstacle) && mode.inherited
}

function changeAt(site: ModeSite, { to }: FixOptions, whose: string): Change | Obstacle {
  const splice = site.change(to)
  if (splice instanceof Obstacle) return splice
  return { ...splice, why: `turns tracing ${to === 'Active' ? 'on' : 'off'} for ${whose}` }
}
