/** `xtrace sandbox`: an AWS in memory on a local port, until Ctrl-C. */
import * as Flags from '@oclif/core/flags'
import { XtraceCommand } from '../cli/base-command.js'
import { outputFlags } from '../cli/flags/output-flags.js'
import { untilStopped } from '../cli/until-stopped.js'
import { report } from '../core/report.js'
import { XtraceError } from '../errors.js'
import type { Sandbox as SandboxServer } from '../sandbox/server.js'

const ACCOUNT = '123456789012'

export default class Sandbox extends XtraceCommand {
  static override summary = 'Run an AWS in memory on a local port, to try and rehearse.'
  static override description =
    'Answers Lambda, IAM, STS and what else xtrace asks on the loopback interface as AWS does: quotas, updates that settle later, roles that Lambda sees only after a while. It starts with a sample account and forgets everything when it ends. Any AWS client can use it: point AWS_ENDPOINT_URL at it.'
  static override flags = {
    port: Flags.integer({
      default: 4599,
      min: 0,
      max: 65535,
      helpValue: 'PORT',
      description: 'Port on 127.0.0.1; 0 takes a free one.',
    }),
    seed: Flags.option({ options: ['demo', 'empty'] as const })({
      default: 'demo',
      description: 'What the account holds at the start.',
    }),
    settle: Flags.integer({
      default: 2000,
      min: 0,
      helpValue: 'MS',
      description: 'Milliseconds that an update takes to settle.',
    }),
    'iam-delay': Flags.integer({
      default: 5000,
      min: 0,
      helpValue: 'MS',
      description: 'Milliseconds until Lambda sees a change of a role.',
    }),
    latency: Flags.integer({ default: 0, min: 0, helpValue: 'MS', description: 'Milliseconds added to every answer.' }),
    rate: Flags.integer({
      default: 15,
      min: 1,
      helpValue: 'N',
      description: "Requests a second that Lambda's control plane allows.",
    }),
    ...outputFlags,
  }
  static override examples = [
    { description: 'In one terminal:', command: '<%= config.bin %> <%= command.id %>' },
    {
      description: 'In another:',
      command: `AWS_ENDPOINT_URL=http://127.0.0.1:4599 AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=AKIA${ACCOUNT}DEMO AWS_SECRET_ACCESS_KEY=sandbox <%= config.bin %> audit`,
    },
  ]

  #sandbox: SandboxServer | undefined

  protected async perform() {
    const { flags } = await this.parse(Sandbox)
    this.setOutput(flags)
    const [{ startSandbox }, { World }, { seedDemo }] = await Promise.all([
      import('../sandbox/server.js'),
      import('../sandbox/world.js'),
      import('../sandbox/seed-demo.js'),
    ])
    const world = new World()
    if (flags.seed === 'demo') seedDemo(world, { account: ACCOUNT })
    const settings = {
      settleMs: flags.settle,
      iamDelayMs: flags['iam-delay'],
      latencyMs: flags.latency,
      lambdaRate: flags.rate,
      keepCalls: 0,
    }
    const sandbox = await startSandbox({ port: flags.port, world, settings }).catch((error: unknown) => {
      throw portTaken(error, flags.port)
    })
    this.#sandbox = sandbox
    return report('sandbox', environmentOf(sandbox.url), { text: instructions(sandbox.url) })
  }

  protected override async afterReport() {
    await untilStopped()
    process.stderr.write(`\n${this.#sandbox?.requests ?? 0} requests were answered; the account is gone.\n`)
    await this.#sandbox?.close()
  }
}

function environmentOf(url: string) {
  return {
    AWS_ENDPOINT_URL: url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: `AKIA${ACCOUNT}DEMO`,
    AWS_SECRET_ACCESS_KEY: 'sandbox',
  }
}

function instructions(url: string): string {
  const exports = Object.entries(environmentOf(url)).map(([name, value]) => `export ${name}=${value}`)
  return `The sandbox listens on ${url}. In another terminal:\n\n${exports.join('\n')}\n\nxtrace audit\nxtrace audit --org --all-regions\n\nCtrl-C ends it.`
}

function portTaken(error: unknown, port: number): unknown {
  if (!(error instanceof Error && 'code' in error && error.code === 'EADDRINUSE')) return error
  return new XtraceError('USAGE', `Port ${port} is in use.`, {
    suggestions: ['Choose another with --port; --port 0 takes a free one.'],
  })
}
