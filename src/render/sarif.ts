/** Report → SARIF 2.1.0, for code scanning: findings as results, and what was not read as notifications of the tool. */
import { createHash } from 'node:crypto'
import { FINDING_KINDS, type FindingId, type Severity } from '../core/finding-kinds.js'
import type { Finding, Report } from '../core/report.js'
import { adviceLines } from './advice.js'
import { clean, cleanLines } from './clean.js'
import { gapReason, gapsOf, isComplete } from './complete.js'
import { safeJson } from './json.js'
import { numbered } from './numbered.js'
import { sarifLocation } from './sarif-location.js'

export function renderSarif(report: Report, { version }: { version: string }): string {
  const run = {
    tool: { driver: { name: 'xtrace', version, rules: RULES } },
    columnKind: 'utf16CodeUnits',
    invocations: [
      { executionSuccessful: isComplete(report), toolExecutionNotifications: [...notificationsOf(report)] },
    ],
    results: numbered(report.findings).map(({ finding, nth }) => resultOf(finding, nth)),
  }
  const log = { $schema: 'https://json.schemastore.org/sarif-2.1.0.json', version: '2.1.0', runs: [run] }
  return `${safeJson(log, 2)}\n`
}

const LEVELS: Record<Severity, 'error' | 'warning' | 'note'> = { high: 'error', medium: 'warning', low: 'note' }

const RULE_IDS = Object.keys(FINDING_KINDS) as FindingId[]

/** The same in every run: a rule that found nothing was asked as well. */
const RULES = RULE_IDS.map((id) => {
  const { name, severity, meaning } = FINDING_KINDS[id]
  return {
    id,
    name,
    shortDescription: { text: meaning },
    fullDescription: { text: meaning },
    help: { text: `${meaning} The message of each result says what repairs it.` },
    defaultConfiguration: { level: LEVELS[severity] },
  }
})

function resultOf(finding: Finding, nth: number): object {
  const { id, severity, subject, message, repair, template } = finding
  return {
    ruleId: id,
    ruleIndex: RULE_IDS.indexOf(id),
    level: LEVELS[severity],
    message: { text: messageText([clean(message), ...adviceLines(finding)]) },
    locations: [sarifLocation(finding)],
    partialFingerprints: { primaryLocationLineHash: fingerprint(id, subject, nth) },
    properties: {
      repair: clean(repair),
      ...(template !== undefined && { template: cleanLines(template).join('\n') }),
    },
  }
}

function* notificationsOf({ error, coverage, notes }: Report): Generator<object> {
  if (error) yield notification('error', [`${error.code}: ${error.message}`, ...error.suggestions])
  for (const gap of gapsOf(coverage)) {
    const { account, region, status, accepted } = gap
    const text = `${account} ${region} was not read (${gapReason(gap)})`
    yield {
      ...notification(accepted ? 'note' : 'error', [text]),
      properties: { account: clean(account), region: clean(region), status },
    }
  }
  for (const note of notes) yield notification('note', [note])
}

function notification(level: 'error' | 'note', lines: string[]): object {
  return { level, message: { text: messageText(lines.map(clean)) } }
}

/**
 * SARIF 3.11.5 and 3.11.6: `{0}` would be a placeholder, `[text](target)` a link. Other braces stay single, against the
 * letter of 3.11.5: a template that is to be pasted is full of them.
 */
function messageText(lines: string[]): string {
  return lines
    .join('\n')
    .replace(/\{\d+\}/g, '{$&}')
    .replaceAll('](', '] (')
}

/** Says that a result is the one of an earlier run, whatever its evidence is by now. GitHub reads this key and no other. */
function fingerprint(id: FindingId, subject: string, nth: number): string {
  return `${createHash('sha256').update(`${id} ${subject}`).digest('hex').slice(0, 16)}:${nth}`
}
