/** The table of errors: how each code ends the process, and what it tells people to try. */
import { describe, expect, test } from 'vitest'
import {
  asXtraceError,
  type ErrorCode,
  EXIT_STATUSES,
  type ExitName,
  exitNameOf,
  stopsEverything,
  XtraceError,
} from '../src/errors.js'

/** Every code: the compiler sees to it that none is missing. */
const EXITS: Record<ErrorCode, ExitName> = {
  FAULT: 'fault',
  USAGE: 'usage',
  MALFORMED_NAME: 'usage',
  NO_REGION: 'usage',
  UNREADABLE_FILE: 'usage',
  UNWRITABLE_FILE: 'usage',
  NO_STATE_FOLDER: 'usage',
  UNREADABLE_RULES: 'usage',
  UNREADABLE_PLAN: 'usage',
  UNREADABLE_TEMPLATE: 'usage',
  UNREADABLE_BASELINE: 'usage',
  UNREADABLE_RUN: 'usage',
  RUN_NOT_FOUND: 'usage',
  NO_CREDENTIALS: 'credentials',
  EXPIRED_CREDENTIALS: 'credentials',
  INVALID_CREDENTIALS: 'credentials',
  UNEXPECTED_ACCOUNT: 'credentials',
  ACCESS_DENIED: 'refused',
  FUNCTION_NOT_FOUND: 'refused',
  FUNCTION_EXISTS: 'refused',
  PUBLISHED_VERSION: 'refused',
  OTHER_ACCOUNT: 'refused',
  OTHER_PARTITION: 'refused',
  REGION_NOT_ENABLED: 'refused',
  UNSUPPORTED: 'refused',
  RUNTIME_BLOCKED: 'refused',
  INVALID_REQUEST: 'refused',
  ROLE_NOT_FOUND: 'refused',
  ROLE_CANNOT_WRITE: 'refused',
  ROLE_DENIED: 'refused',
  ROLE_LACKS_XRAY: 'refused',
  ROLE_NOT_ASSUMABLE: 'refused',
  ROLE_UNMODIFIABLE: 'refused',
  POLICY_QUOTA: 'refused',
  RUN_LOCKED: 'refused',
  RUN_UNDONE: 'refused',
  ALIAS_WEIGHTED: 'refused',
  ALIAS_DIFFERS: 'refused',
  ALIAS_UNKNOWN: 'refused',
  CONFLICT: 'refused',
  PRECONDITION: 'refused',
  THROTTLED: 'refused',
  SERVER_ERROR: 'refused',
  CONNECTION_LOST: 'refused',
  UPDATE_FAILED: 'refused',
  STALE: 'stale',
  TOO_MANY_CHANGES: 'refused',
  DECLINED: 'refused',
  TOO_MANY_FAILURES: 'incomplete',
  NOT_SETTLED: 'incomplete',
  INTERRUPTED: 'interrupted',
}
const codes = Object.keys(EXITS) as ErrorCode[]

/** Codes whose message says it all: what is to be done differs from case to case. */
const WITHOUT_SUGGESTIONS: ErrorCode[] = ['USAGE', 'UNREADABLE_FILE', 'INVALID_REQUEST', 'DECLINED']

test('the exit statuses are those that scripts rely on', () => {
  expect(Object.fromEntries(Object.entries(EXIT_STATUSES).map(([name, { status }]) => [name, status]))).toEqual({
    ok: 0,
    fault: 1,
    usage: 2,
    drift: 3,
    credentials: 4,
    refused: 5,
    incomplete: 6,
    stale: 7,
    interrupted: 130,
  })
})

test.each(Object.values(EXIT_STATUSES))('status $status has a meaning of its own', ({ meaning }) => {
  expect(meaning).toMatch(/^\S.*[^.\s]$/)
  expect(Object.values(EXIT_STATUSES).filter((one) => one.meaning === meaning)).toHaveLength(1)
})

describe.each(codes)('%s', (code) => {
  const error = new XtraceError(code, 'It went wrong.')

  test(`ends as ${EXITS[code]}, and never well`, () => {
    expect(exitNameOf(code)).toBe(EXITS[code])
    expect(error.exit).toBe(EXITS[code])
    expect(EXIT_STATUSES[error.exit].status).toBeGreaterThan(0)
  })

  test('suggests whole sentences', () => {
    if (!WITHOUT_SUGGESTIONS.includes(code)) expect(error.suggestions.length).toBeGreaterThan(0)
    for (const suggestion of error.suggestions) expect(suggestion).toMatch(/^[A-Z`][^\n]*[^\s.]\.$/)
  })
})

test('an error may bring better suggestions, the AWS answer and its cause', () => {
  const cause = new Error('socket hang up')
  const aws = { service: 'lambda', operation: 'GetFunction', status: 503 }
  const error = new XtraceError('SERVER_ERROR', 'AWS had a fault.', { suggestions: ['Wait.'], aws, cause })
  expect(error).toMatchObject({ name: 'XtraceError', message: 'AWS had a fault.', suggestions: ['Wait.'], aws, cause })
  expect(new XtraceError('FAULT', 'It went wrong.')).not.toHaveProperty('cause')
  expect(new XtraceError('FAULT', 'It went wrong.').aws).toBeUndefined()
})

describe('anything that is thrown becomes an XtraceError', () => {
  test('one of ours stays the same object', () => {
    const own = new XtraceError('THROTTLED', 'Too fast.')
    expect(asXtraceError(own)).toBe(own)
  })

  test.each([
    ['an Error', new TypeError('x is undefined'), 'xtrace failed: x is undefined'],
    ['text', 'oops', 'xtrace failed: oops'],
    ['nothing', undefined, 'xtrace failed: undefined'],
    ['null', null, 'xtrace failed: null'],
  ])('%s is a fault, its cause kept', (_, thrown, message) => {
    const error = asXtraceError(thrown)
    expect(error).toMatchObject({ code: 'FAULT', message })
    if (thrown !== undefined) expect(error.cause).toBe(thrown)
  })
})

test('credential faults and Ctrl-C stop everything, and nothing else does', () => {
  const stopping = codes.filter((code) => stopsEverything(new XtraceError(code, 'It went wrong.')))
  expect(stopping).toEqual([
    'NO_CREDENTIALS',
    'EXPIRED_CREDENTIALS',
    'INVALID_CREDENTIALS',
    'UNEXPECTED_ACCOUNT',
    'INTERRUPTED',
  ])
})
