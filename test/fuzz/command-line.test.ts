/** Wrong words on the command line, whatever stands around them: exit 2 and one explained error, before AWS is asked. */
import { Config } from '@oclif/core/config'
import fc from 'fast-check'
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import Audit from '../../src/commands/audit.js'
import Disable from '../../src/commands/disable.js'
import Enable from '../../src/commands/enable.js'
import Show from '../../src/commands/show.js'
import Check from '../../src/commands/template/check.js'
import Undo from '../../src/commands/undo.js'
import { leakIn, ROOT } from '../support/xtrace.js'
import { PATIENCE, runs } from './runs.js'

interface RunnableCommand {
  run(argv: string[], config: Config): Promise<unknown>
}

const CHANGING = [
  ...[
    '--rate x',
    '--rate 0',
    '--rate 1e3',
    '--waves 0',
    '--waves 1,,2',
    '--waves x',
    '--max-errors -1',
    '--max-errors 101%',
  ],
  ...[
    '--region nowhere',
    '--region=',
    '--account 12',
    '--expect-account x',
    '--max-changes many',
    '--match [',
    '--match (',
  ],
  ...[
    '--detailed-exitcode',
    '--nope',
    '--regio us-east-1',
    '--format pdf',
    '--runtime ""',
    'a b',
    'arn:aws:s3:::x',
    'fn:$latest',
  ],
]

/** Command → words that are wrong in it; each has spaces between its parts. */
const WRONG: ReadonlyArray<readonly [name: string, command: RunnableCommand, wrong: readonly string[]]> = [
  ['enable', Enable, [...CHANGING, '--permissions all', '--revoke']],
  ['disable', Disable, [...CHANGING, '--publish']],
  ['show', Show, ['--region x', '--nope', 'a b', '', 'arn:', '--format odd', '--expect-account 1']],
  [
    'audit',
    Audit,
    ['--fail-on never,drift', '--accept-gap mars', '--aggregator a', '--source x', '--rate 0', '--yes', 'orders:1'],
  ],
  ['undo', Undo, ['--rate x', '--waves -', '--nope', '--rate -1']],
  ['template check', Check, ['--parameter x', '--parameter =x', '--nope', '--format 1']],
]

/** Fit every command, or are wrong themselves. */
const BESIDES = [
  '--json',
  '--no-color',
  '--quiet',
  '--rate',
  '--',
  '--json=1',
  '-x',
  '--__proto__',
  '\u0000',
  '\ud800',
  '%s',
  '$x',
]

const STREAMS = [process.stdout, process.stderr]

let config: Config
let printed: string
let listeners: Array<ReturnType<typeof process.stdout.listeners>>

beforeAll(async () => {
  // Each command listens to its output, and is meant to be the only one of its process.
  for (const stream of STREAMS) stream.setMaxListeners(0)
  config = await Config.load(ROOT)
})

beforeEach(() => {
  // oclif warns developers of commands that end before they have parsed anything.
  vi.stubEnv('NODE_ENV', 'production')
  listeners = STREAMS.map((stream) => stream.listeners('error'))
  const print = (text: unknown) => {
    printed += String(text)
    return true
  }
  vi.spyOn(process.stdout, 'write').mockImplementation(print)
  vi.spyOn(process.stderr, 'write').mockImplementation(print)
})

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  process.exitCode = undefined
  for (const [index, stream] of STREAMS.entries())
    for (const one of stream.listeners('error'))
      if (!listeners[index]?.includes(one)) stream.off('error', one as (error: Error) => void)
})

test.each(WRONG)('%s', PATIENCE, async (_, command, wrong) => {
  const words = fc.record({
    before: fc.array(fc.constantFrom('orders', 'api', '--json', '--quiet', '--no-color'), { maxLength: 2 }),
    wrong: fc.constantFrom(...wrong),
    besides: fc.array(fc.oneof(fc.constantFrom(...BESIDES), fc.string({ maxLength: 8 })), { maxLength: 2 }),
  })
  await fc.assert(
    fc.asyncProperty(words, async ({ before, wrong: one, besides }) => {
      printed = ''
      process.exitCode = undefined
      const argv = [...before, ...(/^--/.test(one) ? one.split(' ') : [one]), ...besides]
      await command.run(argv, config)
      expect(process.exitCode, printed).toBe(2)
      expect(printed).toMatch(/^\s*(Error: |\{)/)
      expect(leakIn(printed)).toBeUndefined()
    }),
    runs(25),
  )
})
