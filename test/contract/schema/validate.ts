/** Holds JSON against the published schemas. */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'

export type Schema = { [keyword: string]: unknown; $id: string }

function schemaFile(name: string): Schema {
  const file = new URL(`../../../src/schema/${name}.schema.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Schema
}

export const SCHEMAS = { report: schemaFile('report'), plan: schemaFile('plan'), rules: schemaFile('rules') }

/** A keyword that is misspelt or has no effect is an error; so is one that a type is missing for. */
const STRICT = { strict: true, strictRequired: false } as const
const newer = new Ajv2020(STRICT).addSchema([SCHEMAS.report, SCHEMAS.plan])
const older = new Ajv({ ...STRICT, allowUnionTypes: true }).addSchema(SCHEMAS.rules)

/** What is wrong with a report, a line each; with nothing wrong, nothing. */
export function faultsOfReport(report: unknown): string[] {
  const said = faultsOf(newer, SCHEMAS.report.$id, report)
  const definition = definitionFor(report)
  // The other commands' complaints would bury those that matter.
  return said.length === 0 || definition === undefined ? said : faultsOfPart(definition, report)
}

export const isReport = (report: unknown): boolean => validatorOf(newer, SCHEMAS.report.$id)(report)

/** By the word in `schema`, as the schema itself chooses. */
function definitionFor(report: unknown): string | undefined {
  const word = typeof report === 'object' && report !== null && 'schema' in report ? report.schema : undefined
  const definitions = SCHEMAS.report.$defs as Record<string, { properties?: { schema?: { const?: unknown } } }>
  const found = Object.entries(definitions).find(([, part]) => word && part.properties?.schema?.const === word)
  return found?.[0]
}

/** @param definition one of the `$defs` of the report's schema */
export function faultsOfPart(definition: string, value: unknown): string[] {
  return faultsOf(newer, `${SCHEMAS.report.$id}#/$defs/${definition}`, value)
}

export function isPart(definition: string, value: unknown): boolean {
  return validatorOf(newer, `${SCHEMAS.report.$id}#/$defs/${definition}`)(value)
}

export function faultsOfPlan(plan: unknown): string[] {
  return faultsOf(newer, SCHEMAS.plan.$id, plan)
}

/** @param rules the file as an editor sees it, its YAML parsed */
export function faultsOfRules(rules: unknown): string[] {
  return faultsOf(older, SCHEMAS.rules.$id, rules)
}

function faultsOf(ajv: Ajv | Ajv2020, id: string, value: unknown): string[] {
  const validate = validatorOf(ajv, id)
  if (validate(value)) return []
  return (validate.errors ?? []).map(
    ({ instancePath, message, params }) => `${instancePath} ${message} ${JSON.stringify(params)}`,
  )
}

function validatorOf(ajv: Ajv | Ajv2020, id: string): ValidateFunction {
  const validate = ajv.getSchema(id)
  if (!validate) throw new Error(`there is no schema ${id}`)
  return validate
}
