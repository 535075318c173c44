/** Every way xtrace can end badly: the codes, their exit statuses, and what to try next. */

/** Exit statuses, the same in human and JSON mode. The README and `--help` print this table. */
export const EXIT_STATUSES = {
  ok: { status: 0, meaning: 'done / no drift' },
  fault: { status: 1, meaning: 'a fault of xtrace itself' },
  usage: { status: 2, meaning: 'wrong usage, unreadable rules, plan or template' },
  drift: { status: 3, meaning: 'drift found, function not traced, changes pending' },
  credentials: { status: 4, meaning: 'no credentials, expired, or not the expected account' },
  refused: { status: 5, meaning: 'refused: nothing that was asked could be done' },
  incomplete: { status: 6, meaning: 'incomplete: part was done or read, part was not' },
  stale: { status: 7, meaning: "stale: a plan's function has changed since it was saved" },
  interrupted: { status: 130, meaning: 'interrupted; the message says how to go on' },
} as const

export type ExitName = keyof typeof EXIT_STATUSES

/** code → how the process ends when that is all there is to say, and what to try. */
const CODES = {
  FAULT: { exit: 'fault', suggestions: ['Run again with XTRACE_DEBUG=1 for the stack trace, and report it.'] },

  USAGE: { exit: 'usage', suggestions: [] },
  MALFORMED_NAME: {
    exit: 'usage',
    suggestions: ['Give a function name, a partial ARN (123456789012:function:name) or a full ARN.'],
  },
  NO_REGION: {
    exit: 'usage',
    suggestions: [
      'Pass --region, for example --region us-east-1.',
      'Set the environment variable AWS_REGION.',
      'Set a region in the profile: aws configure set region us-east-1.',
    ],
  },
  UNREADABLE_FILE: { exit: 'usage', suggestions: [] },
  UNWRITABLE_FILE: {
    exit: 'usage',
    suggestions: ['Name another file, or see to it that this one and its folder can be written.'],
  },
  NO_STATE_FOLDER: {
    exit: 'usage',
    suggestions: ['See to it that the folder can be written, or name another one in XTRACE_STATE_DIR.'],
  },
  UNREADABLE_RULES: {
    exit: 'usage',
    suggestions: ['The README shows a rules file that can be copied; xtrace audit --rules FILE reads it.'],
  },
  UNREADABLE_PLAN: {
    exit: 'usage',
    suggestions: ['Save the plan anew with --save-plan and apply that file as it is: a plan is not to be edited.'],
  },
  UNREADABLE_TEMPLATE: {
    exit: 'usage',
    suggestions: ['Mend the file at that place: CloudFormation would refuse it too.'],
  },
  UNREADABLE_BASELINE: {
    exit: 'usage',
    suggestions: ['Save one with xtrace audit --json --output baseline.json.'],
  },
  UNREADABLE_RUN: {
    exit: 'usage',
    suggestions: [
      'To finish it, run the first command again: what is done already is skipped.',
      'To take it back, turn the functions back yourself: `xtrace show NAME` says how one stands now.',
    ],
  },
  RUN_NOT_FOUND: { exit: 'usage', suggestions: ['`xtrace runs` lists the runs of this machine.'] },

  NO_CREDENTIALS: {
    exit: 'credentials',
    suggestions: [
      'Sign in (aws sso login, aws configure) or pass --profile NAME; aws sts get-caller-identity shows who you are.',
    ],
  },
  EXPIRED_CREDENTIALS: {
    exit: 'credentials',
    suggestions: [
      'Renew the session (for example aws sso login) and run the same command again: what is done is skipped.',
    ],
  },
  INVALID_CREDENTIALS: {
    exit: 'credentials',
    suggestions: ['Check the keys or the profile; aws sts get-caller-identity shows whether AWS accepts them.'],
  },
  UNEXPECTED_ACCOUNT: {
    exit: 'credentials',
    suggestions: ['Choose the right profile with --profile, or change --expect-account.'],
  },

  ACCESS_DENIED: {
    exit: 'refused',
    suggestions: ['`xtrace permissions COMMAND` prints the least IAM policy that a command needs.'],
  },
  FUNCTION_NOT_FOUND: {
    exit: 'refused',
    suggestions: ['Check the name and the region: aws lambda list-functions --region REGION.'],
  },
  FUNCTION_EXISTS: { exit: 'refused', suggestions: ['Turn tracing on for it with xtrace enable.'] },
  PUBLISHED_VERSION: {
    exit: 'refused',
    suggestions: [
      'Name the function without a qualifier: that changes $LATEST.',
      'Then publish a version and move the alias to it.',
    ],
  },
  OTHER_ACCOUNT: { exit: 'refused', suggestions: ['Use credentials of that account: --profile NAME.'] },
  OTHER_PARTITION: { exit: 'refused', suggestions: ['Use the region and the credentials of that partition.'] },
  REGION_NOT_ENABLED: {
    exit: 'refused',
    suggestions: ['Enable the region for the account (aws account enable-region), or name another one.'],
  },
  UNSUPPORTED: { exit: 'refused', suggestions: ['X-Ray cannot trace this function; leave it as it is.'] },
  RUNTIME_BLOCKED: { exit: 'refused', suggestions: ['Move the function to a supported runtime first.'] },
  INVALID_REQUEST: { exit: 'refused', suggestions: [] },

  ROLE_NOT_FOUND: { exit: 'refused', suggestions: ['Give the function an execution role that exists.'] },
  ROLE_CANNOT_WRITE: {
    exit: 'refused',
    suggestions: [
      'Let xtrace grant it with --permissions managed, or attach AWSXRayDaemonWriteAccess to the role yourself.',
    ],
  },
  ROLE_DENIED: {
    exit: 'refused',
    suggestions: ['A further policy cannot help against a deny or a boundary: change that one first.'],
  },
  ROLE_LACKS_XRAY: {
    exit: 'refused',
    suggestions: [
      'Attach AWSXRayDaemonWriteAccess to the role, and look for a deny, a boundary or an SCP that takes the right away.',
      'If it was attached a moment ago, run the same command again in a minute: Lambda sees it only then.',
    ],
  },
  ROLE_NOT_ASSUMABLE: {
    exit: 'refused',
    suggestions: ["Check the role's trust policy: lambda.amazonaws.com must be allowed sts:AssumeRole."],
  },
  ROLE_UNMODIFIABLE: {
    exit: 'refused',
    suggestions: ['Only AWS may change this role: give the function a role of your own.'],
  },
  POLICY_QUOTA: {
    exit: 'refused',
    suggestions: [
      'Use --permissions inline, detach a policy that is not needed, or have the quota raised (L-0DA4ABF3).',
    ],
  },

  RUN_UNDONE: {
    exit: 'refused',
    suggestions: ['`xtrace runs` lists the runs of this machine, and what became of them.'],
  },
  RUN_LOCKED: {
    exit: 'refused',
    suggestions: ['Wait until the other process has ended, or stop it; then run the same command again.'],
  },

  ALIAS_WEIGHTED: {
    exit: 'refused',
    suggestions: ['Finish the deployment that splits the traffic, or move the alias with --force-weighted.'],
  },
  ALIAS_DIFFERS: {
    exit: 'refused',
    suggestions: ['Moving the alias would release more than tracing: deploy the function the usual way.'],
  },
  ALIAS_UNKNOWN: {
    exit: 'refused',
    suggestions: [
      'See with xtrace show which aliases there are; reading them takes lambda:ListAliases and lambda:GetFunctionConfiguration.',
    ],
  },

  CONFLICT: {
    exit: 'refused',
    suggestions: ['Another update keeps running on the function: try again when it has ended.'],
  },
  PRECONDITION: {
    exit: 'refused',
    suggestions: ['Somebody else is changing the function: look at it, then run again.'],
  },
  THROTTLED: {
    exit: 'refused',
    suggestions: ['Other calls use up the quota of the account: run again later; what is done is skipped.'],
  },
  SERVER_ERROR: {
    exit: 'refused',
    suggestions: ['AWS had a fault: run the same command again; what is done is skipped.'],
  },
  CONNECTION_LOST: {
    exit: 'refused',
    suggestions: [
      'Check the network, a proxy and AWS_ENDPOINT_URL; run the same command again: what is done is skipped.',
    ],
  },
  UPDATE_FAILED: { exit: 'refused', suggestions: ['Look at the reason, mend it, and run the same command again.'] },
  STALE: {
    exit: 'stale',
    suggestions: ['Make the plan again, or apply the rest of it with --skip-stale.'],
  },
  TOO_MANY_CHANGES: {
    exit: 'refused',
    suggestions: ['Look at the plan with --dry-run; raise --max-changes or choose fewer functions.'],
  },
  DECLINED: { exit: 'refused', suggestions: [] },
  TOO_MANY_FAILURES: {
    exit: 'incomplete',
    suggestions: ['Look at what failed, mend it, and go on with xtrace resume.'],
  },
  NOT_SETTLED: {
    exit: 'incomplete',
    suggestions: ['Lambda accepted the change but has not finished it: look again with xtrace show.'],
  },
  INTERRUPTED: { exit: 'interrupted', suggestions: ['Run the same command again: what is done is skipped.'] },
} as const satisfies Record<string, { exit: ExitName; suggestions: readonly string[] }>

export type ErrorCode = keyof typeof CODES

/** Whether this release knows the code that a file names. */
export function isErrorCode(text: string): text is ErrorCode {
  return Object.hasOwn(CODES, text)
}

/** What is known about the AWS answer behind an error; never a body, a header or a credential. */
export interface AwsAnswer {
  service: string
  operation: string
  code?: string
  status?: number
  requestId?: string
  /** From the Retry-After header, in milliseconds. */
  retryAfterMs?: number
  /** `scp` when AWS named an explicit deny that is not in the caller's own policies. */
  denial?: 'scp'
}

/** An error with a code of the table; anything else that is thrown is a fault of xtrace. */
export class XtraceError extends Error {
  override readonly name = 'XtraceError'
  readonly code: ErrorCode
  readonly suggestions: readonly string[]
  readonly aws?: AwsAnswer

  constructor(
    code: ErrorCode,
    message: string,
    more: { suggestions?: readonly string[]; aws?: AwsAnswer; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause })
    this.code = code
    this.suggestions = more.suggestions ?? CODES[code].suggestions
    if (more.aws) this.aws = more.aws
  }

  get exit(): ExitName {
    return exitNameOf(this.code)
  }
}

export function exitNameOf(code: ErrorCode): ExitName {
  return CODES[code].exit
}

/** Any thrown value as an XtraceError; what is not ours becomes FAULT, its message kept. */
export function asXtraceError(thrown: unknown): XtraceError {
  if (thrown instanceof XtraceError) return thrown
  const message = thrown instanceof Error ? thrown.message : String(thrown)
  return new XtraceError('FAULT', `xtrace failed: ${message}`, { cause: thrown })
}

/** Credential faults concern every call that is still to come: a run that meets one stops. */
export function stopsEverything(error: XtraceError): boolean {
  return error.exit === 'credentials' || error.code === 'INTERRUPTED'
}
