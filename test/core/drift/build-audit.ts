/** Builds rows and the JSON of audits for the tests of baselines. */
import { type FunctionRow, functionRow } from '../../../src/core/function-row.js'
import { type Coverage, type Finding, report } from '../../../src/core/report.js'
import { judge, type Observation } from '../../../src/core/verdict.js'
import { renderJson } from '../../../src/render/json.js'
import { ACCOUNT } from '../build-observation.js'

export function rowOf(seen: Observation, more: Partial<FunctionRow> = {}): FunctionRow {
  return functionRow(seen, judge(seen), more)
}

export function coverageOf(region: string, status: Coverage['status'] = 'read', account = ACCOUNT): Coverage {
  return { account, region, status, ...(status !== 'read' && { reason: 'because' }) }
}

interface AuditParts {
  functions?: object[]
  coverage?: Coverage[]
  findings?: Finding[]
  data?: object
}

/** As `xtrace audit --json` prints it. */
export function auditJson({ functions = [], coverage = [coverageOf('us-east-1')], findings = [], data }: AuditParts) {
  return renderJson(report('audit', { accounts: [ACCOUNT], counts: {}, functions, ...data }, { coverage, findings }))
}
