/** Reports of every command, with everything in them that such a report can hold. */
import type { FunctionRow } from '../../../src/core/function-row.js'
import { type Report, type ReportedError, report } from '../../../src/core/report.js'
import type { RunSummary } from '../../../src/core/run.js'
import type { Audit } from '../../../src/usecases/audit/request.js'
import type { Changed, ChangedRow } from '../../../src/usecases/change/changed.js'
import type { Created } from '../../../src/usecases/change/create.js'
import type { UnreadRow } from '../../../src/usecases/failed-row.js'
import type { Permissions } from '../../../src/usecases/permissions.js'
import type { RunResult } from '../../../src/usecases/runs/run-report.js'
import type { Shown, ShownRow } from '../../../src/usecases/show/shown-row.js'
import type { TemplateRow } from '../../../src/usecases/template/template-row.js'
import { COST_ROW, costOf, harmlessToProof, PROOF } from './proof-samples.js'

export interface Sample {
  name: string
  report: Report
  /** Damages that leave it a report: keys that may be missing, values that may be null. */
  harmless: string[]
  /** Of lines alone: they tell of functions without saying of which command. */
  harmlessToLines?: string[]
}

const ACCOUNT = '123456789012'
const ARN = `arn:aws:lambda:us-east-1:${ACCOUNT}:function:orders`
const ROLE = `arn:aws:iam::${ACCOUNT}:role/service/orders`
const PLAN = '0123456789abcdef'
const RUN = '20261122T175700Z-0123454z'

const error: ReportedError = {
  code: 'FUNCTION_NOT_FOUND',
  message: 'Function orders does not exist.',
  suggestions: ['Check the name.'],
  exit: 5,
}

const functionRow: FunctionRow = {
  arn: ARN,
  name: 'orders',
  account: ACCOUNT,
  region: 'us-east-1',
  mode: 'Active',
  verdict: 'stale',
  because: 'alias live serves version 1, locked in PassThrough',
  permission: { answer: 'yes', because: 'AWSXRayDaemonWriteAccess allows both' },
  role: ROLE,
  aliases: [{ name: 'live', version: '1', weights: { 2: 0.25 }, mode: 'PassThrough' }],
  owner: { stack: 'shop', logicalId: 'Orders', by: 'SAM' },
  notes: ['also carries Datadog: it may be traced twice, or by intent elsewhere'],
}
const HARMLESS_TO_FUNCTION = [
  'without data.functions[].aliases[].weights.2',
  'without data.functions[].owner.logicalId',
  'null at data.functions[].owner',
]

const unreadRow: UnreadRow = {
  arn: 'arn:aws:lambda:us-east-1:123456789012:function:orders:live',
  name: 'orders:live',
  account: ACCOUNT,
  region: 'us-east-1',
  mode: null,
  verdict: 'unknown',
  because: 'Function orders does not exist.',
  permission: { answer: 'unknown', because: 'Function orders does not exist.' },
  role: null,
  aliases: [],
  owner: null,
  notes: [],
}
const HARMLESS_TO_UNREAD = ['null at data.functions[].arn', 'null at data.functions[].account']

const shownRow: ShownRow = {
  ...functionRow,
  versions: [{ version: '$LATEST', mode: 'Active' }],
  state: 'Active',
  updateStatus: 'Successful',
  runtime: 'nodejs22.x',
  packageType: 'Zip',
  memory: 1024,
  daemonMemory: 31,
  sampling: 'the first request each second and 5 % of the rest',
  otherTracers: ['Datadog'],
  asked: { qualifier: 'live', version: '1', mode: 'PassThrough' },
}

const changedRow: ChangedRow = {
  ...functionRow,
  from: 'PassThrough',
  to: 'Active',
  result: 'changed',
  error,
  proof: PROOF,
}
const changed: Changed = {
  dryRun: false,
  plan: PLAN,
  run: RUN,
  functions: [changedRow],
  grants: [
    {
      role: ROLE,
      how: 'managed',
      policy: 'arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess',
      change: 'grant',
      result: 'done',
    },
  ],
}

const audit: Audit = {
  account: null,
  accounts: [ACCOUNT, 'o-exampleorgid', 'unknown'],
  regions: ['us-east-1', 'us-gov-west-1', 'eusc-de-east-1'],
  source: 'lambda',
  selection: { match: ['a*'], exclude: ['*b'], runtimes: ['nodejs*'], tags: [{ key: 'team', values: ['web'] }] },
  latestOnly: false,
  counts: { traced: 0, off: 0, blind: 0, stale: 1, exempt: 0, unsupported: 0, unknown: 0 },
  functions: [functionRow],
  plan: PLAN,
}

const one: Audit = { ...audit, account: ACCOUNT, selection: { names: ['orders:live'] } }

const planned: RunResult = {
  ...changed,
  functions: [
    {
      arn: ARN,
      name: 'orders',
      account: ACCOUNT,
      region: 'us-east-1',
      from: 'PassThrough',
      to: 'Active',
      result: 'failed',
      error,
    },
  ],
}

const run: RunSummary = {
  id: RUN,
  command: 'undo',
  startedAt: '2026-11-22T17:57:00.000Z',
  state: 'incomplete',
  done: 1,
  failed: 2,
  left: 3,
  refused: 1,
  of: RUN,
}

const policy: Permissions['policy'] = {
  Version: '2012-10-17',
  Statement: [
    { Sid: 'Lambda', Effect: 'Allow', Action: ['lambda:ListFunctions'], Resource: '*' },
    {
      Sid: 'PassRole',
      Effect: 'Allow',
      Action: ['iam:PassRole'],
      Resource: 'arn:aws-cn:iam::*:role/*',
      Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    },
  ],
}

const template: TemplateRow = {
  file: 'stacks/shop.yaml',
  functions: [{ logicalId: 'Orders', line: 7, verdict: 'conditional', because: 'it depends on the parameter Stage' }],
  edits: [{ line: 9, text: '      Tracing: Active\n' }],
  left: [{ logicalId: 'Orders', line: 12, reason: 'its mode stands behind a parameter' }],
}

const IN_AUDIT: Pick<Report, 'findings' | 'coverage'> = {
  findings: [
    {
      id: 'XT003',
      severity: 'high',
      subject: ARN,
      message: 'alias live serves version 1, locked in PassThrough',
      evidence: ['mode Active', 'alias live → version 1 (PassThrough)'],
      repair: `xtrace enable ${ARN} --publish`,
      template: 'template of stack shop:\n  Tracing: Active',
      place: { file: 'template.yml', line: 7, column: 3 },
    },
  ],
  coverage: [{ account: ACCOUNT, region: '*', status: 'denied-scp', reason: 'AccessDenied', accepted: true }],
}

const shown = (row: Shown['functions'][number]): Shown => ({ functions: [row] })
const created: Created = {
  dryRun: true,
  functions: [{ ...functionRow, from: null, to: 'Active', result: 'planned' }],
  grants: [],
}
const nothingRead: ChangedRow = { ...unreadRow, from: null, to: 'PassThrough', result: 'refused', error }

const HARMLESS_TO_CHANGE = [
  ...HARMLESS_TO_FUNCTION,
  ...harmlessToProof('data.functions[]'),
  'without data.functions[].proof',
  'null at data.run',
]
const HARMLESS_TO_COST = [
  ...['account', 'selection'].map((key) => `null at data.${key}`),
  ...['traces', 'dollars'].map((key) => `minus at data.total.difference.${key}`),
]
const ofCost = { mode: null, permission: null, invocations: null, now: null, after: null } as const

export const SAMPLES: Sample[] = [
  {
    name: 'show',
    report: report('show', shown(shownRow), { notes: ['one'] }),
    harmless: [
      ...HARMLESS_TO_FUNCTION,
      'without data.functions[].versions',
      ...['state', 'updateStatus', 'runtime', 'sampling', 'asked'].map((key) => `null at data.functions[].${key}`),
    ],
  },
  {
    name: 'show of what could not be read',
    report: report('show', shown({ ...unreadRow, error }), { outcome: 'refused', error }),
    harmless: HARMLESS_TO_UNREAD,
  },
  {
    name: 'enable',
    report: report('enable', changed, { outcome: 'incomplete' }),
    harmless: [...HARMLESS_TO_CHANGE, 'without data.functions[].error'],
  },
  {
    name: 'enable of what had to be left',
    report: report('enable', { ...changed, functions: [{ ...changedRow, result: 'left' }] }, { outcome: 'incomplete' }),
    harmless: HARMLESS_TO_CHANGE,
  },
  {
    name: 'disable of what could not be read',
    report: report('disable', { ...changed, functions: [nothingRead] }, { outcome: 'refused', error }),
    harmless: [...HARMLESS_TO_UNREAD, 'null at data.run'],
  },
  { name: 'create', report: report('create', created), harmless: HARMLESS_TO_FUNCTION },
  {
    name: 'audit',
    report: report('audit', audit, { outcome: 'drift', ...IN_AUDIT }),
    harmless: [
      ...HARMLESS_TO_FUNCTION,
      'without data.plan',
      'null at data.selection',
      'without findings[].template',
      'without findings[].place',
      'without coverage[].accepted',
    ],
  },
  {
    name: 'audit that read everything',
    report: report('audit', one, { coverage: [{ account: ACCOUNT, region: 'us-east-1', status: 'read' }] }),
    harmless: [...HARMLESS_TO_FUNCTION, 'without data.plan', 'null at data.account', 'null at data.selection'],
  },
  {
    name: 'verify',
    report: report('verify', { functions: [{ ...functionRow, proof: PROOF }] }, { outcome: 'drift', ...IN_AUDIT }),
    harmlessToLines: ['without proof'],
    harmless: [
      ...HARMLESS_TO_FUNCTION,
      ...harmlessToProof('data.functions[]'),
      'without findings[].template',
      'without findings[].place',
      'without coverage[].accepted',
    ],
  },
  {
    name: 'cost',
    report: report('cost', costOf(COST_ROW)),
    harmless: [
      ...HARMLESS_TO_COST,
      'without data.functions[].unsupported',
      ...['permission', 'invocations', 'now', 'after'].map((key) => `null at data.functions[].${key}`),
    ],
  },
  {
    name: 'cost of what could not be read',
    report: report(
      'cost',
      costOf({ name: 'orders', region: 'us-east-1', arn: ARN, account: ACCOUNT, ...ofCost, error }),
      {
        outcome: 'refused',
        error,
      },
    ),
    harmless: [...HARMLESS_TO_COST, ...['arn', 'account'].map((key) => `null at data.functions[].${key}`)],
  },
  ...['apply', 'resume', 'undo'].map((command) => ({
    name: command,
    report: report(command, planned, { outcome: 'incomplete' }),
    harmless: ['null at data.run', 'null at data.functions[].from', 'null at data.functions[].to'],
  })),
  { name: 'runs', report: report('runs', { runs: [run] }), harmless: ['without data.runs[].of'] },
  {
    name: 'permissions',
    report: report<Permissions>('permissions', { commands: ['audit', 'create'], policy }),
    harmless: [
      'without data.policy.Statement[].Condition',
      'without data.policy.Statement[].Condition.StringEquals',
      'without data.policy.Statement[].Condition.StringEquals.iam:PassedToService',
    ],
  },
  {
    name: 'template check',
    report: report(
      'template-check',
      { templates: [{ ...template, left: [], error }] },
      { outcome: 'drift', findings: IN_AUDIT.findings.map((one) => ({ ...one, subject: 'stacks/shop.yaml#Orders' })) },
    ),
    harmless: [
      'without data.templates[].left',
      'without data.templates[].error',
      'without findings[].template',
      'without findings[].place',
    ],
  },
  {
    name: 'template fix',
    report: report('template-fix', { templates: [template] }, { outcome: 'incomplete' }),
    harmless: ['without data.templates[].left'],
  },
  {
    name: 'completion',
    report: report('completion', { shell: 'bash', script: '# Completes xtrace in bash\n' }),
    harmless: [],
  },
  {
    name: 'sandbox',
    report: report('sandbox', {
      AWS_ENDPOINT_URL: 'http://127.0.0.1:4599',
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIA123456789012DEMO',
      AWS_SECRET_ACCESS_KEY: 'sandbox',
    }),
    harmless: [],
  },
]

export const ERROR = error
