/** One function: against the AWS CLI that only reads it, and against a script of nothing but the same calls. */
import { fileURLToPath } from 'node:url'
import { type Sandbox, startSandbox } from '../../../src/sandbox/server.js'
import { World } from '../../../src/sandbox/world.js'
import { ACCOUNT, against } from '../measure/against-sandbox.js'
import { awsCli, awsCliVersion } from '../measure/aws-cli.js'
import { inPairs } from '../measure/pairs.js'
import { done, node, type Program, xtrace } from '../measure/program.js'
import type { Figure } from '../report/figure.js'

const SAME_CALLS = fileURLToPath(new URL('../floors/same-calls.mjs', import.meta.url))
const LATENCY = 40

export async function measureOneFunction(rounds: number): Promise<Figure[]> {
  return [...(await readOne(rounds)), await changeOne(rounds)]
}

async function readOne(rounds: number): Promise<Figure[]> {
  if ((await awsCliVersion()) === null) return []
  const sandbox = await sandboxOf(['fn'], 0)
  const figure = await inPairs(
    {
      what: 'aws lambda get-function-configuration',
      against: 'xtrace show, with all its evidence',
      bound: { least: 4 },
    },
    () => against(sandbox, awsCli('lambda', 'get-function-configuration', '--function-name', 'fn')),
    () => against(sandbox, xtrace('show', 'fn')),
    rounds,
  )
  await sandbox.close()
  return [figure]
}

/** Every round turns on a function of its own. */
async function changeOne(rounds: number): Promise<Figure> {
  const names = Array.from({ length: rounds + 2 }, (_, round) => [`xtrace-${round}`, `script-${round}`])
  const sandbox = await sandboxOf(names.flat(), LATENCY)
  const enable = (round: number) => against(sandbox, xtrace('enable', `xtrace-${round}`))
  const script = (round: number) => against(sandbox, node(SAME_CALLS, `script-${round}`))
  const [calls, same] = [await callsOf(enable(rounds + 1), sandbox), await callsOf(script(rounds + 1), sandbox)]
  if (calls !== same) throw new Error(`the floor of enable makes other calls: ${same} instead of ${calls}`)
  const figure = await inPairs(
    {
      what: `xtrace enable, ${LATENCY} ms a call`,
      against: 'a bare script, the same calls as side by side',
      bound: { most: 1.6 },
    },
    enable,
    script,
    rounds,
  )
  await sandbox.close()
  return figure
}

async function callsOf(program: Program, sandbox: Sandbox): Promise<string> {
  sandbox.calls.length = 0
  await done(program)
  return sandbox.calls
    .map(({ operation }) => operation)
    .sort()
    .join(' ')
}

async function sandboxOf(functions: readonly string[], latencyMs: number): Promise<Sandbox> {
  const world = new World()
  const account = world.account(ACCOUNT)
  const managed = ['AWSLambdaBasicExecutionRole', 'AWSXRayDaemonWriteAccess']
  const { arn } = account.addRole({ name: 'writing-role', managed })
  for (const name of functions) account.region('us-east-1').addFunction({ name, role: arn })
  return startSandbox({ world, settings: { latencyMs, settleMs: 0 } })
}
