/** JUnit XML: well-formed whatever the names, and never green for what was not read. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Finding, type Report, report } from '../../src/core/report.js'
import { renderJunit } from '../../src/render/junit.js'
import { audit } from './audit-report.js'
import { hostileReport } from './hostile-report.js'
import { readXml, type XmlElement } from './xml-reader.js'

const read = (more: Partial<Report>) => readXml(renderJunit(report('audit', {}, more)))
const casesIn = (root: XmlElement) => root.children.flatMap((suite) => suite.children)
const summary = (root: XmlElement) =>
  casesIn(root).map(({ attributes, children }) => [attributes.name, ...children.map((child) => child.name)].join(': '))

const finding = (more: Partial<Finding> = {}): Finding => ({
  id: 'XT003',
  severity: 'high',
  subject: 'arn:aws:lambda:us-east-1:111122223333:function:orders',
  message: 'alias live serves version 2',
  evidence: [],
  repair: 'xtrace enable orders',
  ...more,
})
const place = { account: '111122223333', region: 'us-east-1', status: 'read' as const }

test('an audit', async () => {
  await expect(renderJunit(audit)).toMatchFileSnapshot('golden/audit.junit.xml')
})

test('an audit in which all is well has cases that passed', () => {
  const root = read({ coverage: [place, { ...place, region: 'eu-west-1' }] })
  expect(root.attributes).toEqual({ name: 'xtrace audit', tests: '3', failures: '0', errors: '0', skipped: '0' })
  expect(summary(root)).toEqual(['complete', 'read 111122223333 us-east-1', 'read 111122223333 eu-west-1'])
})

test('a report of nothing still has a case: build servers take none for a fault of their own', () => {
  expect(summary(read({}))).toEqual(['complete'])
})

test('no finding and all places read, but a verdict is unknown: an error that says so', () => {
  const root = read({ outcome: 'incomplete', coverage: [place], notes: ['1 function is unknown'] })
  expect(summary(root)).toEqual(['complete: error', 'read 111122223333 us-east-1'])
  expect(root.attributes.errors).toBe('1')
  expect(casesIn(root)[0]?.children[0]).toEqual({
    name: 'error',
    attributes: { message: 'this report is not the whole truth: incomplete', type: 'incomplete' },
    children: [],
    text: '1 function is unknown',
  })
})

test('an error is told with what to try', () => {
  const error = { code: 'NO_REGION' as const, message: 'No region.', suggestions: ['Pass one.', 'Set one.'], exit: 2 }
  expect(casesIn(read({ outcome: 'usage', error }))[0]?.children[0]).toEqual({
    name: 'error',
    attributes: { message: 'No region.', type: 'NO_REGION' },
    children: [],
    text: 'Pass one.\nSet one.',
  })
})

test('a gap keeps the name that the case has when it is read; an accepted one is skipped', () => {
  const names = (more: object) => summary(read({ coverage: [{ ...place, ...more }] }))[1]
  expect(names({ status: 'throttled' })).toBe('read 111122223333 us-east-1: error')
  expect(names({ status: 'throttled', accepted: true })).toBe('read 111122223333 us-east-1: skipped')
})

test('two findings of one kind on one function have two names', () => {
  const root = read({
    outcome: 'drift',
    findings: [finding(), finding({ message: 'alias beta' }), finding({ id: 'XT001' })],
  })
  expect(summary(root).slice(1)).toEqual([
    'XT003 AliasServesUntracedVersion: orders: failure',
    'XT003 AliasServesUntracedVersion: orders (2): failure',
    'XT001 TracingOff: orders: failure',
  ])
})

test('a subject that is no ARN stands with the report as a whole', () => {
  const root = read({ outcome: 'drift', findings: [finding({ subject: 'orders' })] })
  expect(root.children.map((suite) => [suite.attributes.name, suite.attributes.tests])).toEqual([['xtrace audit', '2']])
})

test('hostile text is text', () => {
  const message = 'a "b" \'c\' <d> &amp; ]]> \u0000\u001b[31m\ufffe\uffff\ud800 \n 😀'
  const [, failed] = casesIn(read({ findings: [finding({ message, evidence: [message] })] }))
  const shown = 'a "b" \'c\' <d> &amp; ]]> [31m\ufffd 😀'
  expect(failed?.children[0]?.attributes.message).toBe(shown)
  expect(failed?.children[0]?.text).toBe(
    `arn:aws:lambda:us-east-1:111122223333:function:orders\nEvidence: ${shown}\nRepair: xtrace enable orders`,
  )
})

test('whatever the report: well-formed, all places and findings in it, and its counts are true', () => {
  fc.assert(
    fc.property(hostileReport, (what) => {
      const root = readXml(renderJunit(what))
      const count = (cases: XmlElement[], kind: string) =>
        cases.filter((one) => one.children.some((child) => child.name === kind)).length
      for (const { attributes, cases } of [
        ...root.children.map((suite) => ({ attributes: suite.attributes, cases: suite.children })),
        { attributes: root.attributes, cases: casesIn(root) },
      ]) {
        expect(attributes.tests).toBe(String(cases.length))
        expect(attributes.failures).toBe(String(count(cases, 'failure')))
        expect(attributes.errors).toBe(String(count(cases, 'error')))
        expect(attributes.skipped).toBe(String(count(cases, 'skipped')))
      }
      expect(casesIn(root)).toHaveLength(1 + what.coverage.length + what.findings.length)
      expect(count(casesIn(root), 'failure')).toBe(what.findings.length)
      const gaps = what.coverage.filter(({ status, accepted }) => status !== 'read' && !accepted)
      const whole = gaps.length > 0 || what.error !== undefined || what.outcome === 'incomplete' ? 1 : 0
      expect(count(casesIn(root), 'error')).toBe(gaps.length + whole)
    }),
    { numRuns: 300 },
  )
})

test.each([
  ['an unclosed element', '<a><b></a>'],
  ['a bare ampersand', '<a>&</a>'],
  ['a bare angle', '<a b="<"/>'],
  ['the end of a CDATA section', '<a>]]></a>'],
  ['a character that is forbidden', '<a>\u0000</a>'],
  ['one that is forbidden as a reference too', '<a>&#0;</a>'],
  ['an attribute twice', '<a b="" b=""/>'],
  ['two roots', '<a/><b/>'],
])('the reader of these tests refuses %s', (_, xml) => {
  expect(() => readXml(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`)).toThrow()
})
