/** The scripts for zsh and fish are as committed; where these shells are installed they are run as well. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fishCompletion } from '../../../src/cli/completion/fish.js'
import { zshCompletion } from '../../../src/cli/completion/zsh.js'
import { SAMPLE } from './sample.js'
import { isInstalled, type ShellHome, shellHome } from './shells.js'

let home: ShellHome

beforeAll(() => {
  home = shellHome({ _xtrace: zshCompletion(SAMPLE), 'xtrace.fish': fishCompletion(SAMPLE) })
})
afterAll(() => home.remove())

test('the scripts are as committed', async () => {
  await expect(zshCompletion(SAMPLE)).toMatchFileSnapshot('golden/_xtrace')
  await expect(fishCompletion(SAMPLE)).toMatchFileSnapshot('golden/xtrace.fish')
})

const ZSH = isInstalled('zsh')
const FISH = isInstalled('fish')

/** What zsh's own functions are told, without a terminal; $LINE is what follows xtrace on the command line. */
const STUBS = `compdef() { :; }
compadd() { while [[ $1 != -a ]]; do shift; done; print -rl -- "\${(@P)2}"; }
_arguments() {
  print -rl -- "$@"
  words=(\${=LINE}) LINE=\${words[2,-1]} state=command
  if (( $#words )); then state=argument; fi
  return 1
}
_describe() { print -rl -- "\${(@P)2}"; }
source ./_xtrace
`

test('zsh finds no fault in its script', ({ skip }) => {
  skip(!ZSH, 'zsh is not installed')
  expect(home.run('zsh', ['-f', '-n', '_xtrace'])).toBe('')
})

test('zsh is told the commands, and where the flags of each are', ({ skip }) => {
  skip(!ZSH, 'zsh is not installed')
  const told = (line: string) => home.run('zsh', ['-f', '-c', `${STUBS}_xtrace; true`], { LINE: line }).split('\n')
  expect(told('')).toEqual(
    expect.arrayContaining(['audit:Say of every function: traced?', "template:What the team's templates say"]),
  )
  expect(told('audit')).toEqual(
    expect.arrayContaining([
      '--format=[Form \\[of the\\] result]:FORMAT:(table html)',
      `*--match=[All of '*' and "?" and \\\\d\\: $HOME]:GLOB: `,
      '(-o --output)--output=[Where to]:FILE:_files',
      '*-r+[Where]:REGION:_sequence _xtrace_regions',
    ]),
  )
  expect(told('template')).toContain('check:Check templates')
  expect(told('template check')).toContain('*:argument:_files')
})

test('zsh looks up profiles, runs and regions', ({ skip }) => {
  skip(!ZSH, 'zsh is not installed')
  const looked = (what: string) =>
    home
      .run('zsh', ['-f', '-c', `${STUBS}_xtrace_${what} -J group`])
      .trimEnd()
      .split('\n')
  expect(looked('profiles')).toEqual(['$(touch stolen)', 'default', 'my team', 'old-key', 'prod-admin'])
  expect(looked('runs')).toEqual(['last', '20261123T080000Z-0a0a0azz', '20261122T190551Z-51cc2b75'])
  expect(looked('regions')).toEqual(SAMPLE.regions)
})

test('fish completes with its script', ({ skip }) => {
  skip(!FISH, 'fish is not installed')
  const offered = (line: string) =>
    home
      .run('fish', ['--no-config', '-c', 'source xtrace.fish; complete -C $argv', line])
      .trimEnd()
      .split('\n')
      .map((one) => one.split('\t')[0])
  expect(offered('xtrace ')).toEqual(['audit', 'completion', 'template', 'undo'])
  expect(offered('xtrace template ')).toEqual(['check'])
  expect(offered('xtrace template check --fo')).toEqual(['--format'])
  expect(offered('xtrace audit --format ')).toEqual(['html', 'table'])
  expect(offered('xtrace template check --format s')).toEqual(['sarif'])
  expect(offered('xtrace audit -r us-east-1,e')).toEqual(['us-east-1,eu-west-1'])
  expect(offered('xtrace audit --profile my')).toEqual(['my team'])
  expect(offered('xtrace audit --output plan-')).toEqual(['plan-two.json'])
  expect(offered('xtrace audit --match ')).toEqual([''])
  expect(offered('xtrace undo ')).toEqual(['last', '20261123T080000Z-0a0a0azz', '20261122T190551Z-51cc2b75'])
})
