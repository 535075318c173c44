/** A schema is read by people too: everything in it is explained, and nothing is left over. */
import { describe, expect, test } from 'vitest'
import { definitionsOf, type Part, partsOf } from './parts.js'
import { SCHEMAS } from './validate.js'

const SENTENCE = /^\S.{3,}\.$/s

describe.each(Object.entries(SCHEMAS))('the schema of the %s', (name, schema) => {
  const definitions = definitionsOf(schema)
  const parts = partsOf(schema)
  const referred = new Set(parts.flatMap(([, { $ref }]) => (typeof $ref === 'string' ? [$ref] : [])))

  function explanationOf({ description, $ref }: Part): unknown {
    return description ?? definitions[String($ref).replace(/^.*\//, '')]?.description
  }

  test('explains every property and every definition', () => {
    expect(schema.description).toMatch(SENTENCE)
    for (const [definition, part] of Object.entries(definitions)) expect(part.description, definition).toMatch(SENTENCE)
    // What stands in a condition narrows a property that is explained already.
    const told = parts.filter(([where, part]) => part.properties && !/\/(?:if|then|else)$/.test(where))
    for (const [where, { properties }] of told)
      for (const [key, property] of Object.entries(properties as Record<string, Part | false>))
        if (property !== false) expect(explanationOf(property), `${where} ${key}`).toMatch(SENTENCE)
  })

  test('refers to every definition, and to no other', () => {
    const prefix = schema.$defs ? '#/$defs/' : '#/definitions/'
    const entries = name === 'report' ? [`${prefix}line`] : []
    const defined = Object.keys(definitions).map((definition) => `${prefix}${definition}`)
    expect([...referred, ...entries].sort()).toEqual(defined.sort())
  })
})
