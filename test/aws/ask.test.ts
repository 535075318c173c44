/** One question, one answer: what cannot be read is AWS's fault, told without a word of what was answered. */
import { describe, expect, test } from 'vitest'
import { ask } from '../../src/aws/ask.js'
import { WrongField } from '../../src/aws/fields.js'
import { XtraceError } from '../../src/errors.js'
import { FakeClock } from './support/access.js'
import { failureOf } from './support/failure.js'
import { SECRETS } from './support/secrets.js'

const reading = <T>(read: (answer: { variable: string }) => T, sent: string[] = []) =>
  ask(
    {
      service: 'lambda',
      operation: 'GetFunction',
      kind: 'repeatable',
      send: async () => ({ variable: String(sent.push('GetFunction') && SECRETS.variable) }),
      read,
    },
    { clock: new FakeClock(), checkpoint: () => undefined, random: () => 1 },
  )

test('what is read is the answer’s', async () => {
  expect(await reading(({ variable }) => variable.length)).toBe(SECRETS.variable.length)
})

describe('what cannot be read', () => {
  const thrown: Array<[what: string, read: (answer: { variable: string }) => unknown, detail: string, cause: boolean]> =
    [
      [
        'a field that is missing',
        () => {
          throw new WrongField('Functions is missing')
        },
        ' (Functions is missing)',
        true,
      ],
      ['nothing where an object should be', () => (null as unknown as { a: string }).a, '', true],
      ['a method of something else', ({ variable }) => (variable as unknown as Date).getTime(), '', true],
      ['JSON that quotes the answer', ({ variable }) => JSON.parse(variable), '', false],
      ['a date that is none', () => new Date(Number.NaN).toISOString(), '', false],
    ]
  test.each(thrown)('%s', async (_, read, detail, cause) => {
    const sent: string[] = []
    const failure = await failureOf(reading(read, sent))
    expect(failure).toMatchObject({ code: 'SERVER_ERROR', exit: 'refused' })
    expect(failure.message).toBe(`lambda:GetFunction answered something that is not in its format${detail}.`)
    expect(failure.suggestions.join(' ')).toContain('AWS_ENDPOINT_URL')
    expect(failure.aws).toEqual({ service: 'lambda', operation: 'GetFunction' })
    expect(failure.cause instanceof TypeError).toBe(cause)
    expect(sent, 'asked once: it would be answered the same').toHaveLength(1)
  })

  test('and says so itself is believed', async () => {
    const own = new XtraceError('INVALID_REQUEST', 'not this one')
    const failure = await failureOf(
      reading(() => {
        throw own
      }),
    )
    expect(failure).toBe(own)
  })
})
