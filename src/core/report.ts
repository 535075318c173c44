/** The one result of every command: JSON prints `data`, people read `table`, both exit alike. */
import type { ErrorCode, ExitName } from '../errors.js'
import type { FindingId, Severity } from './finding-kinds.js'

/** One account × region that was to be read, and whether it was. */
export interface Coverage {
  account: string
  region: string
  status: CoverageStatus
  /** Absent when read. */
  reason?: string
  /** The user said beforehand that this gap is all right: it does not make the report incomplete. */
  accepted?: boolean
}

export const COVERAGE_STATUSES = ['read', 'denied-iam', 'denied-scp', 'not-enabled', 'throttled', 'failed'] as const
export type CoverageStatus = (typeof COVERAGE_STATUSES)[number]

/** One thing that is not as it should be, with the command that repairs it. */
export interface Finding {
  /** Of the kinds in finding-kinds.ts; stable from release to release. */
  id: FindingId
  severity: Severity
  /** ARN of the function; in a template `FILE#LogicalId`. */
  subject: string
  /** What is wrong, in one line. */
  message: string
  /** What was read that shows it: `mode PassThrough`, `alias live → version 3 (PassThrough)`; a line each. */
  evidence: string[]
  /** A command line to paste, or a sentence where no command helps. */
  repair: string
  /** What to add to the template, where a stack owns the function: what is not written there comes back. */
  template?: string
  /** Where in a file the thing stands, if in one; 1-based. */
  place?: { file: string; line: number; column: number }
}

export type Tone = 'good' | 'bad' | 'warn' | 'dim' | 'strong' | 'plain'
export type Cell = string | { text: string; tone: Tone }

/** `wide` columns are for files and pages: a terminal leaves them out. */
export type Column = string | { text: string; wide: true }

/** Rows under a heading; without `columns` the rows are label–value pairs. */
export interface Section {
  title?: string
  columns?: Column[]
  rows: Cell[][]
  /** The list that the report is about: CSV holds this section and no other. At most one in a report. */
  main?: true
  /**
   * True: only a terminal shows it; pages and documents tell the same from `coverage`, `findings` or the whole list.
   * False: every form but a terminal shows it.
   */
  terminal?: boolean
  /** Index of a column: a terminal prints its rows in groups under the value and leaves the column out. */
  groupBy?: number
  /** The first `labels` columns name the row, every other one is a count of what its heading says: drawn as bars on a page. */
  counts?: { labels: number }
  /** A stretch of time for each row: drawn as bars beside the rows; the rows themselves say the same in figures. */
  timeline?: Timeline
}

export interface Timeline {
  /** What the whole width stands for. */
  totalMs: number
  /** One for each row, in the rows' order; a point in time has no length. */
  bars: { startMs: number; lengthMs: number; tone: Tone }[]
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
  /** The truth, and the exit status by the table in errors.ts unless `exit` says another. */
  outcome: ExitName
  /** How the process ends where the user wished it otherwise (`--fail-on`); not part of the JSON. */
  exit?: ExitName
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
