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

async function bundle() {
  const build = await rolldown({
    input,
    platform: 'node',
    external: ['typescript', 'ts-node', 'tsx', 'source-map-support'],
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node'] },
    logLevel: 'silent',
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
