/** The package as a stranger has it: packed by npm, and installed without a network into an empty folder. */
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { ROOT } from '../support/xtrace.js'

export interface Installed {
  /** Where a program would use it. */
  folder: string
  /** The installed package itself. */
  root: string
  tarball: Buffer
  /** Path in the package → bytes. */
  files: ReadonlyMap<string, number>
  remove(): void
}

const run = promisify(execFile)

/** npm asks no registry, and reads no settings of the machine. */
const QUIET = ['--ignore-scripts', '--offline', '--no-audit', '--no-fund', '--loglevel=error', '--userconfig=/dev/null']

export async function installPackage(): Promise<Installed> {
  const folder = mkdtempSync(join(tmpdir(), 'xtrace-package-'))
  const env = { ...process.env, npm_config_cache: join(folder, 'npm-cache') }
  const { stdout } = await run('npm', ['pack', '--json', `--pack-destination=${folder}`, ...QUIET], { cwd: ROOT, env })
  const [packed] = JSON.parse(stdout) as [{ files: { path: string; size: number }[] }]
  const tarball = join(folder, readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '')
  writeFileSync(join(folder, 'package.json'), '{ "private": true }')
  await run('npm', ['install', tarball, ...QUIET], { cwd: folder, env })
  return {
    folder,
    root: join(folder, 'node_modules/xtrace-cli'),
    tarball: readFileSync(tarball),
    files: new Map(packed.files.map(({ path, size }) => [path, size])),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
