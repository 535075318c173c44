/** What must be true of every fix, whatever the template says and however it is laid out. */
import { expect } from 'vitest'
import { checkTemplate, type TemplateVerdict } from '../../../../src/core/template/check-template.js'
import { type Fix, fixTemplate } from '../../../../src/core/template/fix-template.js'
import { readTemplate } from '../../../../src/core/template/read-template.js'
import { documentChanges } from './document-changes.js'

type Mode = 'Active' | 'PassThrough'

export const NO_PARAMETERS: ReadonlyMap<string, string> = new Map()

export function fixed(text: string, to: Mode = 'Active', perFunction = false, parameters = NO_PARAMETERS): Fix {
  return fixTemplate(readTemplate(text, 'template'), { to, perFunction, parameters })
}

export function verdicts(text: string, parameters = NO_PARAMETERS): Record<string, TemplateVerdict> {
  const checked = checkTemplate(readTemplate(text, 'template'), parameters)
  return Object.fromEntries(checked.map(({ logicalId, verdict }) => [logicalId, verdict]))
}

/** The new text is the old one with the edits put in, told apart here without the code that did it. */
export function expectOtherBytesKept(text: string, { text: result, edits }: Fix): void {
  let before = 0
  let after = 0
  for (const { start, end, text: added } of edits) {
    const kept = text.slice(before, start)
    expect(start).toBeGreaterThanOrEqual(before)
    expect(result.slice(after, after + kept.length)).toBe(kept)
    expect(result.slice(after + kept.length, after + kept.length + added.length)).toBe(added)
    before = end
    after += kept.length + added.length
  }
  expect(result.slice(after)).toBe(text.slice(before))
}

export function expectTracedUnlessLeft(text: string, { text: result, left }: Fix): void {
  const before = verdicts(text)
  const untouched = new Set(left.map(({ logicalId }) => logicalId))
  for (const [logicalId, verdict] of Object.entries(verdicts(result))) {
    if (untouched.has(logicalId)) expect(before[logicalId]).not.toBe('traced')
    else expect(verdict, logicalId).toBe('traced')
  }
}

export function expectSecondFixIdle(first: Fix, to: Mode, perFunction: boolean): void {
  const second = fixed(first.text, to, perFunction)
  expect(second.edits).toEqual([])
  expect(second.left.map(({ logicalId }) => logicalId)).toEqual(first.left.map(({ logicalId }) => logicalId))
}

const X_RAY = { 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess` }
const WANTED: ReadonlyArray<readonly [path: RegExp, values: readonly unknown[]]> = [
  [/^Resources\.[^.]+\.Properties\.TracingConfig$/, [{ Mode: 'Active' }]],
  [/^Resources\.[^.]+\.Properties\.TracingConfig\.Mode$/, ['Active']],
  [/^Resources\.[^.]+\.Properties$/, [{ Tracing: 'Active' }]],
  [/^Resources\.[^.]+\.Properties\.Tracing$/, ['Active']],
  [/^Resources\.[^.]+\.Properties\.ManagedPolicyArns$/, [[X_RAY]]],
  [/^Resources\.[^.]+\.Properties\.ManagedPolicyArns\.\d$/, [X_RAY]],
  [/^Globals$/, [{ Function: { Tracing: 'Active' } }]],
  [/^Globals\.Function$/, [{ Tracing: 'Active' }]],
  [/^Globals\.Function\.Tracing$/, ['Active']],
]

/** An independent reader finds the same document, and one of the wanted keys for each edit. */
export function expectOnlyWantedKeys(text: string, { text: result, edits }: Fix): void {
  const changes = documentChanges(text, result)
  expect(changes).toHaveLength(edits.length)
  for (const { path, to } of changes) {
    const [, values] = WANTED.find(([pattern]) => pattern.test(path)) ?? []
    expect(values, path).toContainEqual(to)
  }
}

/** What was turned off and on again is as it would be had it never been off. */
export function expectRoundTrip(text: string, perFunction: boolean): void {
  const off = fixed(text, 'PassThrough', perFunction)
  const untouched = new Set(off.left.map(({ logicalId }) => logicalId))
  for (const [logicalId, verdict] of Object.entries(verdicts(off.text)))
    if (!untouched.has(logicalId)) expect(verdict, logicalId).toBe('off')
  expectOtherBytesKept(text, off)
  expectSecondFixIdle(off, 'PassThrough', perFunction)
  const again = verdicts(fixed(off.text, 'Active', perFunction).text)
  const straight = fixed(text, 'Active', perFunction)
  const left = new Set(straight.left.map(({ logicalId }) => logicalId))
  for (const [logicalId, verdict] of Object.entries(verdicts(straight.text)))
    if (!left.has(logicalId)) expect(again[logicalId], logicalId).toBe(verdict)
}
