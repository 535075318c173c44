// Builds dist/: every command bundled on its own, the licences of what was bundled, oclif.manifest.json, and the README's generated parts.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { updateReadme } from './readme.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = join(root, 'dist')

const commandFiles = readdirSync(join(root, 'src/commands'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
)

const input = {
  main: join(root, 'src/cli/main.ts'),
  help: join(root, 'src/cli/help.ts'),
  errors: join(root, 'src/errors.ts'),
  ...Object.fromEntries(
    commandFiles.map((file) => [`commands/${file.replace(/\.ts$/, '')}`, join(root, 'src/commands', file)]),
  ),
}

/** What oclif loads at every start, and uses only where there is no manifest, or to find plugins, rc files and WSL. */
const UNUSED_BY_OCLIF = new Set(['lilconfig', 'minimatch', 'tinyglobby', 'wsl-utils'])
const EMPTY = '\0empty'

/** Sorts ids, which are ASCII; at its first use it loads ICU, which takes 6 ms. */
const SLOW_ORDER = 'a.id.localeCompare(b.id)'

/** oclif without what costs time at every start and is of no use here: a fifth of a short run. */
const leanOclif = {
  name: 'lean-oclif',
  resolveId: (id, importer) => (UNUSED_BY_OCLIF.has(id) && importer?.includes('/@oclif/core/') ? EMPTY : null),
  load: (id) => (id === EMPTY ? 'module.exports = {}' : null),
  transform(code, id) {
    if (!id.endsWith('/@oclif/core/lib/config/plugin.js')) return null
    if (!code.includes(SLOW_ORDER)) throw new Error(`${id} no longer has ${SLOW_ORDER}: see whether it sorts fast now`)
    return code.replace(SLOW_ORDER, 'a.id < b.id ? -1 : 1')
  },
}

async function bundle() {
  const build = await rolldown({
    input,
    platform: 'node',
    external: ['typescript', 'ts-node', 'tsx', 'source-map-support'],
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node'] },
    logLevel: 'silent',
    plugins: [leanOclif],
  })
  const { output } = await build.write({
    dir: dist,
    format: 'cjs',
    minify: true,
    sourcemap: true,
    dynamicImportInCjs: false,
    exports: 'named',
    entryFileNames: '[name].js',
    chunkFileNames: 'chunks/[name]-[hash].js',
  })
  writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n')
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
}

/** The licence text of every package that a module came from. */
function writeLicences(moduleIds) {
  const folders = new Set(moduleIds.flatMap((id) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []))
  const texts = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '(no licence file in the package)'
    return `${name}@${version} (${license})\n\n${text}\n`
  })
  writeFileSync(join(dist, 'THIRD-PARTY-LICENCES.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`))
}

/** What oclif's own tool does with `oclif manifest`, without that tool's dependencies. */
async function writeManifest() {
  const { Plugin } = await import('@oclif/core/config').then((config) => (config.Plugin ? config : config.default))
  const plugin = new Plugin({
    root,
    type: 'core',
    ignoreManifest: true,
    errorOnManifestCreate: true,
    respectNoCacheDefault: true,
  })
  await plugin.load()
  writeFileSync(join(root, 'oclif.manifest.json'), `${JSON.stringify(plugin.manifest, null, 2)}\n`)
  return plugin.manifest.commands
}

rmSync(dist, { recursive: true, force: true })
writeLicences(await bundle())
const commands = await writeManifest()
const { EXIT_STATUSES } = await import('../dist/errors.js')
updateReadme(join(root, 'README.md'), EXIT_STATUSES, commands)
