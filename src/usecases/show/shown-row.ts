/** A function as `show` tells of it: the public row, with more of the evidence. */
import type { FunctionRow } from '../../core/function-row.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import type { ReportedError } from '../../core/report.js'
import type { UnreadRow } from '../failed-row.js'

export interface ShownRow extends FunctionRow {
  state: string | null
  updateStatus: string | null
  runtime: string | null
  packageType: LambdaFunction['packageType']
  /** MB */
  memory: number
  /** MB; a guideline of the 2021 guide: 3 % of the memory or 16 MB, whichever is greater. */
  daemonMemory: number
  /** What Lambda samples while tracing is Active; null otherwise. It cannot be configured. */
  sampling: string | null
  otherTracers: string[]
  /** The qualifier that was asked for, and the version it stands for. */
  asked: { qualifier: string; version: string; mode: LambdaFunction['mode'] } | null
}

export interface Shown {
  functions: Array<ShownRow | (UnreadRow & { error: ReportedError })>
}

/** Lambda's fixed sampling rule. */
const SAMPLING = 'the first request each second and 5 % of the rest; a decision in the trace header is respected'

export function evidenceOf(fn: LambdaFunction): Omit<ShownRow, keyof FunctionRow | 'asked'> {
  return {
    state: fn.state ?? null,
    updateStatus: fn.updateStatus ?? null,
    runtime: fn.runtime ?? null,
    packageType: fn.packageType,
    memory: fn.memory,
    daemonMemory: daemonMemory(fn),
    sampling: fn.mode === 'Active' ? SAMPLING : null,
    otherTracers: fn.otherTracers,
  }
}

/** MB; from the 2021 guide, the current one does not say it any more. */
function daemonMemory({ memory }: LambdaFunction): number {
  return Math.max(16, Math.round(memory * 0.03))
}

/** MB: below it 16 MB for the daemon are more than a sixteenth. */
const ROOMY = 256

/** The daemon is ended first when memory runs out: traces are then lost, and nothing else. */
export function memoryNotes(fn: LambdaFunction): string[] {
  if (fn.memory >= ROOMY) return []
  const share = Math.round((daemonMemory(fn) / fn.memory) * 100)
  return [
    `has ${fn.memory} MB of memory: the X-Ray daemon may take ${daemonMemory(fn)} MB of it (${share} %) and is ended first when it runs out; ${ROOMY} MB or more leave room`,
  ]
}
