/** What oclif complains about, in words of our own: what is missing, what is unknown, and nothing of oclif's. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import * as Parser from '@oclif/core/parser'
import { describe, expect, test } from 'vitest'
import { explained, refuseInherited } from '../../src/cli/explained.js'
import { XtraceError } from '../../src/errors.js'

const INPUT = {
  args: {
    shell: Args.string({ required: true, ignoreStdin: true, options: ['bash', 'zsh'], description: 'The shell.' }),
    run: Args.string({ required: true, ignoreStdin: true, description: 'Id of the run.' }),
  },
  flags: {
    region: Flags.string(),
    rate: Flags.integer({ min: 1, exclusive: ['region'] }),
    rules: Flags.string({
      parse: async () => {
        throw new XtraceError('USAGE', 'That is none.')
      },
    }),
  },
}

async function said(argv: string[]): Promise<string> {
  const thrown = await Parser.parse(argv, INPUT).catch((error: unknown) => error)
  const error = explained(thrown, 'template:check')
  expect(error).toMatchObject({ code: 'USAGE' })
  return error.message
}

describe('a complaint of oclif', () => {
  test.each<[words: string[], message: string]>([
    [[], 'SHELL is missing: bash, zsh. RUN is missing: Id of the run.'],
    [['bash'], 'RUN is missing: Id of the run.'],
    [['fish', 'x'], 'Expected fish to be one of: bash, zsh'],
    [['bash', 'x', 'y'], 'Unexpected argument: y'],
    [['bash', 'x', '--rate', 'fast'], '--rate: Expected an integer but received: fast'],
    [['bash', 'x', '--rate', '3', '--region', 'r'], '--region=r cannot also be provided when using --rate'],
    [['bash', 'x', '--rules', 'r'], 'That is none.'],
    [['bash', 'x', '--regoin', 'r'], 'There is no flag --regoin; did you mean --region?'],
  ])('%j', async (argv, message) => {
    expect(await said(argv)).toBe(message)
  })
})

describe('what every object has', () => {
  test.each(['--__proto__', '--constructor', '--toString=1', '--hasOwnProperty'])('%s is an unknown flag', (word) => {
    expect(() => refuseInherited(['x', '--region', 'r', word], 'audit')).toThrow(
      expect.objectContaining({
        code: 'USAGE',
        message: `There is no flag ${word.replace(/=.*/, '')}.`,
        suggestions: ['xtrace audit --help shows every flag with examples.'],
      }),
    )
  })

  test('is no flag where it has no dashes, is a value, or stands behind the last flag', () => {
    const words = ['constructor', '-constructor', '--match=--constructor', '--', '--constructor']
    expect(() => refuseInherited(words)).not.toThrow()
  })
})

test('what oclif has nothing to do with is kept, or is a fault', () => {
  const error = new XtraceError('NO_REGION', 'No region.')
  expect(explained(error)).toBe(error)
  expect(explained(new Error('broken'))).toMatchObject({ code: 'FAULT', message: 'xtrace failed: broken' })
})
