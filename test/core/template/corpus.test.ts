/** The templates of the corpus: what is said of them, and what is done to them. */
import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { TemplateVerdict } from '../../../src/core/template/check-template.js'
import {
  expectOnlyWantedKeys,
  expectOtherBytesKept,
  expectRoundTrip,
  expectSecondFixIdle,
  expectTracedUnlessLeft,
  fixed,
  verdicts,
} from './support/laws.js'

const CORPUS = new URL('corpus/', import.meta.url)

interface Expected {
  before: Record<string, TemplateVerdict>
  /** Lines. */
  edits: number[]
  /** Logical id → line of what is to blame, and a part of the reason. */
  left?: Record<string, [line: number, reason: string]>
}

/** What `Fn::ForEach` makes names of. */
const FUNCTION = `Function\${Name}`
const TRACED = `Traced\${Name}`
const SAM = `Sam\${Name}`

const EXPECTED: Record<string, Expected> = {
  'anchors.yaml': {
    before: {
      Merged: 'off',
      Overridden: 'off',
      Aliased: 'off',
      Original: 'off',
      Copy: 'off',
      Unused: 'off',
      Sam: 'off',
      SamCopy: 'off',
    },
    edits: [8, 18, 35, 44],
    left: {
      Merged: [12, 'merged in from an anchor'],
      Aliased: [21, 'behind the alias *properties'],
      Original: [25, 'an anchor shares with other places'],
      Copy: [29, 'behind the alias *original'],
    },
  },
  'braces.yaml': { before: { Orders: 'off', Bills: 'off' }, edits: [8, 11, 16] },
  'cdk.template': { before: { Orders7B1C2D3E: 'traced', Bills1A2B3C4D: 'off' }, edits: [100, 120] },
  'commented.template': { before: { Orders: 'off' }, edits: [8] },
  'conditions.yaml': {
    before: {
      ByDefault: 'traced',
      ByOpenParameter: 'conditional',
      ByStoredParameter: 'conditional',
      InLive: 'conditional',
      ConfigInLive: 'conditional',
      OnlyLive: 'traced',
      EitherWay: 'traced',
      ByStage: 'conditional',
      ByRegion: 'traced',
      Plain: 'off',
    },
    edits: [98],
    left: {
      ByOpenParameter: [47, 'behind the parameter Open'],
      ByStoredParameter: [52, 'behind the parameter Stored'],
      InLive: [58, 'behind the condition IsLive'],
      ConfigInLive: [64, 'behind the condition IsQuiet'],
      ByStage: [86, 'behind Fn::FindInMap'],
    },
  },
  'includes.yaml': {
    before: {
      Included: 'unknown',
      Explicit: 'off',
      AllIncluded: 'unknown',
      ConfigIncluded: 'unknown',
      Sam: 'unknown',
      SamOwn: 'off',
    },
    edits: [21, 39],
    left: {
      Included: [12, 'Fn::Transform brings in a part of its Properties block'],
      AllIncluded: [25, 'its Properties block stands behind Fn::Transform'],
      ConfigIncluded: [31, 'TracingConfig stands behind Fn::Transform'],
      Sam: [4, 'Function in Globals stands behind Fn::Transform'],
    },
  },
  'loops.yaml': {
    before: { [FUNCTION]: 'off', [TRACED]: 'blind', [SAM]: 'off', Plain: 'unknown' },
    edits: [6, 39],
    left: {
      [FUNCTION]: [10, 'made by Fn::ForEach::Functions'],
      Plain: [31, 'Fn::ForEach::Settings brings in'],
    },
  },
  'minified.template': { before: { Orders: 'off', Bills: 'off' }, edits: [1, 1, 1] },
  'no-functions.yaml': { before: {}, edits: [] },
  'quoted.yaml': { before: { Orders: 'off' }, edits: [7, 13] },
  'roles.yaml': {
    before: {
      ManagedBySub: 'traced',
      ManagedByJoin: 'traced',
      Attached: 'traced',
      NamedRole: 'traced',
      Blind: 'blind',
      Unread: 'unknown',
      Conditional: 'conditional',
      Outside: 'traced',
      Either: 'off',
      Denied: 'off',
      Fenced: 'off',
    },
    edits: [106, 128],
    left: {
      Unread: [115, 'behind the parameter ExtraPolicies'],
      Either: [48, 'its Role stands behind a condition'],
      Denied: [128, 'inline policy quiet, statement "Quiet" denies xray:PutTraceSegments'],
      Fenced: [137, 'permissions boundary AmazonS3FullAccess does not allow xray:PutTraceSegments'],
    },
  },
  'sam-hello.yaml': { before: { PlaceOrder: 'off', ListOrders: 'off' }, edits: [18] },
  'sam-overrides.yaml': {
    before: {
      Inherits: 'traced',
      Agrees: 'traced',
      Objects: 'off',
      Disabled: 'off',
      Ignores: 'off',
      IgnoresAll: 'off',
      IgnoresOther: 'traced',
    },
    edits: [16, 20, 27, 32],
  },
  'sam-roles.yaml': {
    before: { Generated: 'off', OwnRole: 'off', Bounded: 'off', Fenced: 'off', Denied: 'blind' },
    edits: [13, 19, 24, 47],
    left: {
      Fenced: [25, 'permissions boundary Fence does not allow xray:PutTraceSegments'],
      Denied: [30, 'inline policy DeniedRolePolicy1 denies xray:PutTraceSegments'],
    },
  },
  'serverless-framework.template': {
    before: { PlaceLambdaFunction: 'traced', ListLambdaFunction: 'off' },
    edits: [36],
  },
  'tabs.template': { before: { Orders: 'off' }, edits: [7, 14] },
  'texts.yaml': { before: { Inline: 'off', OnlyInline: 'off', Folded: 'unknown' }, edits: [8, 19, 33, 44] },
  'windows.yaml': { before: { Orders: 'off', Bills: 'off' }, edits: [2, 13, 20] },
}

test('every file of the corpus is expected', () => {
  expect(readdirSync(CORPUS).sort()).toEqual(Object.keys(EXPECTED).sort())
})

describe.each(Object.entries(EXPECTED))('%s', (file, { before, edits, left = {} }) => {
  const text = readFileSync(new URL(file, CORPUS), 'utf8')

  test('is checked', () => {
    expect(verdicts(text)).toEqual(before)
  })

  test('is fixed where that is safe', () => {
    const fix = fixed(text)
    expect(fix.edits.map(({ line }) => line)).toEqual(edits)
    expect(Object.fromEntries(fix.left.map(({ logicalId, line }) => [logicalId, line]))).toEqual(
      Object.fromEntries(Object.entries(left).map(([logicalId, [line]]) => [logicalId, line])),
    )
    for (const { logicalId, reason } of fix.left) expect(reason).toContain(left[logicalId]?.[1])
  })

  test.each([false, true])('keeps the laws, per function: %s', (perFunction) => {
    const fix = fixed(text, 'Active', perFunction)
    expectOtherBytesKept(text, fix)
    expectTracedUnlessLeft(text, fix)
    expectSecondFixIdle(fix, 'Active', perFunction)
    expectOnlyWantedKeys(text, fix)
    expectRoundTrip(text, perFunction)
  })
})
