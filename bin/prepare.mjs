// Installs the locked dependencies if they are not there yet; every npm script begins with this.
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = new URL('../', import.meta.url)
const lock = new URL('package-lock.json', root)
const installed = new URL('node_modules/.package-lock.json', root)

/** name@version of every package for this machine that a lock file lists. */
const packagesOf = (file) => {
  const { packages } = JSON.parse(readFileSync(file, 'utf8'))
  return new Map(Object.entries(packages).map(([path, { version, optional }]) => [path, { version, optional }]))
}

const upToDate = () => {
  if (!existsSync(installed)) return false
  const here = packagesOf(installed)
  for (const [path, { version, optional }] of packagesOf(lock)) {
    if (path === '' || (optional && !here.has(path))) continue
    if (here.get(path)?.version !== version) return false
  }
  return true
}

if (!upToDate()) {
  console.error('Installing the locked dependencies (npm ci) …')
  const npm = process.env.npm_execpath
  const command = npm
    ? [process.execPath, [npm, 'ci', '--no-audit', '--no-fund']]
    : ['npm', ['ci', '--no-audit', '--no-fund']]
  const { status } = spawnSync(command[0], command[1], { cwd: fileURLToPath(root), stdio: ['ignore', 2, 2] })
  if (status !== 0) {
    console.error('npm ci failed: see above. The npm registry must be reachable for the first run.')
    process.exit(status ?? 1)
  }
}
