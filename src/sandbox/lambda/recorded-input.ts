/** A Lambda request as it is recorded: everything but secrets and code. */
import type { LambdaInput } from './input.js'

export const HIDDEN = '(hidden)'

export function recordedInput(input: LambdaInput): Record<string, unknown> {
  const recorded: Record<string, unknown> = { ...Object.fromEntries(input.query), ...input.params, ...input.body }
  if ('Environment' in recorded) recorded.Environment = hideVariables(recorded.Environment)
  if ('ZipFile' in recorded) recorded.ZipFile = HIDDEN
  const code = recorded.Code
  if (typeof code === 'object' && code !== null && 'ZipFile' in code) recorded.Code = { ...code, ZipFile: HIDDEN }
  return recorded
}

function hideVariables(environment: unknown): unknown {
  if (typeof environment !== 'object' || environment === null || !('Variables' in environment)) return environment
  const names = Object.keys(environment.Variables ?? {})
  return { Variables: Object.fromEntries(names.map((name) => [name, HIDDEN])) }
}
