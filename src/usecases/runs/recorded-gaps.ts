/** Keeps with a run what was asked for and could not be read: to finish the run is then not to finish all of it. */
import type { RunHeader } from '../../core/run.js'
import type { Choosing } from '../read/choose.js'

export function recordedGaps({ unread, coverage }: Pick<Choosing, 'unread' | 'coverage'>): RunHeader['options'] {
  const gaps = [
    ...unread.map(({ ref, region }) => `${ref.text} (${region})`),
    ...coverage.flatMap(({ account, region, status }) => (status === 'read' ? [] : [`${region} of ${account}`])),
  ]
  return gaps.length === 0 ? {} : { unread: gaps }
}

/** @returns names and places, as people read them */
export function gapsOf({ options }: RunHeader): readonly string[] {
  return Array.isArray(options.unread) ? options.unread : []
}
