/**
 * SARIF: always valid by the schema of the standard, and what GitHub asks for besides. sarif-2.1.0-schema.json is the
 * schema of OASIS ("2.1.0-rtm.5"), as the MIT-licensed npm package @microsoft/jest-sarif 1.0.0-beta.0 carries it.
 */
import { readFileSync } from 'node:fs'
import { Ajv } from 'ajv'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, type Report, report } from '../../src/core/report.js'
import { renderSarif } from '../../src/render/sarif.js'
import { audit } from './audit-report.js'
import { hostileReport } from './hostile-report.js'

interface Message {
  level: string
  message: { text: string }
}

interface Result extends Message {
  ruleId: string
  ruleIndex: number
  locations: {
    physicalLocation: { artifactLocation: { uri: string }; region: object }
    logicalLocations: { name: string; fullyQualifiedName: string; kind: string }[]
  }[]
  partialFingerprints: { primaryLocationLineHash: string }
  properties: { repair: string; template?: string }
}

interface Run {
  tool: { driver: { name: string; version: string; rules: { id: string; defaultConfiguration: { level: string } }[] } }
  invocations: [{ executionSuccessful: boolean; toolExecutionNotifications: Message[] }]
  results: Result[]
}

/** Draft 4, of which it uses nothing that later drafts read otherwise but the name of its own address. */
function readSchema(): object {
  const { $schema, id, ...rest } = JSON.parse(readFileSync(new URL('sarif-2.1.0-schema.json', import.meta.url), 'utf8'))
  expect([$schema, id]).toEqual([
    'http://json-schema.org/draft-04/schema#',
    'https://raw.githubusercontent.com/schemastore/schemastore/master/src/schemas/json/sarif-2.1.0-rtm.5.json',
  ])
  return rest
}

/** RFC 3986: only these characters, and a colon in the first segment only after a scheme. */
const URI_REFERENCE = /^(?:[a-z][a-z0-9+.-]*:|(?![^/]*:))(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/
const validate = new Ajv({
  strict: false,
  allErrors: true,
  // Its pattern of a language has a bracket too many for the `u` flag.
  unicodeRegExp: false,
  formats: { 'uri-reference': URI_REFERENCE, uri: /^[a-z]+:\/\//, 'date-time': true },
}).compile(readSchema())

function runOf(what: Report): Run {
  const log = JSON.parse(renderSarif(what, { version: '1.2.3' }))
  expect(validate(log), JSON.stringify(validate.errors)).toBe(true)
  return log.runs[0]
}

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'XT001',
  severity: 'low',
  subject: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
  message: 'off',
  evidence: [],
  repair: 'xtrace enable orders',
  ...more,
})

function resultOf(more: Partial<Finding>): Result {
  const [result] = runOf(report('audit', {}, { findings: [finding(more)] })).results
  if (!result) throw new Error('no result')
  return result
}

const uriOf = (more: Partial<Finding>) => resultOf(more).locations[0]?.physicalLocation.artifactLocation.uri

test('the schema refuses what is no SARIF', () => {
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'xtrace' } }, findings: [] }] })).toBe(false)
  const results = [{ message: { text: 'x' }, locations: [{ physicalLocation: { artifactLocation: { uri: 'a b' } } }] }]
  expect(validate({ version: '2.1.0', runs: [{ tool: { driver: { name: 'xtrace' } }, results }] })).toBe(false)
})

test('an audit: a result for each finding', () => {
  const { results, tool } = runOf(audit)
  expect(tool.driver).toMatchObject({ name: 'xtrace', version: '1.2.3' })
  expect(tool.driver).not.toHaveProperty('informationUri')
  expect(results).toEqual([
    {
      ruleId: 'XT002',
      ruleIndex: 1,
      level: 'error',
      message: {
        text: [
          'Active, but role orders cannot write',
          'Evidence: mode Active',
          'Evidence: no statement allows xray:PutTraceSegments',
          'Repair: xtrace enable arn:aws:lambda:us-east-1:111122223333:function:orders',
          'Template:',
          '  Orders:',
          '    Properties:',
          '      Policies: [AWSXRayDaemonWriteAccess]',
        ].join('\n'),
      },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'lambda/111122223333/us-east-1/orders' },
            region: { startLine: 1 },
          },
          logicalLocations: [
            {
              name: 'orders',
              fullyQualifiedName: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
              kind: 'function',
            },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
      properties: {
        repair: 'xtrace enable arn:aws:lambda:us-east-1:111122223333:function:orders',
        template: 'Orders:\n  Properties:\n    Policies: [AWSXRayDaemonWriteAccess]',
      },
    },
    {
      ruleId: 'XT004',
      ruleIndex: 3,
      level: 'warning',
      message: { text: 'exempt until 2026-03-31\nRepair: Give the rule a later day, or trace the function.' },
      locations: [
        {
          physicalLocation: {
            artifactLocation: { uri: 'rules/our%20team.yml' },
            region: { startLine: 7, startColumn: 14 },
          },
          logicalLocations: [
            {
              name: 'legacy_jobs',
              fullyQualifiedName: 'arn:aws:lambda:eu-central-1:111122223333:function:legacy_jobs',
              kind: 'function',
            },
          ],
        },
      ],
      partialFingerprints: { primaryLocationLineHash: expect.stringMatching(/^[0-9a-f]{16}:1$/) },
      properties: { repair: 'Give the rule a later day, or trace the function.' },
    },
  ])
})

test('every kind of finding is a rule, in every run', () => {
  const { rules } = runOf(report('audit', {})).tool.driver
  expect(rules).toContainEqual({
    id: 'XT103',
    name: 'AliasMoved',
    shortDescription: { text: 'An alias serves other versions than in the baseline.' },
    fullDescription: { text: 'An alias serves other versions than in the baseline.' },
    help: {
      text: 'An alias serves other versions than in the baseline. The message of each result says what repairs it.',
    },
    defaultConfiguration: { level: 'note' },
  })
  expect(rules.map((rule) => rule.id)).toEqual(runOf(audit).tool.driver.rules.map((rule) => rule.id))
})

test('what was not read is told, and the run is no success', () => {
  expect(runOf(audit).invocations).toEqual([
    {
      executionSuccessful: false,
      toolExecutionNotifications: [
        {
          level: 'error',
          message: { text: '111122223333 eu-west-1 was not read (denied-scp: explicit deny)' },
          properties: { account: '111122223333', region: 'eu-west-1', status: 'denied-scp' },
        },
        {
          level: 'note',
          message: { text: '111122223333 me-south-1 was not read (not-enabled: off)' },
          properties: { account: '111122223333', region: 'me-south-1', status: 'not-enabled' },
        },
        { level: 'note', message: { text: '1 of 3 regions could not be read' } },
      ],
    },
  ])
})

test('an error is told first', () => {
  const error = { code: 'EXPIRED_CREDENTIALS' as const, message: 'Expired.', suggestions: ['Renew it.'], exit: 4 }
  expect(runOf(report('audit', {}, { outcome: 'credentials', error, notes: ['n'] })).invocations[0]).toEqual({
    executionSuccessful: false,
    toolExecutionNotifications: [
      { level: 'error', message: { text: 'EXPIRED_CREDENTIALS: Expired.\nRenew it.' } },
      { level: 'note', message: { text: 'n' } },
    ],
  })
})

const gap = { account: '1', region: 'us-east-1', status: 'throttled' as const }
test.each<[boolean, string, Partial<Report>]>([
  [true, 'all read, nothing found', { coverage: [{ ...gap, status: 'read' }] }],
  [true, 'drift', { outcome: 'drift' }],
  [true, 'a gap that was accepted', { coverage: [{ ...gap, accepted: true }] }],
  [false, 'a gap', { coverage: [gap] }],
  [
    false,
    'a verdict that is unknown, all places read',
    { outcome: 'incomplete', coverage: [{ ...gap, status: 'read' }] },
  ],
  [false, 'interrupted', { outcome: 'interrupted' }],
])('a success is %s: %s', (successful, _, more) => {
  expect(runOf(report('audit', {}, more)).invocations[0].executionSuccessful).toBe(successful)
})

test.each([
  ['a file beside', 'xtrace.yml', 'xtrace.yml'],
  ['a file below', './a/../b/x.yml', 'a/../b/x.yml'],
  ['a file above', '../x.yml', '../x.yml'],
  ['backslashes', '.\\rules\\x.yml', 'rules/x.yml'],
  ['from the root', '/etc/x y.yml', 'file:///etc/x%20y.yml'],
  ['from a drive', 'C:\\rules\\x.yml', 'file:///C:/rules/x.yml'],
  ['no scheme', 'javascript:alert(1)', 'javascript%3Aalert(1)'],
  ['odd characters', 'a?b#c%\u0000é\ud800.yml', 'a%3Fb%23c%25%C3%A9%EF%BF%BD.yml'],
])('%s: %j is %s', (_, file, uri) => {
  expect(uriOf({ place: { file, line: 1, column: 1 } })).toBe(uri)
})

test('a function without a file has a path that stands for it, whatever its ARN', () => {
  expect(uriOf({ subject: 'arn:aws-cn:lambda:cn-north-1:111122223333:function:a/b c' })).toBe(
    'lambda/111122223333/cn-north-1/a%2Fb%20c',
  )
  expect(uriOf({ subject: 'orders' })).toBe('lambda/orders')
})

test('a fingerprint is that of kind and function, whatever the evidence; the second of a kind counts on', () => {
  const fingerprints = (...findings: Finding[]) =>
    runOf(report('audit', {}, { findings })).results.map((one) => one.partialFingerprints.primaryLocationLineHash)
  const [before] = fingerprints(finding())
  const [other, kind, after, again] = fingerprints(
    finding({ subject: 'arn:aws:lambda:us-east-1:111122223333:function:refunds' }),
    finding({ id: 'XT002' }),
    finding({ message: 'otherwise', evidence: ['more'], severity: 'high' }),
    finding({ message: 'another alias' }),
  )
  expect(after).toBe(before)
  expect(again).toBe(before?.replace(/:1$/, ':2'))
  expect(new Set([before, other, kind, again]).size).toBe(4)
})

test('no text becomes a link or a placeholder', () => {
  const { message, properties } = resultOf({
    message: '[a](https://evil.example) {0} {Mode: Active}',
    repair: '{a}[b](c)',
  })
  expect(message.text).toBe('[a] (https://evil.example) {{0}} {Mode: Active}\nRepair: {a}[b] (c)')
  expect(properties.repair).toBe('{a}[b](c)')
})

test('whatever the report: valid, each result with a place, and nothing that a terminal or a parser stumbles over', () => {
  fc.assert(
    fc.property(hostileReport, (what) => {
      const text = renderSarif(what, { version: '1.2.3' })
      expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|\\ud[89a-f]/u)
      const run = runOf(what)
      expect(run.results.map((one) => one.ruleId)).toEqual(what.findings.map((one) => one.id))
      for (const one of run.results) {
        expect(run.tool.driver.rules[one.ruleIndex]?.id).toBe(one.ruleId)
        expect(one.message.text).not.toMatch(/\]\(|(?<!\{)\{\d+\}/)
        expect(one.locations).toHaveLength(1)
      }
      const told = run.invocations[0].toolExecutionNotifications.length
      const gaps = what.coverage.filter((place) => place.status !== 'read').length
      expect(told).toBe(gaps + what.notes.length + (what.error ? 1 : 0))
    }),
    { numRuns: 200 },
  )
})
