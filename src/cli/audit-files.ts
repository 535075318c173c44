/** The files that an audit compares with: rules and an earlier audit. */
import { existsSync } from 'node:fs'
import { type Baseline, readBaseline } from '../core/drift/baseline.js'
import { readRules } from '../core/rules/read-rules.js'
import { BUILT_IN_RULES, type Rules } from '../core/rules/rules.js'
import { readWhole } from './whole-file.js'

/** Read without being named, where there is one in the folder. */
const RULES_FILE = 'xtrace.yml'

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_RULES */
export async function loadRules(file: string | undefined): Promise<Rules> {
  if (file === undefined && !existsSync(RULES_FILE)) return BUILT_IN_RULES
  const path = file ?? RULES_FILE
  return readRules(await readWhole(path), path)
}

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_BASELINE */
export async function loadBaseline(file: string | undefined): Promise<Baseline | undefined> {
  return file === undefined ? undefined : readBaseline(await readWhole(file), file)
}
