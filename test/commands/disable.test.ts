/** `xtrace disable`, the built command against the sandbox. */
import { expect } from 'vitest'
import { describe, it, until } from '../support/it.js'
import { inBothModes, type ReportJson, row } from '../support/report-json.js'
import { run, start } from '../support/xtrace.js'

describe.concurrent('disable', () => {
  it('sets PassThrough against the revision, asks nothing of IAM, and does nothing the second time', async ({
    open,
  }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }] })
    const first = await run(['disable', 'orders'], { aws })
    expect(first.status, first.stderr).toBe(0)
    expect(first.stdout).toMatch(/orders +us-east-1 +Active → PassThrough +changed +off/)
    expect(aws.mode('orders')).toBe('PassThrough')
    expect(aws.writes().map(({ body }) => body)).toEqual([
      {
        FunctionName: 'orders',
        TracingConfig: { Mode: 'PassThrough' },
        RevisionId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      },
    ])
    const again = await run(['disable', 'orders', '--json'], { aws })
    expect(again.status).toBe(0)
    expect(row(again.json<ReportJson>(), 'orders')).toMatchObject({ result: 'unchanged', verdict: 'off' })
    expect(aws.writes()).toHaveLength(1)
    expect(aws.calls.filter(({ service }) => service !== 'lambda')).toEqual([])
  })

  it('leaves a function alone that never had a tracing mode', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: undefined }] })
    expect((await run(['disable', 'orders'], { aws })).status).toBe(0)
    expect(aws.writes()).toEqual([])
  })

  it('works where enabling is refused: a role that cannot write, a Kafka source', async ({ open }) => {
    const aws = await open({
      functions: [
        { name: 'orders', role: 'denying-role', mode: 'Active' },
        { name: 'billing', mode: 'Active', eventSources: [{ kind: 'kafka' }] },
        { name: 'shipping', role: 'deleted-role', mode: 'Active' },
      ],
      faults: [{ match: { service: 'iam' }, kind: 'access-denied' }],
    })
    expect((await run(['disable', 'orders', 'billing', 'shipping'], { aws })).status).toBe(0)
    expect(['orders', 'billing', 'shipping'].map((name) => aws.mode(name))).toEqual([
      'PassThrough',
      'PassThrough',
      'PassThrough',
    ])
  })

  for (const name of ['orders:7', 'orders:live', 'orders:$LATEST.PUBLISHED']) {
    it(`refuses ${name} without a single call`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }] })
      const refusal = await inBothModes(['disable', name], { aws })
      expect(refusal).toMatchObject({ code: 'PUBLISHED_VERSION', exit: 5 })
      expect(refusal.suggestions.join()).toContain('xtrace disable orders')
      expect(aws.calls).toEqual([])
    })
  }

  it('refuses what is not there, what it may not change, and a runtime that Lambda no longer updates', async ({
    open,
  }) => {
    const aws = await open({
      functions: [
        { name: 'locked', mode: 'Active' },
        { name: 'old', mode: 'Active', runtime: 'nodejs12.x' },
      ],
      faults: [{ match: { operation: 'UpdateFunctionConfiguration', resource: 'locked' }, kind: 'scp-deny' }],
    })
    const [missing, denied, blocked] = await Promise.all(
      ['nobody', 'locked', 'old'].map((name) => inBothModes(['disable', name], { aws })),
    )
    expect(missing).toMatchObject({ code: 'FUNCTION_NOT_FOUND', exit: 5 })
    expect(denied).toMatchObject({ code: 'ACCESS_DENIED', exit: 5 })
    expect(blocked).toMatchObject({ code: 'RUNTIME_BLOCKED', exit: 5 })
    expect([aws.mode('locked'), aws.mode('old')]).toEqual(['Active', 'Active'])
  })

  it('ends with 6 where part is done, and writes nothing with --dry-run', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }, { name: 'billing' }] })
    const words = ['disable', 'orders', 'billing', 'nobody', '--json']
    const dry = await run([...words, '--dry-run'], { aws })
    expect(aws.writes()).toEqual([])
    const real = await run(words, { aws })
    expect([dry.status, real.status]).toEqual([6, 6])
    const rows = (report: ReportJson) => report.data.functions.map(({ arn, from, to }) => ({ arn, from, to }))
    expect(rows(dry.json<ReportJson>())).toEqual(rows(real.json<ReportJson>()))
    expect(real.json<ReportJson>().data.functions.map(({ result }) => result)).toEqual([
      'changed',
      'unchanged',
      'refused',
    ])
  })

  for (const kind of ['reset-before', 'reset-after', 'http-500', 'throttle'] as const) {
    it(`ends in PassThrough after ${kind} in answer to the update`, async ({ open }) => {
      const aws = await open({
        functions: [{ name: 'orders', mode: 'Active' }],
        faults: [{ match: { operation: 'UpdateFunctionConfiguration' }, kind, times: 1 }],
      })
      expect((await run(['disable', 'orders'], { aws })).status).toBe(0)
      expect(aws.mode('orders')).toBe('PassThrough')
      expect(aws.writes()).toHaveLength(kind === 'reset-after' ? 1 : 2)
    })
  }

  it('stops at Ctrl-C with 130', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }], settings: { settleMs: 60_000 } })
    const { child, ended } = start(['disable', 'orders', '--json'], { aws })
    await until(() => aws.writes().length === 1)
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGINT')
    const { status, json } = await ended
    expect(status).toBe(130)
    expect(json<ReportJson>().error).toMatchObject({ code: 'INTERRUPTED', exit: 130 })
  })
})
