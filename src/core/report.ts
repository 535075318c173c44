/** The one result of every command: JSON prints `data`, people read `table`, both exit alike. */
import type { ErrorCode, ExitName } from '../errors.js'

/** One account × region that was to be read, and whether it was. */
export interface Coverage {
  account: string
  region: string
  status: 'read' | 'denied-iam' | 'denied-scp' | 'not-enabled' | 'throttled' | 'failed'
  /** Absent when read. */
  reason?: string
}

/** One thing that is not as it should be, with the command that repairs it. */
export interface Finding {
  id: string
  severity: 'high' | 'medium' | 'low'
  /** ARN of the function. */
  subject: string
  message: string
  repair: string
}

export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'strong' | 'plain'
export type Cell = string | { text: string; tone: Tone }

/** Rows under a heading; without `columns` the rows are label–value pairs. */
export interface Section {
  title?: string
  columns?: string[]
  rows: Cell[][]
}

/** A failure in the public words of the JSON contract. */
export interface ReportedError {
  code: ErrorCode
  message: string
  suggestions: readonly string[]
  /** The exit status that this error has by itself. */
  exit: number
}

export interface Report<Data = unknown> {
  /** `xtrace/COMMAND@1` */
  schema: string
  /** Decides the exit status, by the table in errors.ts. */
  outcome: ExitName
  data: Data
  table: Section[]
  findings: Finding[]
  coverage: Coverage[]
  /** What a reader should know besides; one sentence each. */
  notes: string[]
  /** Printed instead of the table where the result is a document of its own. */
  text?: string
  /** Present when nothing that was asked could be done. */
  error?: ReportedError
}

/** A report with nothing but its data; the use case fills in what it has. */
export function report<Data>(command: string, data: Data, more: Partial<Report<Data>> = {}): Report<Data> {
  return {
    schema: `xtrace/${command}@1`,
    outcome: 'ok',
    data,
    table: [],
    findings: [],
    coverage: [],
    notes: [],
    ...more,
  }
}
