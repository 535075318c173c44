/** `xtrace enable` of several functions: part of them failing, planned only, or named on standard input. */
import { expect } from 'vitest'
import { describe, it } from '../support/it.js'
import { inBothModes, type ReportJson } from '../support/report-json.js'
import { run } from '../support/xtrace.js'

const fnArn = (name: string, region = 'us-east-1') => `arn:aws:lambda:${region}:123456789012:function:${name}`

describe.concurrent('enable: several functions', () => {
  it('does what it can, names every failure, and ends with 6', async ({ open }) => {
    const aws = await open({
      functions: [
        { name: 'orders', role: 'bare-role' },
        { name: 'billing', role: 'denying-role' },
        { name: 'kafka-reader', eventSources: [{ kind: 'msk' }] },
        { name: 'locked' },
      ],
      faults: [{ match: { operation: 'UpdateFunctionConfiguration', resource: 'locked' }, kind: 'explicit-deny' }],
    })
    const names = ['orders', 'billing', 'kafka-reader', 'locked', 'nobody', 'orders:3']
    const script = await run(['enable', ...names, '--json'], { aws })
    expect(script.status).toBe(6)
    const report = script.json<ReportJson>()
    expect(report.outcome).toBe('incomplete')
    expect(report.data.functions.map(({ name, result, error }) => [name, result, error?.code])).toEqual([
      ['orders', 'changed', undefined],
      ['billing', 'refused', 'ROLE_DENIED'],
      ['kafka-reader', 'refused', 'UNSUPPORTED'],
      ['locked', 'failed', 'ACCESS_DENIED'],
      ['nobody', 'refused', 'FUNCTION_NOT_FOUND'],
      ['orders:3', 'refused', 'PUBLISHED_VERSION'],
    ])
    expect(aws.mode('orders')).toBe('Active')
    const before = aws.writes().length

    const human = await run(['enable', ...names], { aws })
    expect(human.status).toBe(6)
    for (const [name, word] of [
      ['billing', 'refused'],
      ['kafka-reader', 'refused'],
      ['locked', 'failed'],
      ['nobody', 'refused'],
      ['orders:3', 'refused'],
    ] as const)
      expect(human.stdout).toMatch(new RegExp(`^${name} .* ${word} `, 'm'))
    expect(aws.writes(), 'only what failed is tried again').toHaveLength(before + 1)
  })

  it('ends with 5 and the first reason where nothing could be done', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'billing', role: 'denying-role' }] })
    const refusal = await inBothModes(['enable', 'billing', 'nobody'], { aws })
    expect(refusal).toMatchObject({ exit: 5 })
    expect(refusal.message).toContain('None of the 2 functions')
  })

  it('shows with --dry-run the rows of the real run, and writes nothing', async ({ open }) => {
    const aws = await open({
      functions: [
        { name: 'orders', role: 'bare-role' },
        { name: 'billing', mode: 'Active' },
        { name: 'blind', role: 'other-bare-role', mode: 'Active' },
        { name: 'shipping', mode: 'PassThrough' },
      ],
    })
    const words = ['enable', 'orders', 'billing', 'blind', 'shipping', 'nobody', '--json']
    const dry = await run([...words, '--dry-run'], { aws })
    expect(aws.writes()).toEqual([])
    const real = await run(words, { aws })
    expect([dry.status, real.status]).toEqual([6, 6])
    const rows = (report: ReportJson) => report.data.functions.map(({ arn, from, to }) => ({ arn, from, to }))
    expect(rows(dry.json<ReportJson>())).toEqual(rows(real.json<ReportJson>()))
    expect(dry.json<ReportJson>().data.functions.map(({ result }) => result)).toEqual([
      'planned',
      'unchanged',
      'planned',
      'planned',
      'refused',
    ])
    expect(dry.json<ReportJson>().data.grants).toMatchObject([{ result: 'planned' }, { result: 'planned' }])
    expect(real.json<ReportJson>().data.grants?.map(({ role }) => role)).toEqual(
      dry.json<ReportJson>().data.grants?.map(({ role }) => role),
    )
  })

  it('reads names from standard input with -: blank lines, comments and CRLF are passed over', async ({ open }) => {
    const aws = await open({ functions: ['orders', 'billing', 'shipping'].map((name) => ({ name })) })
    const input = `# the first wave\r\norders\r\n\r\n  ${fnArn('billing')}  # Anna's\r\n`
    const { status, json } = await run(['enable', 'shipping', '-', '--json'], { aws, input })
    expect(status).toBe(0)
    expect(
      json<ReportJson>()
        .data.functions.map(({ name }) => name)
        .sort(),
    ).toEqual(['billing', 'orders', 'shipping'])
  })

  it('does not read standard input unless it is asked to', async ({ open }) => {
    const aws = await open({ functions: ['orders', 'billing'].map((name) => ({ name })) })
    const { status } = await run(['enable', 'orders'], { aws, input: 'billing\n' })
    expect(status).toBe(0)
    expect([aws.mode('orders'), aws.mode('billing')]).toEqual(['Active', 'PassThrough'])
  })

  it('works in every region that is named', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }, { name: 'orders', region: 'eu-west-1' }] })
    const { status, stdout } = await run(['enable', 'orders', '--region', 'us-east-1,eu-west-1'], { aws })
    expect(status).toBe(0)
    expect(stdout).toMatch(/orders +us-east-1/)
    expect(stdout).toMatch(/orders +eu-west-1/)
    expect([aws.mode('orders'), aws.mode('orders', 'eu-west-1')]).toEqual(['Active', 'Active'])
  })
})
