/** Report → JUnit XML, for build servers: a place that was read is a case that passed, a gap an error, a finding a failure. */
import { FINDING_KINDS } from '../core/finding-kinds.js'
import { splitFunctionArn } from '../core/lambda-function.js'
import type { Coverage, Finding, Report } from '../core/report.js'
import { adviceLines } from './advice.js'
import { gapReason, isComplete } from './complete.js'
import { numbered } from './numbered.js'
import { reportName } from './report-name.js'
import { xmlAttributes, xmlText } from './xml.js'

interface Case {
  name: string
  place?: Finding['place']
  trouble?: Trouble
}

interface Trouble {
  kind: 'failure' | 'error' | 'skipped'
  message: string
  type?: string
  lines?: readonly string[]
}

interface Suite {
  name: string
  /** Build servers take what stands before the last dot for a package. */
  classname: string
  cases: Case[]
}

/** Without times: the same report is the same text. */
export function renderJunit(report: Report): string {
  const suites = [...suitesOf(report).values()]
  const total = counts(suites.flatMap((suite) => suite.cases))
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${xmlAttributes({ name: reportName(report), ...total })}>`,
    ...suites.flatMap(renderSuite),
    '</testsuites>\n',
  ].join('\n')
}

/** One suite for the report as a whole, then one for each account × region. */
function suitesOf(report: Report): Map<string, Suite> {
  const name = reportName(report)
  const whole: Suite = { name, classname: name, cases: [wholeCase(report)] }
  const suites = new Map([['', whole]])
  const suiteOf = (account: string, region: string) => {
    if (account === '' || region === '') return whole
    const key = `${account} ${region}`
    const suite = suites.get(key) ?? { name: key, classname: `${account}.${region}`, cases: [] }
    suites.set(key, suite)
    return suite
  }
  for (const place of report.coverage) suiteOf(place.account, place.region).cases.push(placeCase(place))
  for (const { finding, nth } of numbered(report.findings)) {
    const { account, region } = splitFunctionArn(finding.subject)
    suiteOf(account, region).cases.push(findingCase(finding, nth))
  }
  return suites
}

/** There is always this one: no report without a finding is a pass for that alone. */
function wholeCase(report: Report): Case {
  const { error, outcome, notes } = report
  if (isComplete(report)) return { name: 'complete' }
  const trouble: Trouble = error
    ? { kind: 'error', type: error.code, message: error.message, lines: error.suggestions }
    : { kind: 'error', type: outcome, message: `this report is not the whole truth: ${outcome}`, lines: notes }
  return { name: 'complete', trouble }
}

/** The same name whether it was read or not: a build server keeps the history of a case by its name. */
function placeCase(place: Coverage): Case {
  const name = `read ${place.account} ${place.region}`
  if (place.status === 'read') return { name }
  const kind = place.accepted ? 'skipped' : 'error'
  return { name, trouble: { kind, message: gapReason(place), ...(kind === 'error' && { type: place.status }) } }
}

function findingCase(finding: Finding, nth: number): Case {
  const { id, subject, message, place } = finding
  const name = `${id} ${FINDING_KINDS[id].name}: ${splitFunctionArn(subject).name}${nth > 1 ? ` (${nth})` : ''}`
  const lines = [subject, ...adviceLines(finding)]
  return { name, trouble: { kind: 'failure', type: id, message, lines }, ...(place && { place }) }
}

function counts(cases: Case[]): Record<string, number> {
  const count = (kind: Trouble['kind']) => cases.filter((one) => one.trouble?.kind === kind).length
  return { tests: cases.length, failures: count('failure'), errors: count('error'), skipped: count('skipped') }
}

function renderSuite({ name, classname, cases }: Suite): string[] {
  const attributes = xmlAttributes({ name, ...counts(cases) })
  return [`  <testsuite${attributes}>`, ...cases.map((one) => renderCase(one, classname)), '  </testsuite>']
}

function renderCase({ name, place, trouble }: Case, classname: string): string {
  const attributes = xmlAttributes({ classname, name, file: place?.file, line: place?.line })
  if (!trouble) return `    <testcase${attributes}/>`
  const { kind, message, type, lines = [] } = trouble
  const body = lines.map(xmlText).join('\n')
  return [
    `    <testcase${attributes}>`,
    `      <${kind}${xmlAttributes({ message, type })}>${body}</${kind}>`,
    '    </testcase>',
  ].join('\n')
}
