/** `xtrace audit` against rules, against an earlier audit, and the plan that repairs what it finds. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from '../support/it.js'
import { type ReportJson, row } from '../support/report-json.js'
import type { SmallFunction } from '../support/world.js'
import { run } from '../support/xtrace.js'

const arnOf = (name: string) => `arn:aws:lambda:us-east-1:123456789012:function:${name}`
const found = ({ findings }: ReportJson) => findings.map(({ id, subject }) => [id, subject.split(':')[6]])

const RULES = `version: 1
rules:
  - match: { name: "old-*" }
    tracing: exempt
    reason: retired in Q1
    expires: 2020-03-31
  - match: { name: "legacy-*" }
    tracing: exempt
    reason: retired next year
    expires: 2099-03-31
  - match: { tags: { tier: [gold, silver] } }
    tracing: Active
    aliases: [live]
  - match: { name: quiet }
    tracing: PassThrough
default: { tracing: Active }
`

const RULED: SmallFunction[] = [
  { name: 'old-report' },
  { name: 'legacy-report' },
  { name: 'golden', mode: 'Active', tags: { tier: 'gold' } },
  {
    name: 'silver',
    mode: 'Active',
    tags: { tier: 'silver' },
    versions: [{ mode: 'Active' }, { mode: 'PassThrough' }],
    aliases: [
      { name: 'live', version: '1' },
      { name: 'canary', version: '2' },
    ],
  },
  { name: 'quiet', mode: 'Active' },
  { name: 'traced', mode: 'Active' },
  { name: 'owned', tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Owned' } },
]

describe.concurrent('audit by rules', () => {
  it('lets the first rule that matches decide, and says what is not as it wants', async ({ open, state, expect }) => {
    const rules = join(state, 'rules.yml')
    writeFileSync(rules, RULES)
    const aws = await open({ functions: RULED })
    const [human, script] = await Promise.all([
      run(['audit', '--rules', rules], { aws }),
      run(['audit', '--rules', rules, '--json'], { aws }),
    ])
    const report = script.json<ReportJson>()
    expect([human.status, script.status]).toEqual([3, 3])
    expect(Object.fromEntries(report.data.functions.map(({ name, verdict }) => [name, verdict]))).toEqual({
      'old-report': 'off',
      'legacy-report': 'exempt',
      golden: 'traced',
      silver: 'stale',
      quiet: 'traced',
      traced: 'traced',
      owned: 'off',
    })
    expect(found(report).sort()).toEqual([
      ['XT001', 'owned'],
      ['XT004', 'old-report'],
      ['XT005', 'quiet'],
      ['XT006', 'golden'],
    ])
    expect(row(report, 'legacy-report').because).toBe('exempt: retired next year (until 2099-03-31)')
    expect(report.findings.find(({ id }) => id === 'XT005')?.repair).toBe(`xtrace disable ${arnOf('quiet')}`)
    expect(row(report, 'owned').owner).toEqual({ stack: 'shop', logicalId: 'Owned', by: 'CloudFormation' })
    expect(human.stdout).toMatch(/^XT004 +old-report +us-east-1 +the exemption ended on 2020-03-31/m)
    expect(human.stdout).toContain('TracingConfig')
  })

  it('reads xtrace.yml of the folder, and the regions that it names', async ({ open, state, expect }) => {
    writeFileSync(join(state, 'xtrace.yml'), 'version: 1\nregions: [eu-west-1]\n')
    const aws = await open({ functions: [{ name: 'orders', region: 'eu-west-1' }] })
    const { json } = await run(['audit', '--json'], { aws, cwd: state })
    expect(json<ReportJson>().coverage.map(({ region }) => region)).toEqual(['eu-west-1'])
    const named = await run(['audit', '--json', '--region', 'us-east-1'], { aws, cwd: state })
    expect(named.json<ReportJson>().coverage.map(({ region }) => region)).toEqual(['us-east-1'])
  })

  it('calls a function unknown whose rule asks for tags that cannot be read', async ({ open, state, expect }) => {
    const rules = join(state, 'rules.yml')
    writeFileSync(
      rules,
      'version: 1\nrules:\n  - match: { tags: { tier: gold } }\n    tracing: exempt\n    reason: dear\n',
    )
    const faults = [{ match: { operation: 'GetResources' }, kind: 'access-denied' as const }]
    const aws = await open({ functions: [{ name: 'orders', mode: 'Active' }], faults })
    const { status, json } = await run(['audit', '--rules', rules, '--json'], { aws })
    expect(status).toBe(6)
    expect(row(json<ReportJson>(), 'orders')).toMatchObject({
      verdict: 'unknown',
      because: expect.stringContaining('line 3'),
    })
  })

  it('refuses rules that cannot be read before any call, with the place', async ({ open, state, expect }) => {
    const rules = join(state, 'rules.yml')
    writeFileSync(rules, 'version: 1\nrules:\n  - match: { name: "a*" }\n    tracing: activ\n')
    const aws = await open()
    const { status, stderr } = await run(['audit', '--rules', rules], { aws })
    expect(status).toBe(2)
    expect(stderr).toContain(`${rules}:4:14: `)
    expect(aws.calls).toEqual([])
  })
})

describe.concurrent('audit since a baseline', () => {
  it('tells of what has changed and of nothing else', async ({ open, state, expect }) => {
    const baseline = join(state, 'baseline.json')
    const aws = await open({
      functions: [
        { name: 'switched', mode: 'Active' },
        { name: 'same', mode: 'PassThrough' },
        { name: 'gone', mode: 'Active' },
        { name: 'robbed', mode: 'Active', role: 'inline-role' },
        {
          name: 'moved',
          mode: 'Active',
          versions: [{ mode: 'Active' }, { mode: 'Active' }],
          aliases: [{ name: 'live', version: '1' }],
        },
      ],
    })
    const first = await run(['audit', '--json', '--output', baseline], { aws })
    expect([first.status, first.stdout]).toEqual([3, ''])
    const quiet = await run(['audit', '--baseline', baseline, '--json'], { aws })
    expect([quiet.status, quiet.json<ReportJson>().findings]).toEqual([0, []])

    const account = aws.sandbox.world.account('123456789012')
    const region = account.region('us-east-1')
    const switched = region.function('switched')
    switched.update({ ...switched.configuration, TracingConfig: { Mode: 'PassThrough' } }, 0)
    region.remove('gone')
    const robbed = account.role('inline-role')
    robbed.changePermissions({ ...robbed.permissions, inline: new Map() }, 0)
    region.addFunction({ name: 'fresh', role: account.role('writing-role').arn, mode: 'Active' })
    region.function('moved').setAlias({ name: 'live', version: '2', weights: {}, description: '' })
    const { status, json } = await run(['audit', '--baseline', baseline, '--json'], { aws })
    expect(status).toBe(3)
    expect(found(json<ReportJson>()).sort()).toEqual([
      ['XT101', 'switched'],
      ['XT102', 'robbed'],
      ['XT103', 'moved'],
      ['XT104', 'fresh'],
      ['XT105', 'gone'],
    ])
  })

  it('does not call unchanged what the baseline has not looked at', async ({ open, state, expect }) => {
    const baseline = join(state, 'baseline.json')
    const aws = await open({ functions: [{ name: 'here' }, { name: 'there', region: 'eu-west-1' }] })
    await run(['audit', '--json', '--output', baseline], { aws })
    const { status, json } = await run(['audit', '--baseline', baseline, '--region', 'us-east-1,eu-west-1', '--json'], {
      aws,
    })
    expect(status).toBe(3)
    expect(found(json<ReportJson>())).toEqual([['XT001', 'there']])
    expect(json<ReportJson>().notes.join()).toContain('1 functions are not in what the baseline looked at')
  })

  it('refuses what is no audit', async ({ open, state, expect }) => {
    const baseline = join(state, 'baseline.json')
    writeFileSync(baseline, '{"schema":"xtrace/show@1"}')
    const { status, stderr } = await run(['audit', '--baseline', baseline], { aws: await open() })
    expect(status).toBe(2)
    expect(stderr).toContain('is not an audit to compare with')
  })
})

describe.concurrent('the repair of an audit', () => {
  it('is a plan that apply carries out, after which all is traced', async ({ open, state, expect }) => {
    const plan = join(state, 'repair.json')
    const aws = await open({
      functions: [
        { name: 'off', role: 'bare-role' },
        { name: 'blind', mode: 'Active', role: 'other-bare-role' },
        {
          name: 'stale',
          mode: 'Active',
          versions: [{ mode: 'PassThrough' }],
          aliases: [{ name: 'live', version: '1' }],
        },
        { name: 'traced', mode: 'Active' },
      ],
    })
    const audited = await run(['audit', '--save-plan', plan], { aws })
    expect(audited.status).toBe(3)
    expect(audited.stdout).toContain(`the plan is in ${plan}: xtrace apply ${plan} carries it out\n`)
    expect(aws.writes()).toEqual([])
    expect(readFileSync(plan, 'utf8')).toContain('xtrace/plan@1')
    const dry = await run(['apply', plan, '--dry-run'], { aws, state })
    expect(dry.stdout).toContain('alias live of stale (us-east-1) would move from version 1 to a new version')
    const applied = await run(['apply', plan], { aws, state })
    expect(applied.status, applied.stderr).toBe(0)
    expect(applied.stdout).toContain('alias live of stale (us-east-1) moved from version 1 to version 2')
    const again = await run(['audit', '--json'], { aws })
    expect(again.json<ReportJson>().data.counts).toMatchObject({ traced: 4 })
    expect(again.status).toBe(0)
  })
})

describe.concurrent('audit against templates', () => {
  const owned = (name: string, logicalId: string, mode: 'Active' | 'PassThrough') => ({
    name,
    mode,
    tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': logicalId },
  })

  it('tells of functions that the next deployment would change, at their line', async ({ open, state, expect }) => {
    const template = join(state, 'shop.yaml')
    const resource = (id: string, mode: string) =>
      `  ${id}:\n    Type: AWS::Lambda::Function\n    Properties:\n      TracingConfig: { Mode: ${mode} }\n      Role: arn:aws:iam::123456789012:role/r\n`
    writeFileSync(
      template,
      `Resources:\n${resource('On', 'Active')}${resource('Off', 'PassThrough')}${resource('Same', 'Active')}`,
    )
    const aws = await open({
      functions: [owned('on', 'On', 'PassThrough'), owned('off', 'Off', 'Active'), owned('same', 'Same', 'Active')],
    })
    const words = ['audit', '--json', '--template']
    const [ours, theirs] = await Promise.all([
      run([...words, template], { aws }),
      run([...words, `other=${template}`], { aws }),
    ])
    const report = ours.json<ReportJson>()
    expect(found(report).sort()).toEqual([
      ['XT001', 'on'],
      ['XT204', 'off'],
      ['XT204', 'on'],
    ])
    expect(report.findings.find(({ subject }) => subject === arnOf('off'))).toMatchObject({
      message: expect.stringContaining(`${template}:7`),
      repair: `xtrace template fix ${template}`,
      place: { file: template, line: 7, column: 3 },
    })
    expect(found(theirs.json<ReportJson>())).toEqual([['XT001', 'on']])
    expect(report.notes).toEqual([])
    expect(theirs.json<ReportJson>().notes).toEqual([
      'no function of stack other was read: its template was held against nothing',
      'no function was held against a template',
    ])
  })
})
