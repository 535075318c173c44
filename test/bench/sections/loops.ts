/** A rollout against what is written today: a script of the SDK, a shell loop, and `xargs`, each in a fleet of its own. */
import { fileURLToPath } from 'node:url'
import type { Sandbox } from '../../../src/sandbox/server.js'
import { ACCOUNT, against } from '../measure/against-sandbox.js'
import { awsCliVersion } from '../measure/aws-cli.js'
import { functionsIn, RATE, startFleet } from '../measure/fleet.js'
import { ended, node, type Program, XTRACE, xtrace } from '../measure/program.js'
import type { Figure } from '../report/figure.js'
import type { Size } from '../report/report.js'

const REGION = 'us-east-1'
const AT_ONCE = fileURLToPath(new URL('../floors/sdk-at-once.mjs', import.meta.url))

/** Runs the words after it for each name of `$@`, which a failure does not end. */
const loop = (command: string) => `for name; do ${command} "$name" || failed=1; done; exit $failed`
const xargs = (command: string) => `printf '%s\\n' "$@" | xargs -P 8 -I NAME ${command}`
const UPDATE = 'aws lambda update-function-configuration --tracing-config Mode=Active --output text --function-name'

interface Way {
  what: string
  program(names: readonly string[]): Program
  /** Where it gives functions up it may be faster. */
  givesUp?: true
  needsAwsCli?: true
  /** Measured in full runs only. */
  slow?: true
}

const WAYS: readonly Way[] = [
  { what: 'Promise.all over the bare SDK', program: (names) => node(AT_ONCE, ...names), givesUp: true },
  {
    what: 'one xtrace enable after the other',
    program: (names) => shell(loop(`"${process.execPath}" "${XTRACE}" enable`), names),
    slow: true,
  },
  { what: 'aws in a shell loop', program: (names) => shell(loop(UPDATE), names), needsAwsCli: true },
  {
    what: 'aws under xargs -P 8, which a failure does not end',
    program: (names) => shell(xargs(`sh -c '${UPDATE} NAME || exit 1'`), names),
    needsAwsCli: true,
  },
  {
    // Version 1 of the CLI ends with 255, at which xargs starts no more.
    what: 'aws under xargs -P 8',
    program: (names) => shell(xargs(`${UPDATE} NAME`), names),
    givesUp: true,
    needsAwsCli: true,
    slow: true,
  },
]

function shell(script: string, names: readonly string[]): Program {
  return { file: 'sh', words: ['-c', script, 'sh', ...names] }
}

/** Of few functions the ways are not judged: waiting for the last one counts for too much. */
export async function measureLoops(functions: number, size: Size): Promise<Figure[]> {
  const all = ['enable', '--all', '--yes', '--quiet', '--rate', String(RATE)]
  const own = await rollout(functions, () => xtrace(...all))
  const hasAwsCli = (await awsCliVersion()) !== null
  const ways = WAYS.filter(({ needsAwsCli, slow }) => (hasAwsCli || !needsAwsCli) && (size === 'full' || !slow))
  const figures: Figure[] = [traced('xtrace enable --all', own, functions, true)]
  for (const { what, program, givesUp } of ways) {
    const run = await rollout(functions, program)
    figures.push(
      {
        what: `${what}, ${functions} functions`,
        measured: run.seconds,
        unit: 's',
        floor: own.seconds,
        against: 'xtrace enable --all',
        ...(size === 'full' && !givesUp && { bound: { least: 1 } }),
      },
      traced(what, run, functions, false),
    )
  }
  return figures
}

interface Rollout {
  seconds: number
  traced: number
  throttled: number
  refused: number
}

async function rollout(functions: number, program: (names: readonly string[]) => Program): Promise<Rollout> {
  const sandbox = await startFleet({ functions, roles: Math.ceil(functions / 2), regions: [REGION], iamDelayMs: 500 })
  const fleet = functionsIn(sandbox, [REGION])
  const { seconds } = await ended(against(sandbox, program(fleet.map(({ name }) => name)), REGION))
  await sandbox.close()
  const lambda = sandbox.calls.filter(({ service }) => service === 'lambda')
  return {
    seconds,
    traced: fleet.filter((fn) => fn.mode === 'Active' && canWrite(sandbox, fn.role)).length,
    throttled: lambda.filter(({ status }) => status === 429).length,
    refused: lambda.filter(({ status }) => status === 400).length,
  }
}

function canWrite({ world }: Sandbox, arn: string): boolean {
  const name = arn.slice(arn.lastIndexOf('/') + 1)
  return world
    .account(ACCOUNT)
    .role(name)
    .managed.some((policy) => policy.endsWith('/AWSXRayDaemonWriteAccess'))
}

function traced(what: string, run: Rollout, functions: number, mustBeAll: boolean): Figure {
  return {
    what: `left traced by ${what}`,
    measured: run.traced,
    unit: 'functions',
    floor: functions,
    against: 'all',
    ...(mustBeAll && { bound: { least: 1 } }),
    note: `${run.throttled} answers throttled, ${run.refused} refused`,
  }
}
