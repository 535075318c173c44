/** Floors made by a script of the bare SDK: how long its calls take, and what it holds in memory. */
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../../src/sandbox/server.js'
import { measured } from './against-sandbox.js'

/** @returns what the script prints, and its memory in MB */
export async function bareSdk<T>(
  sandbox: Sandbox,
  script: 'count-invocations' | 'list-functions' | 'read-traces',
  words: readonly string[],
): Promise<T & { memory: number }> {
  const file = fileURLToPath(new URL(`../floors/${script}.mjs`, import.meta.url))
  const { status, stdout, stderr, memory } = await measured(sandbox, [...words], file)
  if (status !== 0) throw new Error(`${script} ended with ${status}: ${stderr}`)
  return { ...JSON.parse(stdout), memory }
}

/** Takes the quota off the sandbox: how long the list takes is not the question. */
export async function listMemory(sandbox: Sandbox, regions: readonly string[]) {
  sandbox.settings.lambdaRate = 10_000
  sandbox.settings.latencyMs = 0
  const { memory } = await bareSdk(sandbox, 'list-functions', regions)
  return { floor: memory, against: 'the bare SDK, listing the same functions' }
}
