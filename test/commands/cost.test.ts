/** `xtrace cost`, the built command against the sandbox: figures that agree with what ran there, and gaps that are told. */
import { expect } from 'vitest'
import type { Cost } from '../../src/usecases/cost/request.js'
import { describe, it } from '../support/it.js'
import type { ReportJson } from '../support/report-json.js'
import { run } from '../support/xtrace.js'

type CostJson = Omit<ReportJson, 'data'> & { data: Cost }

const MINUTES = 30 * 24 * 60

describe.concurrent('cost', () => {
  it('says what a month costs, now and with tracing on, to people and scripts alike', async ({ open }) => {
    const aws = await open({
      functions: [
        { name: 'busy', traffic: { perMinute: 600 } },
        { name: 'quiet', mode: 'Active', traffic: { perMinute: 2 } },
        { name: 'idle' },
      ],
    })
    const script = await run(['cost', '--json'], { aws })
    const { schema, outcome, data, coverage } = script.json<CostJson>()
    expect([script.status, schema, outcome]).toEqual([0, 'xtrace/cost@1', 'ok'])
    expect(coverage).toEqual([{ account: '123456789012', region: 'us-east-1', status: 'read' }])
    expect(data.functions.map(({ name }) => name)).toEqual(['busy', 'quiet', 'idle'])
    const [busy, quiet, idle] = data.functions
    expect((busy?.invocations ?? 0) / (600 * MINUTES)).toBeCloseTo(1, 1)
    expect((quiet?.now?.traces.expected ?? 0) / (2 * MINUTES)).toBeCloseTo(1, 1)
    expect([busy?.now?.dollars.most, idle?.invocations]).toEqual([0, 0])
    const { least, expected, most } = data.total.after.dollars
    expect([least < expected, expected < most]).toEqual([true, true])
    const human = await run(['cost'], { aws })
    expect(human.status).toBe(0)
    expect(human.stdout).toMatch(/^on for all of them +[\d,]+ +\$\d+\.\d\d /m)
    expect(human.stdout).toMatch(/^difference +[\d,]+ +\$\d+\.\d\d +\$\d+\.\d\d +\$\d+\.\d\d$/m)
    expect(human.stdout).toMatch(/^busy +us-east-1 +PassThrough +[\d,]+ +[\d,]+ +\$0 +\$\d+\.\d\d/m)
    expect(aws.writes()).toEqual([])
    expect(aws.calledFor('GetMetricData')).toHaveLength(2)
  })

  it('ends with 6 where a region does not tell how often its functions ran', async ({ open }) => {
    const aws = await open({
      functions: [
        { name: 'here', traffic: { perMinute: 2 } },
        { name: 'there', region: 'eu-west-1', traffic: { perMinute: 2 } },
      ],
      faults: [{ match: { operation: 'GetMetricData', region: 'eu-west-1' }, kind: 'access-denied' }],
    })
    const { status, json } = await run(['cost', '--region', 'us-east-1,eu-west-1', '--json'], { aws })
    const { outcome, data, coverage } = json<CostJson>()
    expect([status, outcome]).toEqual([6, 'incomplete'])
    expect(coverage.map(({ region, status }) => [region, status])).toEqual([
      ['us-east-1', 'read'],
      ['eu-west-1', 'denied-iam'],
    ])
    expect(data.functions[1]).toMatchObject({ name: 'there', invocations: null, now: null, after: null })
  })
})
