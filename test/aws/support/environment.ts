/** An environment of its own for each test: static keys, no config files, no instance metadata. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, vi } from 'vitest'

export const KEYS = {
  AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT',
  AWS_SECRET_ACCESS_KEY: 'the-secret-access-key',
  AWS_SESSION_TOKEN: 'the-session-token',
}

/** @returns a folder for the test that runs, removed after it */
export function ownEnvironment(): () => string {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'xtrace-aws-'))
    for (const name of Object.keys(process.env)) {
      if (name.startsWith('AWS_') && !name.startsWith('AWS_SDK_JS_')) vi.stubEnv(name, undefined)
    }
    setEnvironment({
      ...KEYS,
      AWS_CONFIG_FILE: join(folder, 'config'),
      AWS_SHARED_CREDENTIALS_FILE: join(folder, 'credentials'),
      AWS_EC2_METADATA_DISABLED: 'true',
    })
  })
  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  return () => folder
}

export function setEnvironment(values: Record<string, string | undefined>): void {
  for (const [name, value] of Object.entries(values)) vi.stubEnv(name, value)
}

export function withoutKeys(): void {
  setEnvironment(Object.fromEntries(Object.keys(KEYS).map((name) => [name, undefined])))
}
