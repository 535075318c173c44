/** The lines for a stack's template: by CloudFormation and by SAM, for the function and for its role. */
import { describe, expect, test } from 'vitest'
import { roleAdvice, templateAdvice, withTemplate } from '../../../src/core/drift/template-advice.js'
import { FINDING_KINDS, type FindingId, type Severity } from '../../../src/core/finding-kinds.js'
import { type FunctionRow, functionRow, type Owner } from '../../../src/core/function-row.js'
import type { Finding } from '../../../src/core/report.js'
import { judge, type Observation } from '../../../src/core/verdict.js'
import { alias, fn, NO, observation, UNSURE } from '../build-observation.js'

const byCloudFormation: Owner = { stack: 'shop', logicalId: 'Orders', by: 'CloudFormation' }
const bySam: Owner = { stack: 'shop', logicalId: 'Orders', by: 'SAM' }

test.each<[owner: Owner, to: 'Active' | 'PassThrough', text: string]>([
  [
    byCloudFormation,
    'Active',
    'template of stack shop, under Properties of Orders (AWS::Lambda::Function):\n  TracingConfig: { Mode: Active }',
  ],
  [
    byCloudFormation,
    'PassThrough',
    'template of stack shop, under Properties of Orders (AWS::Lambda::Function):\n  TracingConfig: { Mode: PassThrough }',
  ],
  [
    bySam,
    'Active',
    'template of stack shop, under Properties of Orders (AWS::Serverless::Function):\n  Tracing: Active',
  ],
  [
    bySam,
    'PassThrough',
    'template of stack shop, under Properties of Orders (AWS::Serverless::Function):\n  Tracing: PassThrough',
  ],
  [
    { stack: 'shop', by: 'SAM' },
    'Active',
    'template of stack shop, under Properties of the AWS::Serverless::Function of this function:\n  Tracing: Active',
  ],
])('%j, %s', (owner, to, text) => {
  expect(templateAdvice(owner, to)).toBe(text)
})

test('the role of a function gets the policy, in whatever partition; SAM may do it by itself', () => {
  // biome-ignore lint/suspicious/noTemplateCurlyInString: CloudFormation replaces it
  const line = '\n  ManagedPolicyArns: [!Sub "arn:${AWS::Partition}:iam::aws:policy/AWSXRayDaemonWriteAccess"]'
  expect(roleAdvice(byCloudFormation)).toBe(`and under Properties of its AWS::IAM::Role:${line}`)
  expect(roleAdvice(bySam)).toBe(
    `and under Properties of its AWS::IAM::Role, unless SAM makes the role and so adds the right by itself:${line}`,
  )
})

describe('which finding gets which lines', () => {
  const on = fn('orders', { mode: 'Active' })
  const seen = {
    off: observation(fn('orders')),
    'off and cannot write': observation(fn('orders'), { permission: NO }),
    'off and nobody knows': observation(fn('orders'), { permission: UNSURE }),
    blind: observation(on, { permission: NO }),
    stale: observation(on, { aliases: { value: [alias('live', '3', { 3: 'PassThrough' })] } }),
    traced: observation(on),
  } satisfies Record<string, Observation>
  const rowOf = (name: keyof typeof seen, owner: Owner | null = byCloudFormation): FunctionRow =>
    functionRow(seen[name], judge(seen[name]), { owner })
  const found = (id: FindingId, severity: Severity = FINDING_KINDS[id].severity): Finding => ({
    id,
    severity,
    subject: 'arn',
    message: 'm',
    evidence: [],
    repair: 'r',
  })
  const linesOf = (template = ''): string[] => template.split('\n').filter((line) => line.startsWith('  '))
  const ACTIVE = '  TracingConfig: { Mode: Active }'
  const OFF = '  TracingConfig: { Mode: PassThrough }'
  const POLICY = expect.stringContaining('ManagedPolicyArns')

  test.each<[id: FindingId, severity: Severity, name: keyof typeof seen, lines: unknown[]]>([
    ['XT001', 'medium', 'off', [ACTIVE]],
    ['XT001', 'medium', 'off and cannot write', [ACTIVE, POLICY]],
    ['XT001', 'medium', 'off and nobody knows', [ACTIVE]],
    ['XT002', 'high', 'blind', [ACTIVE, POLICY]],
    ['XT003', 'high', 'stale', [ACTIVE]],
    ['XT004', 'medium', 'blind', [ACTIVE, POLICY]],
    ['XT005', 'medium', 'traced', [OFF]],
    ['XT005', 'medium', 'blind', [OFF]],
    ['XT006', 'medium', 'traced', []],
    ['XT101', 'high', 'off', [ACTIVE]],
    ['XT101', 'low', 'traced', []],
    ['XT101', 'low', 'blind', []],
    ['XT102', 'high', 'blind', [ACTIVE, POLICY]],
    ['XT102', 'low', 'off', []],
    ['XT103', 'high', 'stale', [ACTIVE]],
    ['XT103', 'low', 'stale', []],
    ['XT104', 'medium', 'off', [ACTIVE]],
    ['XT104', 'low', 'traced', []],
    ['XT105', 'low', 'traced', []],
  ])('%s (%s) of a function that is %s', (id, severity, name, lines) => {
    expect(linesOf(withTemplate(found(id, severity), rowOf(name)).template)).toEqual(lines)
  })

  test('a function that no stack owns has no template', () => {
    const finding = found('XT001')
    expect(withTemplate(finding, rowOf('off', null))).toBe(finding)
  })
})
