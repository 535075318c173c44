/** Rollouts in tests: many functions at once, what of them was written, and what they leave on the disk. */
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Call } from '../../src/sandbox/server.js'
import type { Aws, AwsOptions } from './it.js'
import { type ReportJson, type RunJson, row } from './report-json.js'
import type { SmallFunction } from './world.js'
import { leakIn, run } from './xtrace.js'

/** Of tests that run several commands, one after the other. */
export const SEVERAL = { timeout: 60_000 } as const

/** Neither the quota nor Lambda's slowness is what the test is about. */
export const FAST: AwsOptions['settings'] = { lambdaRate: 1_000, getFunctionRate: 1_000, settleMs: 0, iamDelayMs: 0 }

/** For commands against a sandbox that is FAST. */
export const HURRY = ['--rate', '100'] as const

/** `fn-00`, `fn-01` and so on; `more` says what is special about one of them. */
export function fleet(count: number, more: (index: number) => Partial<SmallFunction> = () => ({})): SmallFunction[] {
  return Array.from({ length: count }, (_, index) => ({
    name: `fn-${String(index).padStart(2, '0')}`,
    ...more(index),
  }))
}

/** Writing calls whose work was done, heard of by the caller or not. */
export function accepted(calls: readonly Call[], operation?: string): Call[] {
  const done = ({ status, errorCode }: Call) => (status >= 200 && status < 300) || errorCode === 'reset-after'
  return calls.filter((call) => call.write && done(call) && (operation ?? call.operation) === call.operation)
}

/** Acts when the sandbox has done the work of its nth call, and has not answered it yet. */
export function atCall({ sandbox: { calls } }: Aws, nth: number, act: () => void): void {
  calls.push = (...more) => {
    const length = Array.prototype.push.apply(calls, more)
    if (length === nth) act()
    return length
  }
}

/** Acts when that many writes of an operation have been done, the last of them not answered yet. */
export function atAccepted({ sandbox: { calls } }: Aws, operation: string, count: number, act: () => void): void {
  let before = 0
  calls.push = (...more) => {
    const length = Array.prototype.push.apply(calls, more)
    const done = accepted(calls, operation).length
    if (before < count && done >= count) act()
    before = done
    return length
  }
}

/** What `xtrace runs` says, newest first. */
export async function runsIn(state: string): Promise<RunJson[]> {
  const { json } = await run(['runs', '--json'], { state })
  return json<ReportJson>().data.runs ?? []
}

export const results = (report: ReportJson): string[] =>
  report.data.functions.map(({ name, result }) => `${name} ${result}`).sort()

export const resultOf = (report: ReportJson, name: string): string | undefined => row(report, name).result

/** Every file under a folder, by path. */
export function filesUnder(folder: string): Map<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
  return new Map(paths.filter((path) => statSync(path).isFile()).map((path) => [path, readFileSync(path, 'utf8')]))
}

/** @throws Error where a file may be read by others, or holds what must not be kept */
export function refuseOpenOrLeakyFiles(...folders: string[]): void {
  for (const [path, text] of folders.flatMap((folder) => [...filesUnder(folder)])) {
    const mode = statSync(path).mode & 0o777
    if (mode !== 0o600) throw new Error(`${path} has mode ${mode.toString(8)}`)
    const leak = leakIn(text) ?? (/AKIA\w{8}/.test(text) ? 'an access key' : undefined)
    if (leak !== undefined) throw new Error(`${path} holds ${leak}`)
  }
}
