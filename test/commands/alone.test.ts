/** Every command, and every exit status but Ctrl-C's, in a process of its own: it ends and prints as where others ran before it. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type AwsOptions, describe, it } from '../support/it.js'
import { FAST, SEVERAL } from '../support/rollout.js'
import { run, runAlone } from '../support/xtrace.js'

const WORLD: AwsOptions = {
  functions: [
    { name: 'orders', role: 'bare-role' },
    { name: 'billing', mode: 'Active' },
  ],
  regions: ['us-east-1'],
  settings: FAST,
}

const TEMPLATE = `Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties: { Runtime: nodejs22.x }
`

const NEW = ['--image-uri', 'registry/app:1', '--role', 'writing-role']

interface Case {
  words: string[]
  status: number
  /** What was done before it. */
  before?: string[][]
  env?: Record<string, undefined>
}

const CASES: readonly Case[] = [
  { words: ['show', 'orders', 'billing'], status: 0 },
  { words: ['enable', 'orders'], status: 0 },
  { words: ['disable', '--match', 'bill*', '--revoke', '--yes'], status: 0 },
  { words: ['create', 'new', ...NEW], status: 0 },
  { words: ['cost'], status: 0 },
  { words: ['permissions', 'enable'], status: 0 },
  { words: ['completion', 'bash'], status: 0 },
  { words: ['runs'], status: 0, before: [['enable', 'orders']] },
  { words: ['resume', 'last'], status: 0, before: [['enable', 'orders']] },
  { words: ['undo', 'last'], status: 0, before: [['enable', 'orders']] },
  { words: ['template', 'fix', 'template.yaml'], status: 0 },
  { words: ['enable'], status: 2 },
  { words: ['enabel', 'orders'], status: 2 },
  { words: ['audit'], status: 3 },
  { words: ['template', 'check', 'template.yaml'], status: 3 },
  { words: ['verify', 'orders'], status: 3 },
  { words: ['show', 'orders'], status: 4, env: { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined } },
  { words: ['disable', 'nobody'], status: 5 },
  { words: ['enable', 'orders', 'nobody'], status: 6 },
  {
    words: ['apply', 'plan.json'],
    status: 7,
    before: [
      ['enable', 'orders', '--save-plan', 'plan.json'],
      ['enable', 'orders'],
    ],
  },
]

/** Each for people; the first of each status as JSON too. */
const RUNS: readonly Case[] = CASES.flatMap((one, index) => {
  const first = CASES.findIndex(({ status }) => status === one.status) === index
  return first ? [one, { ...one, words: [...one.words, '--json'] }] : [one]
})

/** Without what differs from one run to the next. */
const steady = (text: string) =>
  text
    .replace(/\d{8}T\d{6}Z-\w+/g, 'RUN')
    .replace(/\b[0-9a-f]{16}\b/g, 'PLAN')
    .replace(/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z/g, 'TIME')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d/g, 'TIME')

describe.concurrent('a process of its own', SEVERAL, () => {
  for (const { words, status, before = [], env = {} } of RUNS)
    it(`ends xtrace ${words.join(' ')} with ${status}, as any other does`, async ({ open, state }) => {
      const ended = await Promise.all(
        [run, runAlone].map(async (way) => {
          const aws = await open(WORLD)
          const cwd = join(state, way.name)
          mkdirSync(cwd)
          writeFileSync(join(cwd, 'template.yaml'), TEMPLATE)
          const options = { aws, cwd, state: join(cwd, 'state') }
          for (const earlier of before) expect((await run(earlier, options)).status, earlier.join(' ')).toBe(0)
          const { stdout, stderr, status } = await way(words, { ...options, env })
          return { stdout: steady(stdout), stderr: steady(stderr), status, world: aws.sandbox.world.snapshot() }
        }),
      )
      expect(ended[0]).toEqual(ended[1])
      expect(ended[1]?.status, ended[1]?.stderr).toBe(status)
    })
})
