/** Where and when was measured: numbers of another machine, or of a busy one, are not to be compared. */
import { cpus, loadavg, release, totalmem } from 'node:os'

export interface Machine {
  cpu: string
  cores: number
  /** GB. */
  memory: number
  system: string
  node: string
  /** Its version; null where it is not installed. */
  awsCli: string | null
  /** ISO 8601. */
  began: string
  ended: string
  /** Runnable processes, a mean over the last minute. */
  load: { began: number; ended: number }
}

/** @returns what ends the notes */
export function beginNotes(awsCli: string | null): () => Machine {
  const [began, load] = moment()
  return () => {
    const [ended, loadAtEnd] = moment()
    const [first] = cpus()
    return {
      cpu: first?.model.trim() ?? 'unknown processor',
      cores: cpus().length,
      memory: totalmem() / 2 ** 30,
      system: `${process.platform}-${process.arch} ${release()}`,
      node: process.version,
      awsCli,
      began,
      ended,
      load: { began: load, ended: loadAtEnd },
    }
  }
}

function moment(): [time: string, load: number] {
  return [new Date().toISOString(), loadavg()[0] ?? Number.NaN]
}
