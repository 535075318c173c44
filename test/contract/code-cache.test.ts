/** The cache of compiled code: it is made, used and renewed, and nothing but speed depends on it. */
import { execFile } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { it as base, expect } from 'vitest'
import { describe } from '../support/it.js'
import { ROOT, runAlone } from '../support/xtrace.js'

/** Runs main.js of a package as bin/run.js does, and prints which files it compiled anew. */
const START = `
const vm = require('node:vm')
const compiled = []
vm.Script = class extends vm.Script {
  constructor(text, options) {
    super(text, options)
    if (!options.cachedData || this.cachedDataRejected) compiled.push(require('node:path').basename(options.filename))
  }
}
if (process.env.AS_USER) process.geteuid = () => Number(process.env.AS_USER)
const root = process.cwd()
require(${JSON.stringify(join(ROOT, 'bin/code-cache.js'))}).useCodeCache(root)
const said = require(root + '/dist/main.js').main()
console.log(JSON.stringify({ said, compiled }))`

interface Ended {
  said: string
  /** Files that were not found in the cache, or not used from it. */
  compiled: string[]
}

class SmallPackage {
  readonly root = mkdtempSync(join(tmpdir(), 'xtrace-cache-'))
  readonly caches = join(this.root, 'caches')
  readonly folder = join(this.caches, 'xtrace')

  constructor() {
    this.write('main.js', `exports.main = () => require('./word.js').word`)
    this.write('word.js', `exports.word = 'old'`)
  }

  write(file: string, text: string): void {
    mkdirSync(join(this.root, 'dist'), { recursive: true })
    writeFileSync(join(this.root, 'dist', file), text)
  }

  async start(env: Record<string, string> = {}, nodeOptions: string[] = []): Promise<Ended> {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [...nodeOptions, '--eval', START], {
      cwd: this.root,
      env: { HOME: this.root, XDG_CACHE_HOME: this.caches, ...env },
    })
    expect(stderr).toBe('')
    return JSON.parse(stdout) as Ended
  }

  /** The one file of the cache. */
  get file(): string {
    const [name = '', ...others] = readdirSync(this.folder)
    expect(others).toEqual([])
    return join(this.folder, name)
  }
}

const it = base.extend<{ small: SmallPackage }>({
  small: async ({ onTestFinished }, use) => {
    const small = new SmallPackage()
    onTestFinished(() => rmSync(small.root, { recursive: true, force: true }))
    await use(small)
  },
})

const ALL = ['main.js', 'word.js']

describe.concurrent('the code cache', () => {
  it('is made by the first run, for this user alone, and used by the next', async ({ small }) => {
    expect(await small.start()).toEqual({ said: 'old', compiled: ALL })
    expect(statSync(small.folder).mode & 0o777).toBe(0o700)
    expect(statSync(small.file).mode & 0o777).toBe(0o600)
    const { ino } = statSync(small.file)
    expect(await small.start()).toEqual({ said: 'old', compiled: [] })
    expect(statSync(small.file).ino, 'not written again').toBe(ino)
  })

  it('never runs what a file held before, even where the length is the same', async ({ small }) => {
    await small.start()
    small.write('word.js', `exports.word = 'new'`)
    expect(await small.start()).toEqual({ said: 'new', compiled: ['word.js'] })
    expect(await small.start()).toEqual({ said: 'new', compiled: [] })
  })

  it('grows by what other runs load, and forgets files that are gone', async ({ small }) => {
    await small.start()
    small.write('phrase-abc.js', `exports.phrase = 'a phrase'`)
    small.write(
      'main.js',
      `exports.main = () => process.env.LONG ? require('./phrase-abc.js').phrase : require('./word.js').word`,
    )
    expect((await small.start({ LONG: '1' })).compiled).toEqual(['main.js', 'phrase-abc.js'])
    expect(await small.start()).toEqual({ said: 'old', compiled: [] })
    rmSync(join(small.root, 'dist/phrase-abc.js'))
    small.write('word.js', `exports.word = 'new'`)
    await small.start()
    expect(readFileSync(small.file, 'latin1').split('\n')[0]).toMatch(
      /^\[\["main\.js",\d+,\d+\],\["word\.js",\d+,\d+\]\]$/,
    )
  })

  it('that is damaged is not run, and made anew', async ({ small }) => {
    await small.start()
    const content = readFileSync(small.file)
    const damages: Array<[Buffer, string[]]> = [
      // V8 itself would run this one.
      [content.map((byte, at) => (at === content.length - 200 ? byte ^ 0x55 : byte)) as Buffer, ['word.js']],
      [content.subarray(0, -100), ['word.js']],
      [content.subarray(0, 10), ALL],
      [Buffer.from(`{}\n`), ALL],
      [Buffer.from(`[["word.js",0,0],null]\n`), ALL],
      [Buffer.alloc(0), ALL],
    ]
    for (const [damaged, compiled] of damages) {
      writeFileSync(small.file, damaged)
      expect(await small.start()).toEqual({ said: 'old', compiled })
      expect((await small.start()).compiled).toEqual([])
    }
  })

  it('that V8 refuses, as after other flags, is made anew', async ({ small }) => {
    await small.start()
    expect((await small.start({}, ['--no-lazy'])).compiled).toEqual(ALL)
    expect((await small.start({}, ['--no-lazy'])).compiled).toEqual([])
  })

  it('that cannot be kept harms nothing', async ({ small }) => {
    writeFileSync(small.caches, 'a file where a folder should be')
    expect(await small.start()).toEqual({ said: 'old', compiled: ALL })
    expect(readdirSync(small.root).sort()).toEqual(['caches', 'dist'])
  })

  it('of another user is neither used nor changed', async ({ small }) => {
    await small.start()
    const before = readFileSync(small.file)
    small.write('word.js', `exports.word = 'new'`)
    expect(await small.start({ AS_USER: '4711' })).toEqual({ said: 'new', compiled: ALL })
    expect(readFileSync(small.file).equals(before)).toBe(true)
  })

  it('that others could write is neither used nor changed', async ({ small }) => {
    await small.start()
    chmodSync(small.file, 0o666)
    expect((await small.start()).compiled, 'the file').toEqual(ALL)
    expect((await small.start()).compiled, 'replaced by an own one').toEqual([])
    const { ino } = statSync(small.file)
    chmodSync(small.folder, 0o777)
    expect((await small.start()).compiled, 'the folder').toEqual(ALL)
    expect(statSync(small.file).ino).toBe(ino)
  })

  it('is switched off by the variable of Node, and where source maps are wanted', async ({ small }) => {
    expect((await small.start({ NODE_DISABLE_COMPILE_CACHE: '1' })).said).toBe('old')
    expect((await small.start({}, ['--enable-source-maps'])).said).toBe('old')
    expect(existsSync(small.caches)).toBe(false)
  })

  it('lies in the home folder where no other is named', async ({ small }) => {
    await small.start({ XDG_CACHE_HOME: '' })
    await small.start({ XDG_CACHE_HOME: 'not/from/the/root' })
    expect(readdirSync(join(small.root, '.cache/xtrace'))).toHaveLength(1)
    expect(existsSync(join(small.root, 'not'))).toBe(false)
  })

  it('changes no place in a stack', async ({ small }) => {
    small.write('word.js', `exports.word = new Error('here').stack.split('\\n')[1].trim()`)
    const { said } = await small.start({ NODE_DISABLE_COMPILE_CACHE: '1' })
    expect(said).toContain('word.js:1:16')
    expect((await small.start()).said).toBe(said)
    expect(await small.start()).toEqual({ said, compiled: [] })
  })

  it('is used by the command', async ({ small }) => {
    const cached = () => runAlone(['permissions', 'enable'], { env: { XDG_CACHE_HOME: small.caches } })
    const first = await cached()
    const { ino } = statSync(small.file)
    expect(await cached()).toMatchObject({ status: 0, stdout: first.stdout, stderr: '' })
    expect(statSync(small.file).ino).toBe(ino)
    const plain = await runAlone(['permissions', 'enable'], { env: { NODE_DISABLE_COMPILE_CACHE: '1' } })
    expect(plain.stdout).toBe(first.stdout)
  })
})
