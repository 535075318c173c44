/** The files that an audit compares with: rules, an earlier audit, templates. */
import { existsSync } from 'node:fs'
import { type Baseline, readBaseline } from '../../core/drift/baseline.js'
import { readRules } from '../../core/rules/read-rules.js'
import { BUILT_IN_RULES, type Rules } from '../../core/rules/rules.js'
import type { TemplatesOnHand } from '../../usecases/audit/held-against.js'
import { declaredFunctions, type StackSources } from '../../usecases/template/declared-functions.js'
import { readWhole } from '../output/whole-file.js'
import { templateSources } from './template-files.js'

/** Read without being named, where there is one in the folder. */
const RULES_FILE = 'xtrace.yml'

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_RULES */
export async function loadRules(file: string | undefined): Promise<Rules> {
  if (file === undefined && !existsSync(RULES_FILE)) return BUILT_IN_RULES
  const path = file ?? RULES_FILE
  return { ...readRules(await readWhole(path), path), file: path }
}

/** Rules that nobody named change what is found: said, so that it surprises nobody. */
export function rulesNotes(rules: Rules): string[] {
  return rules.file === undefined ? [] : [`held against the rules of ${rules.file}`]
}

/** @throws XtraceError UNREADABLE_FILE or UNREADABLE_BASELINE */
export async function loadBaseline(file: string | undefined): Promise<Baseline | undefined> {
  return file === undefined ? undefined : readBaseline(await readWhole(file), file)
}

/** `STACK=FILE`; a stack's name has no dot and no slash. */
const STACK_AND_FILE = /^([A-Za-z][A-Za-z0-9-]*)=(.+)$/

/** @throws XtraceError USAGE, UNREADABLE_FILE or UNREADABLE_TEMPLATE */
export async function loadTemplates(words: readonly string[] | undefined): Promise<TemplatesOnHand | undefined> {
  if (words === undefined) return undefined
  const loading = words.map(async (word): Promise<StackSources> => {
    const [, stack, file] = existsSync(word) ? [] : (STACK_AND_FILE.exec(word) ?? [])
    return { sources: await templateSources([file ?? word], 'audit --template'), ...(stack && { stack }) }
  })
  const loaded = await Promise.all(loading)
  const stacks = loaded.flatMap(({ stack }) => stack ?? [])
  return { declared: await declaredFunctions(loaded), stacks, ofAnyStack: stacks.length < loaded.length }
}
