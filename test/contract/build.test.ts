/** The build: what is tested is the build of these sources, its manifest is the committed one, and commands load what they use. */
import { execFile } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect } from 'vitest'
import { describe, it } from '../support/it.js'
import { ROOT, runAlone } from '../support/xtrace.js'

let folder = ''

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'xtrace-build-'))
  writeFileSync(join(folder, 'preload.cjs'), PRELOAD)
})

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const filesUnder = (path: string) => readdirSync(path, { recursive: true, encoding: 'utf8' }).sort()

describe('build', () => {
  it('gives the manifest, the README and the dist that are here, from whatever folder', async () => {
    const copy = join(folder, 'copy')
    const left = new Set(['node_modules', 'dist', 'test', 'coverage', '.git'])
    for (const part of readdirSync(ROOT))
      if (!left.has(part)) cpSync(join(ROOT, part), join(copy, part), { recursive: true })
    symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'))
    await promisify(execFile)(process.execPath, [join(copy, 'bin/build.mjs')], { cwd: copy })
    for (const file of ['oclif.manifest.json', 'README.md']) {
      const text = readFileSync(join(ROOT, file), 'utf8')
      expect(text, 'npm run build renews it').toBe(readFileSync(join(copy, file), 'utf8'))
      expect(text).not.toContain(ROOT)
    }
    const files = (root: string) => filesUnder(join(root, 'dist')).map((file) => file.replace(/-[\w-]{8}\.js/, '.js'))
    expect(files(ROOT), 'npm run build renews it').toEqual(files(copy))
  })
})

/** Services whose SDK client a file of dist holds, by the words in which the SDK names them. */
function clientsIn(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/serviceId\?\?[`"']([\w ]+)[`"']/g)].flatMap(([, id]) => id ?? [])
}

describe.concurrent('start-up', () => {
  const LOADS: ReadonlyArray<readonly [words: string[], clients: string[]]> = [
    [['--help'], []],
    [['--version'], []],
    [['enable', '--help'], []],
    [['permissions', 'enable'], []],
    [['enable'], []],
    [['enable', 'my function!'], []],
    [['enable', 'orders:7'], []],
    [['disable', 'orders:live'], []],
    [['sandbox', '--port', '70000'], []],
    [
      ['show', 'orders'],
      ['IAM', 'Lambda'],
    ],
    [['audit'], ['IAM', 'Lambda']],
    [
      ['enable', 'orders'],
      ['IAM', 'Lambda'],
    ],
    [['disable', 'orders'], ['Lambda']],
    [
      ['disable', 'orders', '--expect-account', '123456789012'],
      ['Lambda', 'STS'],
    ],
    [['disable', 'orders', '--expect-account', '999999999999'], ['STS']],
  ]

  for (const [words, clients] of LOADS) {
    it(`of xtrace ${words.join(' ')} loads ${clients.join(' and ') || 'no SDK client'}`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }] })
      const list = join(folder, `loaded-${words.join('-').replaceAll(/[^\w-]/g, '_')}.json`)
      await runAlone(words, {
        aws,
        nodeOptions: ['--require', join(folder, 'preload.cjs')],
        env: { LOADED_FILES: list },
      })
      const loaded = JSON.parse(readFileSync(list, 'utf8')) as string[]
      expect(loaded).toContain(join(ROOT, 'bin/run.js'))
      const inDist = loaded.filter((file) => file.startsWith(join(ROOT, 'dist')))
      expect(inDist.flatMap(clientsIn).sort()).toEqual(clients)
      const server = inDist.filter((file) => /ListEventSourceMappings GET/.test(readFileSync(file, 'utf8')))
      expect(server, 'the sandbox is for its own command only').toEqual([])
      const strangers = loaded.filter((file) => file.includes('/node_modules/'))
      expect(strangers, 'everything is bundled').toEqual([])
    })
  }

  it('finds each client in the build, in a file of its own', () => {
    const files = filesUnder(join(ROOT, 'dist/chunks')).filter((file) => file.endsWith('.js'))
    const clients = files.flatMap((file) => clientsIn(join(ROOT, 'dist/chunks', file)))
    expect(clients).toEqual(expect.arrayContaining(['IAM', 'Lambda', 'STS']))
  })
})

/** Writes down at the end what was required. */
const PRELOAD = `process.on('exit', () =>
  require('node:fs').writeFileSync(process.env.LOADED_FILES, JSON.stringify(Object.keys(require.cache))))`
