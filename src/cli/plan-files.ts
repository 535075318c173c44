/** Plans as files: written whole or not at all, readable by their owner only. */
import { randomBytes } from 'node:crypto'
import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import type { Plan } from '../core/plan.js'
import { planText, readPlanText } from '../core/plan-file.js'
import { XtraceError } from '../errors.js'

export async function savePlanTo(file: string, plan: Plan): Promise<void> {
  const temporary = `${file}.${randomBytes(4).toString('hex')}.tmp`
  try {
    await writeFile(temporary, planText(plan), { mode: 0o600, flag: 'wx' })
    await rename(temporary, file)
  } catch (error) {
    await rm(temporary, { force: true })
    throw unusable(file, 'be written', error)
  }
}

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_PLAN */
export async function loadPlan(file: string): Promise<Plan> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw unusable(file, 'be read', error)
  })
  return readPlanText(text, file)
}

function unusable(file: string, what: string, error: unknown): XtraceError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  const why = { ENOENT: 'no such file or folder', EACCES: 'permission denied', EISDIR: 'it is a folder' }[code] ?? code
  return new XtraceError('UNREADABLE_FILE', `${file} cannot ${what}: ${why}.`, { cause: error })
}
