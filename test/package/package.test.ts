/** The package: only what runs, installable without a network, usable as a command and as a library, with right types. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect } from 'vitest'
import { describe, it } from '../support/it.js'
import { FAST } from '../support/rollout.js'
import { ACCOUNT } from '../support/world.js'
import { runAlone } from '../support/xtrace.js'
import { complaints } from './consumer-types.js'
import { type Installed, installPackage } from './installed.js'
import { node } from './node.js'
import { readmeBlocks } from './readme-blocks.js'

let installed: Installed

beforeAll(async () => {
  installed = await installPackage()
})
afterAll(() => installed.remove())

const FUNCTIONS = [
  { name: 'order-api', role: 'bare-role' },
  { name: 'order-export' },
  { name: 'mail', mode: 'Active' as const },
]

/** What the bundler itself makes comes from no source. */
const MADE = /\/(_empty|rolldown-runtime)-/

describe('the package', () => {
  const RUNS = [
    /^(LICENSE|README\.md|package\.json|oclif\.manifest\.json)$/,
    /^bin\/(run\.js|code-cache\.js|package\.json)$/,
    /^dist\/(package\.json|THIRD-PARTY-LICENCES\.txt|library\.d\.ts)$/,
    /^dist\/(commands\/|chunks\/)?[\w/-]+\.js(\.map)?$/,
    /^src\/schema\/\w+\.schema\.json$/,
  ]

  it('holds what runs, and nothing else', () => {
    const files = [...installed.files.keys()]
    expect(files.filter((file) => !RUNS.some((pattern) => pattern.test(file)))).toEqual([])
    for (const pattern of RUNS)
      expect(
        files.some((file) => pattern.test(file)),
        `${pattern}`,
      ).toBe(true)
  })

  it('is small: its code without the maps, and what is sent', () => {
    const sizes = [...installed.files].filter(([file]) => !file.endsWith('.map')).map(([, size]) => size)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(2.5e6)
    expect(installed.tarball.length).toBeLessThan(3e6)
  })

  it('says where each line of its code came from', () => {
    const scripts = [...installed.files.keys()].filter((file) => /^dist\/.*\.js$/.test(file) && !MADE.test(file))
    const without = scripts.filter((script) => {
      const text = readFileSync(join(installed.root, script), 'utf8')
      const [, map = ''] = /\/\/# sourceMappingURL=(\S+)\s*$/.exec(text) ?? []
      return !installed.files.has(join(dirname(script), map))
    })
    expect(without).toEqual([])
  })

  it('depends on no other package', () => {
    const manifest = JSON.parse(readFileSync(join(installed.root, 'package.json'), 'utf8')) as Record<string, unknown>
    expect(['dependencies', 'peerDependencies', 'optionalDependencies'].filter((key) => key in manifest)).toEqual([])
  })

  it('is as publint wants it', async () => {
    const { tarball } = installed
    const content = tarball.buffer.slice(tarball.byteOffset, tarball.byteOffset + tarball.length) as ArrayBuffer
    const { messages, pkg } = await publint({ pack: { tarball: content } })
    expect(messages.map((message) => formatMessage(message, pkg, { color: false }))).toEqual([])
  })
})

describe.concurrent('the installed command', () => {
  it('runs from its link', async ({ expect, state }) => {
    const link = join(installed.folder, 'node_modules/.bin/xtrace')
    const { stdout, stderr } = await node([link, '--version'], { cwd: state })
    expect([stdout, stderr]).toEqual([expect.stringMatching(/^xtrace-cli\/\d+\.\d+\.\d+ /), ''])
  })

  it('helps, and turns a function on', async ({ expect, open }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const { root } = installed
    const [help, same, enabled] = await Promise.all([
      runAlone(['enable', '--help'], { root }),
      runAlone(['help', 'enable'], { root }),
      runAlone(['enable', 'order-api', '--expect-account', ACCOUNT, '--json'], { root, aws }),
    ])
    expect(help.stdout).toContain('EXAMPLES')
    expect(same.stdout).toBe(help.stdout)
    expect(enabled.status, enabled.stderr).toBe(0)
    expect(aws.mode('order-api')).toBe('Active')
  })

  it('guesses what a mistyped command means, and ends with 2', async ({ expect }) => {
    const { status, stderr } = await runAlone(['template', 'chek'], { root: installed.root })
    expect([status, stderr.split('\n')[0]]).toEqual([
      2,
      'Error: There is no command "template chek"; did you mean "template check"?',
    ])
  })

  it('tells the lines of the sources to who looks for a fault', async ({ expect }) => {
    const words = [join(installed.root, 'bin/run.js'), 'show', 'my!function']
    const { stderr } = await node(['--enable-source-maps', ...words], { env: { XTRACE_DEBUG: '1' } })
    expect(stderr).toMatch(/src\/core\/function-ref\.ts:\d+/)
  })
})

describe.concurrent('the installed library', () => {
  it('runs the example of the README, and prints nothing of its own', async ({ expect, open, state }) => {
    const aws = await open({ functions: FUNCTIONS, settings: FAST })
    const [example = ''] = readmeBlocks('js', 'As a library')
    expect(example).toContain(`expectAccount: '${ACCOUNT}'`)
    const words = ['--input-type=module', '--eval', example]
    const { stdout, stderr } = await node(words, { cwd: installed.folder, aws, env: { XTRACE_STATE_DIR: state } })
    expect(stderr).toBe('')
    expect(stdout.split('\n')).toEqual([
      '2 of 3 functions are off',
      'order-api changed traced',
      'order-export changed traced',
      '',
    ])
    expect([aws.mode('order-api'), aws.mode('order-export')]).toEqual(['Active', 'Active'])
  })

  it('is one and the same from CommonJS', async ({ expect }) => {
    const script = `import('xtrace-cli').then(({ openXtrace, XtraceError }) => {
      const required = require('xtrace-cli')
      console.log(required.openXtrace === openXtrace, required.XtraceError === XtraceError)
    })`
    const { stdout, stderr } = await node(['--input-type=commonjs', '--eval', script], { cwd: installed.folder })
    expect([stdout, stderr]).toEqual(['true true\n', ''])
  })

  it('keeps everything else to itself', async ({ expect }) => {
    const script = `for (const path of ['dist/main.js', 'bin/run.js', 'src/schema/report.schema.json'])
      try { require('xtrace-cli/' + path) } catch ({ code }) { console.log(code) }
    console.log(require('xtrace-cli/schema/report.schema.json').title, require('xtrace-cli/package.json').name)`
    const { stdout } = await node(['--input-type=commonjs', '--eval', script], { cwd: installed.folder })
    const refused = 'ERR_PACKAGE_PATH_NOT_EXPORTED\n'
    expect(stdout).toBe(`${refused.repeat(3)}Report of xtrace xtrace-cli\n`)
  })
})

describe('the types', () => {
  const [example = ''] = readmeBlocks('js', 'As a library')
  const RIGHT = `declare const console: { log(...words: unknown[]): void }\n${example}
    const plan: string = (await xtrace.disable(['a'], { revoke: true })).data.plan
    const [row] = (await xtrace.show(['a'])).data.functions
    if (row?.mode === 'Active') console.log(row.aliases.map(({ weights }) => weights), plan)`
  const WRONG = `import { openXtrace } from 'xtrace-cli'
    const xtrace = await openXtrace({ regions: 'us-east-1' })
    await xtrace.enable('orders')
    const answer: number = (await xtrace.audit()).data.counts.traced.length`

  it.each(['node16', 'bundler'] as const)('are found and understood by %s, and refuse what is wrong', (resolution) => {
    const { right = [], wrong, ...others } = complaints(installed.folder, { right: RIGHT, wrong: WRONG }, resolution)
    expect([right, others]).toEqual([[], {}])
    expect(wrong).toHaveLength(3)
  })

  it('import nothing', () => {
    const text = readFileSync(join(installed.root, 'dist/library.d.ts'), 'utf8')
    expect(text).not.toMatch(/\bimport\b|\bfrom ["']|oclif|@aws-sdk|Command\b.*Client/)
  })
})
