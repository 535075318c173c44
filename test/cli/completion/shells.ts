/** Runs a shell away from the user's own settings, in a home with AWS profiles, runs and files to complete. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export const isInstalled = (shell: string) => spawnSync(shell, ['--version']).error === undefined

const CONFIG = `[default]
region = eu-west-1
# [profile commented]
[profile prod-admin]
sso_session = corp
  [ profile   "my team" ] ; of us all
[sso-session corp]
[services local]
[profile $(touch stolen)]
`
const CREDENTIALS = '[default]\naws_access_key_id = AKIA\n[old-key]\n'

export interface ShellHome {
  folder: string
  /** Runs a script there, and answers with what it printed. */
  run(shell: string, words: readonly string[], env?: Record<string, string>): string
  remove(): void
}

/** @param files name → text, in the home's folder itself */
export function shellHome(files: Readonly<Record<string, string>>): ShellHome {
  const folder = mkdtempSync(join(tmpdir(), 'xtrace-shell-'))
  const runs = join(folder, '.local/state/xtrace/runs')
  for (const run of ['20261122T190551Z-51cc2b75', '20261123T080000Z-0a0a0azz'])
    for (const end of ['', '.lock']) mkdirSync(join(runs, run + end), { recursive: true })
  mkdirSync(join(folder, '.aws'))
  const all = {
    '.aws/config': CONFIG,
    '.aws/credentials': CREDENTIALS,
    'plan one.json': '',
    'plan-two.json': '',
    ...files,
  }
  for (const [name, text] of Object.entries(all)) writeFileSync(join(folder, name), text)
  return {
    folder,
    run: (shell, words, env) =>
      execFileSync(shell, words, {
        cwd: folder,
        env: { PATH: process.env.PATH, HOME: folder, LC_ALL: 'C', ...env },
        encoding: 'utf8',
        timeout: 10_000,
      }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
