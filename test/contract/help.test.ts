/** What people see first: the help of every command, the flags, and the table of exit statuses, as committed text. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { EXIT_STATUSES } from '../../src/errors.js'
import { ROOT, run, runAlone } from '../support/xtrace.js'

/** As they are typed; a folder is a topic. */
const COMMANDS = readdirSync(join(ROOT, 'src/commands'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.replace(/\.ts$/, '').replace('/', ' '))
const PLAIN = { env: { COLUMNS: '80', NO_COLOR: '1' } }

/** Without what differs between machines and releases. */
const steady = (text: string) => text.replace(/(xtrace-cli\/)\S+ \S+ node-v\S+/, '$1VERSION PLATFORM NODE')

async function helpOf(...words: string[]): Promise<string> {
  const { status, stdout, stderr } = await run(words, PLAIN)
  expect([status, stderr]).toEqual([0, ''])
  return steady(stdout)
}

describe.concurrent('help', () => {
  it('of xtrace itself is as committed, with --help, -h, help and no word at all', async ({ expect }) => {
    const [long, ...others] = await Promise.all([helpOf('--help'), helpOf('-h'), helpOf()])
    await expect(long).toMatchFileSnapshot('golden/help/xtrace.txt')
    expect(new Set(others)).toEqual(new Set([long]))
    for (const command of COMMANDS) expect(long).toMatch(new RegExp(`^  ${command.split(' ')[0]} `, 'm'))
  })

  for (const command of COMMANDS) {
    it(`of ${command} is as committed`, async ({ expect }) => {
      const help = await helpOf(...command.split(' '), '--help')
      await expect(help).toMatchFileSnapshot(`golden/help/${command.replace(' ', '-')}.txt`)
      for (const line of help.split('\n')) expect(line.length, line).toBeLessThanOrEqual(80)
      for (const { status, meaning } of Object.values(EXIT_STATUSES)) expect(help).toContain(`${status}  ${meaning}`)
    })
  }

  it('says its version', async () => {
    for (const word of ['--version', '-v'])
      expect((await runAlone([word])).stdout).toMatch(/^xtrace-cli\/\d+\.\d+\.\d+ \S+ node-v\d+\S+\n$/)
  })
})

describe('exit statuses', () => {
  it('are as committed', async () => {
    const table = Object.values(EXIT_STATUSES).map(({ status, meaning }) => `${status}\t${meaning}\n`)
    await expect(table.join('')).toMatchFileSnapshot('golden/exit-statuses.txt')
  })
})

interface Flag {
  name: string
  type: string
  char?: string
  required?: boolean
  multiple?: boolean
  default?: unknown
  options?: string[]
}

interface Manifest {
  commands: Record<string, { flags: Record<string, Flag>; args: Record<string, { name: string; required?: boolean }> }>
}

describe('flags', () => {
  it('of every command are as committed', async () => {
    const manifest = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as Manifest
    const lines = Object.entries(manifest.commands).flatMap(([command, { flags, args }]) => [
      ...Object.values(args).map(({ name, required }) => `${command} ${name}${required ? ' required' : ''}`),
      ...Object.values(flags).map((flag) => `${command} ${words(flag)}`),
    ])
    await expect(`${lines.sort().join('\n')}\n`).toMatchFileSnapshot('golden/flags.txt')
  })
})

function words({ name, char, type, required, multiple, default: value, options }: Flag): string {
  const parts = [`--${name}`, char && `-${char}`, type === 'option' && 'VALUE', multiple && 'repeatable']
  const more = [required && 'required', options && `of ${options.join('|')}`, value !== undefined && `default ${value}`]
  return [...parts, ...more].filter(Boolean).join(' ')
}
