// Builds dist/: every command and the library bundled, the library's types, the licences of what was bundled, oclif.manifest.json, and the README's generated parts.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { rolldown } from 'rolldown'
import { declarationsOf } from './declarations.mjs'
import { withGeneratedParts } from './readme.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const dist = join(root, 'dist')

const commandFiles = readdirSync(join(root, 'src/commands'), { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.ts'),
)

const library = join(root, 'src/library/xtrace.ts')

const input = {
  main: join(root, 'src/cli/main.ts'),
  help: join(root, 'src/cli/help.ts'),
  errors: join(root, 'src/errors.ts'),
  library,
  ...Object.fromEntries(
    commandFiles.map((file) => [`commands/${file.replace(/\.ts$/, '')}`, join(root, 'src/commands', file)]),
  ),
}

/** What oclif loads at every start, and uses only where there is no manifest, or to find plugins, rc files and WSL. */
const UNUSED_BY_OCLIF = new Set(['lilconfig', 'minimatch', 'tinyglobby', 'wsl-utils'])
const EMPTY = '\0empty'

/** What oclif does slowly, and the same done fast, by file. */
const FASTER = {
  // Ids are ASCII; the first use of localeCompare loads ICU, which takes 6 ms.
  'config/plugin.js': ['a.id.localeCompare(b.id)', 'a.id < b.id ? -1 : 1'],
  // Of the many texts of a help page few are templates; compiling the others takes 4 ms.
  'help/util.js': [
    'return ejs_1.default.render(t, context)',
    "return t.includes('<%') ? ejs_1.default.render(t, context) : t",
  ],
}

/** oclif without what costs time at every start and is of no use here: a fifth of a short run. */
const leanOclif = {
  name: 'lean-oclif',
  resolveId: (id, importer) => (UNUSED_BY_OCLIF.has(id) && importer?.includes('/@oclif/core/') ? EMPTY : null),
  load: (id) => (id === EMPTY ? 'module.exports = {}' : null),
  transform(code, id) {
    const [, path] = id.split('/@oclif/core/lib/')
    const [slow, fast] = FASTER[path] ?? []
    if (slow === undefined) return null
    if (!code.includes(slow)) throw new Error(`${id} no longer has ${slow}: see whether it is fast now`)
    return code.replace(slow, fast)
  },
}

const VERSION_WARNING = '/emitWarningIfUnsupportedVersion.js'

/** The SDK without its warning about Node 20: package.json says which Node is needed, and the library prints nothing. */
const quietSdk = {
  name: 'quiet-sdk',
  load: (id) => {
    if (!id.endsWith(VERSION_WARNING)) return null
    return 'export const state = {}\nexport const emitWarningIfUnsupportedVersion = () => undefined\n'
  },
}

async function bundle() {
  const build = await rolldown({
    input,
    platform: 'node',
    external: ['typescript', 'ts-node', 'tsx', 'source-map-support'],
    resolve: { mainFields: ['module', 'main'], conditionNames: ['module', 'import', 'node'] },
    logLevel: 'silent',
    plugins: [leanOclif, quietSdk],
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
  if (!output.some((chunk) => chunk.type === 'chunk' && chunk.moduleIds.some((id) => id.endsWith(VERSION_WARNING))))
    throw new Error(`the SDK no longer has ${VERSION_WARNING}: see whether it warns in another way`)
  writeFileSync(join(dist, 'package.json'), '{"type":"commonjs"}\n')
  return output.flatMap((chunk) => (chunk.type === 'chunk' ? chunk.moduleIds : []))
}

/** The licence of every package that a module came from; packages with the same text stand together over it. */
function writeLicences(moduleIds) {
  const folders = new Set(moduleIds.flatMap((id) => /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(id)?.[1] ?? []))
  const packages = new Map()
  for (const folder of [...folders].sort()) {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
    const text = file ? readFileSync(join(folder, file), 'utf8').trim() : '(no licence file in the package)'
    packages.set(text, [...(packages.get(text) ?? []), `${name}@${version} (${license})`])
  }
  const texts = [...packages].map(([text, names]) => `${names.join('\n')}\n\n${text}\n`)
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
  keep('oclif.manifest.json', `${JSON.stringify(plugin.manifest, null, 2)}\n`)
  return plugin.manifest.commands
}

/** Writes a file that is committed; where CI builds, it must have been committed as it is. */
function keep(name, text) {
  const file = join(root, name)
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  if (process.env.CI) throw new Error(`${name} is not as it would be built: npm run build renews it, then commit it.`)
  writeFileSync(file, text)
}

rmSync(dist, { recursive: true, force: true })
writeLicences(await bundle())
writeFileSync(join(dist, 'library.d.ts'), declarationsOf(library))
const commands = await writeManifest()
const { EXIT_STATUSES } = await import('../dist/errors.js')
keep('README.md', withGeneratedParts(readFileSync(join(root, 'README.md'), 'utf8'), EXIT_STATUSES, commands))
