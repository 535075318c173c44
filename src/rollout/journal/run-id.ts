/** The names of runs: made to sort by time, found again by `last` or by their beginning. */
import { XtraceError } from '../../errors.js'

const RUN_ID = /^\d{8}T\d{6}Z-[0-9a-f]{6}[0-9a-z]{2}$/
/** What the two characters at the end can tell apart. */
const ENDINGS = 36 ** 2
/** How many ids a message shows. */
const SHOWN = 5

export function isRunId(text: string): boolean {
  return RUN_ID.test(text)
}

/** Ids for a run that begins now, beginning with a random one: the first that is free is taken. */
export function* runIds(now: number, plan: string, random: () => number): Generator<string> {
  const time = new Date(now).toISOString().replace(/[-:]|\.\d+/g, '')
  const first = Math.floor(random() * ENDINGS)
  for (let more = 0; more < ENDINGS; more++)
    yield `${time}-${plan.slice(0, 6)}${((first + more) % ENDINGS).toString(36).padStart(2, '0')}`
}

/** When the run began, to the second; ISO 8601. */
export function timeOf(id: string): string {
  return id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*/, '$1-$2-$3T$4:$5:$6.000Z')
}

/**
 * The name is only ever compared, so it cannot lead out of the folder.
 * @param ids of the runs that exist, newest first
 * @throws XtraceError RUN_NOT_FOUND, with what there is
 */
export function findRun(name: string, ids: readonly string[]): string {
  const [newest] = ids
  if (newest === undefined) throw new XtraceError('RUN_NOT_FOUND', 'There is no run on this machine yet.')
  if (name === 'last') return newest
  const found = name === '' ? [] : ids.filter((id) => id.startsWith(name))
  const [one] = found
  if (one !== undefined && found.length === 1) return one
  const shown = JSON.stringify(name.length > 40 ? `${name.slice(0, 40)}…` : name)
  if (found.length > 1) throw new XtraceError('RUN_NOT_FOUND', `${shown} is the beginning of ${some(found)}: say more.`)
  throw new XtraceError('RUN_NOT_FOUND', `There is no run ${shown}. There is ${some(ids)}.`)
}

function some(ids: readonly string[]): string {
  const more = ids.length - SHOWN
  return ids.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
