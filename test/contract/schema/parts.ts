/** Finds its way in a schema. */
import { SCHEMAS } from './validate.js'

export type Part = { [keyword: string]: unknown }

export function definitionsOf(schema: Part): Record<string, Part> {
  return (schema.$defs ?? schema.definitions) as Record<string, Part>
}

/** @param path `verdict`, `owner.by`: a definition, or a property within one */
export function partAt(path: string, schema: Part = SCHEMAS.report): Part {
  const [definition = '', ...keys] = path.split('.')
  const part = keys.reduce<Part | undefined>(
    (outer, key) => (outer?.properties as Record<string, Part> | undefined)?.[key],
    definitionsOf(schema)[definition],
  )
  if (!part) throw new Error(`${schema.$id} has no ${path}`)
  return part
}

/** Every schema within a schema, with the keys that lead to it. */
export function partsOf(schema: unknown, where = '#'): Array<[where: string, part: Part]> {
  if (typeof schema !== 'object' || schema === null) return []
  const inner = Object.entries(schema).flatMap(([key, its]) => partsOf(its, `${where}/${key}`))
  return Array.isArray(schema) ? inner : [[where, schema as Part], ...inner]
}
