/** Reads what templates say of the functions that they make, to hold deployed ones against it. */
import type { DeclaredFunction } from '../../core/drift/templates-on-hand.js'
import { grouped } from '../../core/grouped.js'
import { checkTemplate } from '../../core/template/check-template.js'
import { readSource, type TemplateSource } from './template-source.js'

export interface StackSources {
  /** Whose templates they are; absent: of any stack that has functions with these logical ids. */
  stack?: string
  sources: readonly TemplateSource[]
}

/** @returns by logical id @throws XtraceError for the first template that cannot be read: without it nothing is compared */
export async function declaredFunctions(stacks: readonly StackSources[]): Promise<Map<string, DeclaredFunction[]>> {
  const declared: DeclaredFunction[] = []
  for (const { stack, sources } of stacks) {
    for (const source of sources) {
      const reading = await readSource(source)
      if (!reading) continue
      if ('error' in reading) throw reading.error
      const { file, template } = reading
      for (const one of checkTemplate(template, new Map())) declared.push({ ...one, file, ...(stack && { stack }) })
    }
  }
  return grouped(declared, ({ logicalId }) => logicalId)
}
