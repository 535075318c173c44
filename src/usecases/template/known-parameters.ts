/** Refuses values of parameters that are in none of the templates: one that is misspelt would be passed over. */
import { compare } from '../../core/compare.js'
import { XtraceError } from '../../errors.js'
import { readSource, type TemplateSource } from './template-source.js'

const PSEUDO = 'AWS::'

/**
 * What cannot be read, or is put in at deployment only, may declare any: then nothing is refused.
 * @throws XtraceError USAGE
 */
export async function refuseUnknownParameters(
  sources: readonly TemplateSource[],
  parameters: ReadonlyMap<string, string>,
): Promise<void> {
  const unknown = new Set([...parameters.keys()].filter((name) => !name.startsWith(PSEUDO)))
  if (unknown.size === 0) return
  const declared = new Set<string>()
  for (const source of sources) {
    const reading = await readSource(source)
    if (!reading) continue
    if ('error' in reading || reading.template.unseen.length > 0) return
    for (const name of reading.template.parameters.keys()) declared.add(name)
  }
  const [first] = [...unknown].filter((name) => !declared.has(name))
  if (first === undefined) return
  const names = [...declared].sort(compare)
  throw new XtraceError('USAGE', `--parameter ${first}: no template declares a parameter of this name.`, {
    suggestions: [names.length > 0 ? `Parameters that there are: ${names.join(', ')}` : 'They declare no parameter.'],
  })
}
