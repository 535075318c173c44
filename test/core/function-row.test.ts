/** One function in the words of the JSON contract. */
import { describe, expect, test } from 'vitest'
import { aliasRows, functionRow, notesOn, ownerFromTags } from '../../src/core/function-row.js'
import { judge } from '../../src/core/verdict.js'
import { ACCOUNT, alias, fn, functionArn, observation, ROLE, YES } from './build-observation.js'

const live = alias('live', '3', { 3: 'Active', 4: 'PassThrough' }, { 4: 0.1 })
const beta = alias('beta', '5', {})

test('a row holds the public names and nothing else', () => {
  const seen = observation(fn('orders', { mode: 'Active' }), { aliases: { value: [live, beta] } })
  expect(functionRow(seen, judge(seen))).toEqual({
    arn: functionArn('orders'),
    name: 'orders',
    account: ACCOUNT,
    region: 'us-east-1',
    mode: 'Active',
    verdict: 'stale',
    because: 'alias live serves version 4, locked in PassThrough',
    permission: YES,
    role: ROLE,
    aliases: [
      { name: 'live', version: '3', weights: { 4: 0.1 }, mode: 'PassThrough' },
      { name: 'beta', version: '5', weights: {}, mode: 'unknown' },
    ],
    owner: null,
    notes: [],
  })
})

test('what a command knows besides takes the place of what is empty', () => {
  const seen = observation(fn('orders'))
  const owner = { stack: 'shop', by: 'SAM' } as const
  const versions = [{ version: '1', mode: 'Active' } as const]
  expect(functionRow(seen, judge(seen), { owner, versions })).toMatchObject({ owner, versions, verdict: 'off' })
})

test('aliases that were not read are no rows, but a note', () => {
  const seen = observation(fn('orders'), { aliases: { unreadable: 'AccessDenied' } })
  expect(aliasRows(seen)).toEqual([])
  expect(notesOn(seen)).toEqual(['aliases could not be read: AccessDenied'])
})

test('notes: what was not read first, then other tracers', () => {
  const seen = observation(fn('orders', { otherTracers: ['Datadog', 'New Relic'] }), {
    aliases: { unreadable: 'AccessDenied' },
    eventSources: { unreadable: 'throttled' },
  })
  expect(notesOn(seen)).toEqual([
    'aliases could not be read: AccessDenied',
    'event sources could not be read: throttled',
    'also carries Datadog, New Relic: it may be traced twice, or by intent elsewhere',
  ])
})

describe('the owner, from tags', () => {
  const stack = { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Orders' }
  test.each([
    ['CloudFormation', stack, { stack: 'shop', logicalId: 'Orders', by: 'CloudFormation' }],
    ['SAM', { ...stack, 'lambda:createdBy': 'SAM' }, { stack: 'shop', logicalId: 'Orders', by: 'SAM' }],
    ['no logical id', { 'aws:cloudformation:stack-name': 'shop' }, { stack: 'shop', by: 'CloudFormation' }],
    ['no stack', { team: 'shop', 'lambda:createdBy': 'SAM' }, null],
    ['no tags', {}, null],
  ])('%s', (_, tags, owner) => {
    expect(ownerFromTags(tags)).toEqual(owner)
  })
})
