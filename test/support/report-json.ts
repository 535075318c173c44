/** The public JSON of the commands, as a script that reads it would write it down. */
import { expect } from 'vitest'
import { type RunOptions, run } from './xtrace.js'

export interface ErrorJson {
  code: string
  message: string
  suggestions: string[]
  exit: number
}

export interface RowJson {
  arn: string | null
  name: string
  account: string | null
  region: string
  mode: string | null
  verdict: string
  because: string
  permission: { answer: string; because: string }
  role: string | null
  aliases: Array<{ name: string; version: string; weights: Record<string, number>; mode: string }>
  versions?: Array<{ version: string; mode: string }>
  owner: { stack: string; logicalId?: string; by: string } | null
  notes: string[]
  /** Of a change. */
  from?: string | null
  to?: string
  result?: string
  error?: ErrorJson
  /** Of `show`. */
  state?: string | null
  updateStatus?: string | null
  runtime?: string | null
  packageType?: string
  memory?: number
  daemonMemory?: number
  sampling?: string | null
  otherTracers?: string[]
  asked?: { qualifier: string; version: string; mode: string } | null
}

/** Of `runs`. */
export interface RunJson {
  id: string
  command: string
  startedAt: string
  state: string
  done: number
  failed: number
  left: number
  of?: string
}

export interface ReportJson {
  schema: string
  outcome: string
  data: {
    functions: RowJson[]
    dryRun?: boolean
    grants?: Array<{ role: string; how: string; policy: string; change: string; result: string }>
    /** Of a change. */
    plan?: string
    run?: string | null
    runs?: RunJson[]
    account?: string
    regions?: string[]
    counts?: Record<string, number>
  }
  findings: Array<{ id: string; severity: string; subject: string; message: string; repair: string }>
  coverage: Array<{ account: string; region: string; status: string; reason?: string }>
  notes: string[]
  error?: ErrorJson
}

/** The function of that name; the test fails where there is none. */
export function row(report: ReportJson, name: string): RowJson {
  const found = report.data.functions.find((one) => one.name === name)
  if (!found) throw new Error(`no row for ${name} in ${JSON.stringify(report)}`)
  return found
}

export interface Refusal extends ErrorJson {
  status: number | null
}

/** Runs a command that must be refused, for people and for scripts: both end alike and say the same. */
export async function inBothModes(words: string[], options: RunOptions): Promise<Refusal> {
  const [human, script] = await Promise.all([run(words, options), run([...words, '--json'], options)])
  const { schema, outcome, error } = script.json<ReportJson>()
  if (error === undefined) throw new Error(`no error in ${script.stdout}`)
  expect(outcome).toBe('error')
  expect(schema).toMatch(/^xtrace\/[a-z]+@1$/)
  expect(Object.keys(error)).toEqual(['code', 'message', 'suggestions', 'exit'])
  expect(script.stderr).toBe('')
  expect(error.message).not.toMatch(/[\t\n]| {2}$|See more help/)
  expect([human.status, script.status], human.stderr).toEqual([error.exit, error.exit])
  expect(human.stderr).toContain(`Error: ${error.message}`)
  for (const suggestion of error.suggestions) expect(withoutRunId(human.stderr)).toContain(withoutRunId(suggestion))
  expect(human.stdout).not.toMatch(/error/i)
  return { ...error, status: human.status }
}

/** Each process makes a run of its own. */
function withoutRunId(text: string): string {
  return text.replace(/\d{8}T\d{6}Z-\w+/g, 'RUN')
}
