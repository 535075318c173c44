/** A real bash completes with the script: of a sample, and of everything that the manifest has. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { bashCompletion } from '../../../src/cli/completion/bash.js'
import { grammarOf, type ManifestCommand } from '../../../src/cli/completion/grammar.js'
import { ROOT } from '../../support/xtrace.js'
import { SAMPLE } from './sample.js'
import { type ShellHome, shellHome } from './shells.js'

let home: ShellHome

beforeAll(() => {
  home = shellHome({ 'sample.bash': bashCompletion(SAMPLE) })
})
afterAll(() => home.remove())

/** Tells the words of a command line apart as bash does before it asks: at blanks, and = is a word of its own. */
const wordsOf = (line: string) => ['xtrace', ...line.split(/( +|=)/).filter((word) => word.trim() !== '')]

const ASK = `source "$1"; shift
while IFS= read -r line; do
  eval "COMP_WORDS=($line)"; COMP_CWORD=$((\${#COMP_WORDS[@]} - 1))
  _xtrace; printf '%s\\t' "\${COMPREPLY[@]}"; echo
done <<< "$1"`

/** @param lines as they are typed; where one ends in a blank or = the next word has not been begun */
function offersFor(lines: readonly string[], script = 'sample.bash', env: Record<string, string> = {}): string[][] {
  const asked = lines.map((line) => {
    const words = wordsOf(line)
    if (line === '' || line.endsWith(' ')) words.push('')
    return words.map((word) => `'${word}'`).join(' ')
  })
  const printed = home.run('bash', ['--norc', '-c', ASK, 'ask', script, asked.join('\n')], env)
  const answers = printed.split('\n').slice(0, -1)
  return answers.map((line) => line.split('\t').filter(Boolean))
}

function offered(line: string, env: Record<string, string> = {}): string[] {
  const [offers = []] = offersFor([line], 'sample.bash', env)
  return offers
}

const FILES = ['.aws', '.local', 'plan one.json', 'plan-two.json', 'sample.bash']
const AUDIT_FLAGS = ['--fail-on', '--format', '--help', '--match', '--output', '--profile', '--region']

test('the script is as committed, and bash finds no fault in it', async () => {
  await expect(bashCompletion(SAMPLE)).toMatchFileSnapshot('golden/xtrace.bash')
  expect(home.run('bash', ['-n', 'sample.bash'])).toBe('')
})

describe('bash offers', () => {
  const OFFERS: ReadonlyArray<readonly [what: string, line: string, offers: string[]]> = [
    ['commands', '', ['audit', 'completion', 'template', 'undo', '--help', '--version']],
    ['commands that go on with what is typed', 'un', ['undo']],
    ['flags of xtrace itself', '--', ['--help', '--version']],
    ['commands of a topic', 'template ', ['check', '--help']],
    ['flags of a command', 'audit --', AUDIT_FLAGS],
    ['flags of a command of a topic', 'template check --', ['--format', '--quiet']],
    ['flags where there is nothing else', 'audit ', AUDIT_FLAGS],
    ['values of a flag', 'audit --format ', ['table', 'html']],
    ['values of a flag of the same name in another command', 'template check --format s', ['sarif']],
    ['values behind =', 'audit --format=', ['table', 'html']],
    ['values behind = that go on', 'audit --format=h', ['html']],
    ['regions', 'audit --region us', ['us-east-1']],
    ['regions after the short flag', 'audit -r eu', ['eu-west-1']],
    ['the last item of a list', 'audit --region us-east-1,e', ['us-east-1,eu-west-1']],
    ['the last item of a list behind =', 'audit --fail-on=drift,n', ['drift,never']],
    ['files', 'audit --output plan', ['plan one.json', 'plan-two.json']],
    ['files behind KEY=', 'audit --output web=sam', ['sample.bash']],
    ['files behind KEY= behind =', 'audit --output=web=sam', ['sample.bash']],
    ['nothing where the value is free', 'audit --match ', []],
    ['nothing where the value is free behind =', 'audit --match a=', []],
    ['flags after a value', 'audit --match a --f', ['--fail-on', '--format']],
    ['words as arguments', 'completion f', ['fish']],
    ['files as arguments', 'template check ', FILES],
    ['no flags behind --', 'audit -- --', []],
    ['nothing for a command that is not there', 'destroy ', []],
  ]
  const all = OFFERS.map(([, line]) => line)
  const answers: string[][] = []
  beforeAll(() => {
    answers.push(...offersFor(all))
  })

  test.each(OFFERS.map(([what, line, offers], index) => ({ what, line, offers, index })))(
    '$what: xtrace $line',
    ({ offers, index }) => {
      expect(answers[index]?.toSorted()).toEqual(offers.toSorted())
    },
  )

  test('profiles of both files, quoted, without running anything', () => {
    expect(offered('audit --profile ')).toEqual([
      '\\$\\(touch\\ stolen\\)',
      'default',
      'my\\ team',
      'old-key',
      'prod-admin',
    ])
    expect(existsSync(join(home.folder, 'stolen'))).toBe(false)
  })

  test('profiles of the files that the variables of AWS name', () => {
    const elsewhere = { AWS_CONFIG_FILE: '.aws/credentials', AWS_SHARED_CREDENTIALS_FILE: '/nowhere' }
    expect(offered('audit --profile ', elsewhere)).toEqual(['default'])
  })

  test('runs, the newest first, from where they are kept', () => {
    const [newest, oldest] = ['20261123T080000Z-0a0a0azz', '20261122T190551Z-51cc2b75']
    expect(offered('undo ')).toEqual(['last', newest, oldest])
    const state = join(home.folder, '.local/state')
    expect(offered('undo 20261122', { XTRACE_STATE_DIR: join(state, 'xtrace'), XDG_STATE_HOME: '/x' })).toEqual([
      oldest,
    ])
    expect(offered('undo 20261122', { XDG_STATE_HOME: state, HOME: '/nowhere' })).toEqual([oldest])
    expect(offered('undo ', { XTRACE_STATE_DIR: '/nowhere' })).toEqual(['last'])
  })

  test('values with their flag where = does not part words', () => {
    const script = `source sample.bash; COMP_WORDS=(xtrace audit --region=us-east-1,e); COMP_CWORD=2; _xtrace; echo "\${COMPREPLY[@]}"`
    expect(home.run('bash', ['--norc', '-c', script])).toBe('--region=us-east-1,eu-west-1\n')
  })
})

test('bash offers every command and flag of the manifest, and starts no Node for it', () => {
  const { commands } = JSON.parse(readFileSync(join(ROOT, 'oclif.manifest.json'), 'utf8')) as {
    commands: Record<string, ManifestCommand>
  }
  const grammar = grammarOf(Object.values(commands), [{ name: 'template' }])
  const all = shellHome({ 'all.bash': bashCompletion(grammar), node: '#!/bin/sh\necho node was started >&2\nexit 1\n' })
  const ids = Object.keys(commands)
  const script = join(all.folder, 'all.bash')
  const answers = offersFor(['', ...ids.map((id) => `${id.replace(':', ' ')} --`)], script, {
    PATH: `${all.folder}:/usr/bin:/bin`,
  })
  all.remove()
  const [first, ...flags] = answers
  expect(first).toEqual(expect.arrayContaining([...new Set(ids.map((id) => id.split(':')[0]))]))
  expect(flags).toEqual(
    ids.map((id) => [...Object.keys(commands[id]?.flags ?? {}), 'help'].sort().map((flag) => `--${flag}`)),
  )
})
