/** Whatever answers where AWS should be, a proxy or half of AWS: each call has a result of its kind, or an XtraceError that fits. */
import fc from 'fast-check'
import { beforeAll, expect, test, vi } from 'vitest'
import { type ErrorCode, XtraceError } from '../../src/errors.js'
import { openAccess } from '../aws/support/access.js'
import { CALLS } from './aws-calls.js'
import { falseAws, foreignAnswer, goodAnswer } from './false-aws.js'
import { kindsIn, unlike } from './kinds.js'
import { mangledJson, mangledText } from './mangled.js'
import { PATIENCE, runs } from './runs.js'

/** What a script may conclude from such an answer; FAULT, a fault of xtrace, is none of them. */
const FITTING: readonly ErrorCode[] = [
  'CONNECTION_LOST',
  'SERVER_ERROR',
  'THROTTLED',
  'ACCESS_DENIED',
  'INVALID_REQUEST',
  'PRECONDITION',
]

const answerWith = falseAws()

beforeAll(() => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIA123456789012TEST')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret-key-not-for-printing')
})

/** What a call ends with: a result, or what it says that it does not know. */
type Outcome = { result: unknown } | { trouble: string }

async function outcomeOf(asked: Promise<unknown>): Promise<Outcome> {
  try {
    const result = await asked
    const trouble = typeof result === 'object' && result !== null ? Reflect.get(result, 'unreadable') : undefined
    return trouble === undefined ? { result } : { trouble }
  } catch (error) {
    if (!(error instanceof XtraceError)) throw error
    expect(FITTING, error.message).toContain(error.code)
    expect(error.message).not.toMatch(/<html|<script|guest network|Deserialization|\n {4}at /)
    return { trouble: error.message }
  }
}

const EVERY_CALL = Object.entries(CALLS)

test.each(EVERY_CALL)(
  '%s takes nothing from an answer that is not AWS’s, or not whole',
  PATIENCE,
  async (_, { call, valid, needsNothing }) => {
    const access = openAccess()
    await fc.assert(
      fc.asyncProperty(foreignAnswer(typeof valid === 'string' ? valid : JSON.stringify(valid)), async (answer) => {
        answerWith(answer)
        const outcome = await outcomeOf(call(access))
        if (!needsNothing) expect(outcome).toHaveProperty('trouble')
      }),
      runs(3),
    )
  },
)

test.each(EVERY_CALL)(
  '%s takes only what is of the right kind from an odd answer',
  PATIENCE,
  async (_, { call, valid }) => {
    const access = openAccess()
    answerWith(goodAnswer(valid))
    const good = await outcomeOf(call(access))
    expect(good).toHaveProperty('result')
    const known = kindsIn(good)
    await fc.assert(
      fc.asyncProperty(odd(valid), async (body) => {
        answerWith(goodAnswer(body))
        const outcome = await outcomeOf(call(access))
        if ('result' in outcome) expect(unlike(kindsIn(outcome), known)).toEqual([])
      }),
      runs(4),
    )
  },
)

function odd(valid: object | string): fc.Arbitrary<unknown> {
  return typeof valid === 'string' ? mangledText(valid, ['<member/>', '<Arn/>', 'true', '&#0;']) : mangledJson(valid)
}

const LISTS = EVERY_CALL.flatMap(([name, { call, before }]) => (before ? [{ name, call, before }] : []))

test.each(LISTS)('$name reads pages that lead back to each other not for ever', PATIENCE, async ({ call, before }) => {
  const access = openAccess()
  await fc.assert(
    fc.asyncProperty(fc.integer({ min: 1, max: 5 }), async (circle) => {
      answerWith(...Array.from({ length: circle }, (_, n) => goodAnswer(before(`token ${n}`))))
      expect(await outcomeOf(call(access))).toMatchObject({
        trouble: expect.stringContaining('said twice that the same page follows'),
      })
    }),
    runs(1),
  )
})
