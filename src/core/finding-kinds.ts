/** Everything that an audit can find, with ids that stay what they are from release to release. */
export type Severity = 'high' | 'medium' | 'low'

export interface FindingKind {
  /** For rule lists of code hosts: CamelCase. */
  name: string
  severity: Severity
  /** One sentence: what it means and why it matters. */
  meaning: string
}

export const FINDING_KINDS = {
  XT001: {
    name: 'TracingOff',
    severity: 'medium',
    meaning: 'Tracing is off: Lambda sends no traces of this function.',
  },
  XT002: {
    name: 'RoleCannotWrite',
    severity: 'high',
    meaning: 'Tracing is Active, but the execution role cannot write to X-Ray: traces are lost in silence.',
  },
  XT003: {
    name: 'AliasServesUntracedVersion',
    severity: 'high',
    meaning: '$LATEST is Active, but an alias serves a version that is locked in PassThrough.',
  },
  XT004: {
    name: 'ExemptionExpired',
    severity: 'medium',
    meaning: 'The rules exempted this function until a day that has passed.',
  },
  XT005: {
    name: 'TracingOnAgainstRules',
    severity: 'medium',
    meaning: 'Tracing is Active, but the rules want it off.',
  },
  XT006: {
    name: 'AliasMissing',
    severity: 'medium',
    meaning: 'The rules name an alias that this function does not have.',
  },
  XT101: { name: 'ModeChanged', severity: 'medium', meaning: 'The tracing mode is not what it was in the baseline.' },
  XT102: {
    name: 'PermissionChanged',
    severity: 'medium',
    meaning: "The role's right to write traces is not what it was in the baseline.",
  },
  XT103: { name: 'AliasMoved', severity: 'low', meaning: 'An alias serves other versions than in the baseline.' },
  XT104: { name: 'FunctionAdded', severity: 'low', meaning: 'The function was not there in the baseline.' },
  XT105: { name: 'FunctionGone', severity: 'low', meaning: 'The function of the baseline is not there any more.' },
  XT201: {
    name: 'TemplateTracingOff',
    severity: 'medium',
    meaning: 'The template does not turn tracing on: the next deployment leaves the function dark, or turns it off.',
  },
  XT202: {
    name: 'TemplateRoleCannotWrite',
    severity: 'high',
    meaning: 'The template turns tracing on, but the role that it makes cannot write to X-Ray.',
  },
  XT203: {
    name: 'TemplateTracingConditional',
    severity: 'medium',
    meaning: 'Whether the function is traced depends on what the template leaves open.',
  },
  XT204: {
    name: 'DeployedOtherwise',
    severity: 'medium',
    meaning: 'The deployed function is not as its template says: the next deployment changes it.',
  },
  XT301: {
    name: 'TracesMissing',
    severity: 'high',
    meaning: 'Everything is set for tracing and the function is called, but X-Ray has no trace of it.',
  },
  XT302: {
    name: 'SegmentMissing',
    severity: 'high',
    meaning: "Traces arrive without Lambda's segment, or without the function's own.",
  },
  XT303: {
    name: 'CannotBeTraced',
    severity: 'low',
    meaning: 'X-Ray cannot trace this function, whatever its mode.',
  },
} as const satisfies Record<string, FindingKind>

export type FindingId = keyof typeof FINDING_KINDS
