/** Everything that people copy runs: each example of the help and each line of the README names commands and flags that exist. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { readmeBlocks } from '../package/readme-blocks.js'
import { ROOT } from '../support/xtrace.js'

interface Command {
  summary?: string
  description?: string
  flags: Record<string, { char?: string; description?: string }>
  examples?: { description: string; command: string }[]
}

const { commands } = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
  commands: Record<string, Command>
}

/** What is wrong with the calls of xtrace in a piece of shell: commands and flags that there are none of. */
function faultsIn(code: string): string[] {
  const lines = code
    .replaceAll(/\\\n\s*/g, ' ')
    .split('\n')
    .map((line) => line.replace(/(^|\s)#.*/, ''))
  const calls = lines.flatMap((line) =>
    [...line.matchAll(/(?:^|[|(&;]|(?<!--[\w-]+)\s)xtrace\s+([^|);&]+)/g)].map(([, call = '']) => call),
  )
  return calls.flatMap((call) => {
    const words = call
      .replaceAll(/'[^']*'|"[^"]*"/g, 'TEXT')
      .trim()
      .split(/\s+/)
    const [first = '', second] = words
    if (first.startsWith('-')) return ['--help', '--version'].includes(first) ? [] : [`xtrace ${first}`]
    const command = commands[first] ?? commands[`${first}:${second}`]
    if (!command) return [`xtrace ${first}`]
    return words
      .filter((word) => word.startsWith('-') && !isFlag(word, command))
      .map((word) => `xtrace ${first} ${word}`)
  })
}

function isFlag(word: string, { flags }: Command): boolean {
  if (['-', '--', '--help', '-h'].includes(word)) return true
  const name = word.replace(/^--?/, '').replace(/=.*/, '')
  return word.startsWith('--') ? name in flags : Object.values(flags).some(({ char }) => char === name)
}

describe.each(Object.entries(commands))('%s', (id, { summary, description, flags, examples = [] }) => {
  test('has examples, a line each, that can be run', () => {
    expect(examples.length).toBeGreaterThan(0)
    for (const example of examples) {
      const line = example.command
        .replaceAll('<%= config.bin %>', 'xtrace')
        .replaceAll('<%= command.id %>', id.replace(':', ' '))
      expect(line).not.toContain('\n')
      expect(line).toContain('xtrace ')
      expect(faultsIn(line)).toEqual([])
      expect(example.description).toMatch(/^[A-Za-z].*:$/)
    }
  })

  test('says what it does, and what each of its flags does, in sentences', () => {
    for (const text of [summary, description, ...Object.values(flags).map((flag) => flag.description)])
      expect(text).toMatch(/^["“]?\S.*[.…]$/s)
  })
})

describe('the README', () => {
  const shown = ['sh', 'console', 'yaml'].flatMap((language) => readmeBlocks(language))

  test('names no command and no flag that there is none of', () => {
    expect(shown.join('\n').match(/xtrace /g)?.length).toBeGreaterThan(60)
    expect(shown.flatMap((code) => faultsIn(code.replaceAll(/^\$ /gm, '')))).toEqual([])
  })

  test('shows YAML that can be read, and the permissions that its workflow needs', () => {
    const [rules, workflow] = readmeBlocks('yaml').map((block): Record<string, unknown> => parse(block))
    expect(rules).toMatchObject({ version: 1 })
    expect(workflow).toMatchObject({
      on: { schedule: [{ cron: expect.any(String) }] },
      permissions: { contents: 'read', 'id-token': 'write', 'security-events': 'write' },
    })
  })

  test('has a test that finds what is wrong', () => {
    expect(faultsIn('xtrace enabel x')).toEqual(['xtrace enabel'])
    expect(faultsIn('cat a | xtrace audit --regoin us-east-1 -z')).toEqual(['xtrace audit --regoin', 'xtrace audit -z'])
    expect(faultsIn('until xtrace template check . \\\n  --outptu=x; do true; done')).toEqual([
      'xtrace template --outptu=x',
    ])
    expect(faultsIn(`$(xtrace audit --match '--x' -o f) && xtrace --version`)).toEqual([])
  })
})
