/** Holds deployed functions against the templates that they came from. */
import { FINDING_KINDS } from '../finding-kinds.js'
import type { FunctionRow, Owner } from '../function-row.js'
import type { TracingMode } from '../lambda-function.js'
import type { Finding } from '../report.js'
import { shellWord } from '../shell-word.js'
import type { CheckedFunction, TemplateVerdict } from '../template/check-template.js'
import { enableCommand } from './repair.js'

/** A function as a template on hand has it. */
export interface DeclaredFunction
  extends Pick<CheckedFunction, 'logicalId' | 'line' | 'column' | 'verdict' | 'because'> {
  file: string
  /** Only of this stack; absent: of any that has a function of this logical id. */
  stack?: string
}

/** What a template makes of the mode; of the others it does not say. */
const DECLARED_MODE: Partial<Record<TemplateVerdict, TracingMode>> = {
  traced: 'Active',
  blind: 'Active',
  off: 'PassThrough',
}

/** What is declared, by logical id. */
export type Declared = ReadonlyMap<string, readonly DeclaredFunction[]>

/** Whether a template says a mode that the function can be held against. */
export function isOnHand({ owner }: Pick<FunctionRow, 'owner'>, declared: Declared): boolean {
  return candidatesOf(owner, declared).some((one) => DECLARED_MODE[one.verdict] !== undefined)
}

function candidatesOf(owner: Owner | null, declared: Declared): DeclaredFunction[] {
  const named = declared.get(owner?.logicalId ?? '') ?? []
  return named.filter(({ stack = owner?.stack }) => stack === owner?.stack)
}

export function differsFromTemplate(row: FunctionRow, declared: Declared): Finding | undefined {
  const { owner } = row
  const candidates = candidatesOf(owner, declared)
  const says = (one: DeclaredFunction) => DECLARED_MODE[one.verdict]
  const [first] = candidates.filter((one) => says(one) !== undefined)
  // One of several templates with this logical id may be the one.
  if (!owner || !first || candidates.some((one) => says(one) === row.mode)) return undefined
  const { file, line, column, because } = first
  return {
    id: 'XT204',
    severity: FINDING_KINDS.XT204.severity,
    subject: row.arn,
    message: `deployed by stack ${owner.stack} and ${row.mode} now, but in ${file}:${line} ${because}`,
    evidence: [`mode ${row.mode}`, `${file}:${line}: ${because}`],
    repair: row.mode === 'Active' ? `xtrace template fix ${shellWord(file)}` : enableCommand(row.arn),
    place: { file, line, column },
  }
}
