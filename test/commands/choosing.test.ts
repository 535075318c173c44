/** Which functions `xtrace enable` and `disable` mean when they are not named one by one. */
import { expect } from 'vitest'
import type { FaultRule } from '../../src/sandbox/server.js'
import { type Aws, describe, it } from '../support/it.js'
import { inBothModes, type ReportJson } from '../support/report-json.js'
import { accepted, FAST, fleet, HURRY, SEVERAL } from '../support/rollout.js'
import type { SmallFunction } from '../support/world.js'
import { type Run, run } from '../support/xtrace.js'

const TEAM: SmallFunction[] = [
  { name: 'api-orders', tags: { team: 'web', tier: 'gold' } },
  { name: 'api-billing', tags: { team: 'web', tier: 'silver' }, runtime: 'python3.13' },
  { name: 'worker', tags: { team: 'data', tier: 'gold', empty: '' }, runtime: 'python3.12' },
  { name: 'Worker-2', tags: { 'aws:cloudformation:stack-name': 'shop', team: 'a=b' } },
  { name: 'image', packageType: 'Image' },
]

const WHERE = { regions: ['us-east-1', 'eu-west-1'], settings: FAST }

/** Names of the functions that were changed, with the region where it is not the default one. */
const changed = ({ calls }: Aws) =>
  accepted(calls, 'UpdateFunctionConfiguration')
    .map(({ resource, region }) => (region === 'us-east-1' ? `${resource}` : `${resource} ${region}`))
    .sort()

describe.concurrent('choosing functions', SEVERAL, () => {
  // The retries of http-500 take seconds: they are first, so that the others run meanwhile.
  for (const kind of ['http-500', 'access-denied', 'scp-deny'] as const)
    for (const words of ['--tag team=web', '--stack shop', '--tag team --match *'])
      it(`never widens ${words} where tags cannot be read (${kind}): refused, and nothing written`, async ({
        open,
        state,
      }) => {
        const aws = await open({ ...WHERE, functions: TEAM, faults: [{ match: { service: 'tagging' }, kind }] })
        const { status, json } = await run(['enable', ...words.split(' '), '--yes', '--json'], { aws, state })
        expect(status).toBe(5)
        expect(json<ReportJson>().error?.message).toMatch(/tag/)
        expect(aws.writes()).toEqual([])
      })

  const CHOICES: ReadonlyArray<readonly [words: string[], names: string[]]> = [
    [['--all'], ['Worker-2', 'api-billing', 'api-orders', 'image', 'worker']],
    [
      ['--all', '--exclude', 'api-*', '--exclude=*mag*'],
      ['Worker-2', 'worker'],
    ],
    [
      ['--match', 'api-*'],
      ['api-billing', 'api-orders'],
    ],
    [
      ['--match', 'api-o*', '--match', 'worker'],
      ['api-orders', 'worker'],
    ],
    [['--match', 'api-*', '--exclude', '*-orders'], ['api-billing']],
    [['--match', 'api'], []],
    [
      ['--tag', 'team=web'],
      ['api-billing', 'api-orders'],
    ],
    [
      ['--tag', 'team=web', '--tag', 'team=data'],
      ['api-billing', 'api-orders', 'worker'],
    ],
    [['--tag', 'team=web', '--tag', 'tier=gold'], ['api-orders']],
    [
      ['--tag', 'tier'],
      ['api-billing', 'api-orders', 'worker'],
    ],
    [['--tag', 'team=a=b'], ['Worker-2']],
    [['--tag', 'empty='], ['worker']],
    [['--tag', 'TEAM=web'], []],
    [['--tag', 'team=web', '--match', '*-orders'], ['api-orders']],
    [
      ['--runtime', 'python*'],
      ['api-billing', 'worker'],
    ],
    [
      ['--runtime', 'python3.12', '--runtime', 'nodejs*'],
      ['Worker-2', 'api-orders', 'worker'],
    ],
    [['--stack', 'shop'], ['Worker-2']],
    [['--stack', 'shop', '--tag', 'team=web'], []],
  ]

  for (const [words, names] of CHOICES) {
    it(`${words.join(' ')} means ${names.join(', ') || 'nothing'}`, async ({ open, state }) => {
      const aws = await open({ ...WHERE, functions: TEAM })
      const { status, stderr, json } = await run(['enable', ...words, '--dry-run', '--json'], { aws, state })
      expect(status, stderr).toBe(0)
      const chosen = json<ReportJson>().data.functions
      expect(chosen.map(({ name }) => name).sort()).toEqual(names)
      expect(chosen.filter(({ result }) => result !== 'planned')).toEqual([])
      expect(aws.writes()).toEqual([])
    })
  }

  it('changes what it chose, and nothing else', async ({ open, state }) => {
    const aws = await open({ ...WHERE, functions: TEAM })
    const words = ['enable', '--tag', 'tier', '--exclude', '*-billing', ...HURRY, '--yes']
    expect((await run(words, { aws, state })).status).toBe(0)
    expect(changed(aws)).toEqual(['api-orders', 'worker'])
  })

  it('chooses alike for disable', async ({ open, state }) => {
    const aws = await open({ ...WHERE, functions: TEAM.map((one) => ({ ...one, mode: 'Active' as const })) })
    const words = ['disable', '--tag', 'team', '--exclude', 'api-*', ...HURRY, '--yes']
    expect((await run(words, { aws, state })).status).toBe(0)
    expect(changed(aws)).toEqual(['Worker-2', 'worker'])
  })

  it('says so where nothing is chosen, and ends with 0', async ({ open, state }) => {
    const aws = await open({ ...WHERE, functions: TEAM })
    for (const words of [
      ['--match', 'nobody-*'],
      ['--tag', 'team=nobody'],
      ['--match', 'nobody-*', '--dry-run', '--detailed-exitcode'],
    ]) {
      const { status, stdout } = await run(['enable', ...words], { aws, state })
      expect(status).toBe(0)
      expect(stdout).toContain('no function matches')
    }
    expect(aws.writes()).toEqual([])
  })

  const MISTAKES: ReadonlyArray<readonly [what: string, words: string[], word: string]> = [
    ['nothing', [], 'No function was chosen'],
    ['nothing but what is left out', ['--exclude', 'api-*'], 'No function was chosen'],
    ['a name and a flag', ['api-orders', '--all'], 'either named or selected'],
    ['a name and a pattern', ['api-orders', '--match', 'worker'], 'either named or selected'],
    ['a name and what is left out', ['api-orders', '--exclude', 'worker'], 'either named or selected'],
    ['all, and a condition', ['--all', '--tag', 'team=web'], '--all'],
    ['an empty pattern', ['--match', ''], 'empty'],
    ['an empty pattern among others', ['--match', 'api-*', '--match='], 'empty'],
    ['an empty exception', ['--all', '--exclude', ''], 'empty'],
    ['an empty runtime', ['--runtime', ''], 'empty'],
    ['an empty tag', ['--tag', ''], '--tag'],
    ['a tag without key', ['--tag', '=web'], '--tag'],
    ['an empty stack', ['--stack', ''], 'empty'],
    ['a list that nobody can pick from', ['--interactive'], 'terminal'],
    ['a region and all of them', ['--all', '--all-regions', '--region', 'us-east-1'], '--all-regions'],
    ['a selection that nobody has agreed to', ['--all'], 'Without a terminal nobody can be asked'],
  ]

  for (const [what, words, word] of MISTAKES) {
    it(`ends with 2 for ${what}, and writes nothing`, async ({ open, state }) => {
      const aws = await open({ ...WHERE, functions: TEAM })
      const agreed = what.includes('agreed') ? [] : ['--yes']
      const { status, json } = await run(['enable', ...words, ...agreed, '--json'], { aws, state })
      expect(status).toBe(2)
      const { error } = json<ReportJson>()
      expect(error).toMatchObject({ code: 'USAGE', exit: 2, message: expect.stringContaining(word) })
      expect(aws.writes()).toEqual([])
    })
  }

  it('follows the pages to the end: of 120 functions one is Active, 119 are written', async ({ open, state }) => {
    const aws = await open({
      functions: Array.from({ length: 120 }, (_, index) => ({
        name: `fn-${index}`,
        mode: index === 77 ? ('Active' as const) : undefined,
      })),
      settings: FAST,
    })
    const { status, stderr, json } = await run(['enable', '--all', '--yes', ...HURRY, '--json'], { aws, state })
    expect(status, stderr).toBe(0)
    expect(accepted(aws.calls)).toHaveLength(119)
    expect(aws.writes()).toHaveLength(119)
    expect(aws.calledFor('ListFunctions')).toHaveLength(3)
    expect(json<ReportJson>().data.functions.filter(({ result }) => result === 'unchanged')).toMatchObject([
      { name: 'fn-77' },
    ])
    const again = await run(['enable', '--all', '--yes', ...HURRY], { aws, state })
    expect(again.status).toBe(0)
    expect(aws.writes(), 'the second time there is nothing to do').toHaveLength(119)
  })
})

describe.concurrent('choosing regions', SEVERAL, () => {
  const EVERYWHERE: SmallFunction[] = ['us-east-1', 'eu-west-1', 'ap-south-1', 'me-south-1'].map((region) => ({
    name: 'orders',
    region,
  }))
  const coverage = ({ json }: Run) =>
    Object.fromEntries(json<ReportJson>().coverage.map(({ region, status }) => [region, status]))

  it('reads the regions that are named, and no other', async ({ open, state }) => {
    const aws = await open({ functions: EVERYWHERE, settings: FAST })
    const words = ['enable', '--all', '--region', 'us-east-1,eu-west-1', '--region', 'us-east-1', '--yes', '--json']
    const ended = await run(words, { aws, state })
    expect(ended.status, ended.stderr).toBe(0)
    expect(changed(aws)).toEqual(['orders', 'orders eu-west-1'])
    expect(coverage(ended)).toEqual({ 'us-east-1': 'read', 'eu-west-1': 'read' })
    expect(aws.calledFor('ListRegions')).toEqual([])
  })

  it('finds all regions that are enabled, and leaves out those that are not', async ({ open, state }) => {
    const aws = await open({ functions: EVERYWHERE, settings: FAST })
    const ended = await run(['enable', '--match', 'ord*', '--all-regions', '--yes', '--json'], { aws, state })
    expect(ended.status, ended.stderr).toBe(0)
    expect(changed(aws)).toEqual(['orders', 'orders ap-south-1', 'orders eu-west-1'])
    const places = coverage(ended)
    expect(Object.keys(places)).toHaveLength(17)
    expect(new Set(Object.values(places))).toEqual(new Set(['read']))
    expect(aws.calledFor('DescribeRegions')).toEqual([])
    expect(aws.calls.filter(({ region }) => region === 'me-south-1')).toEqual([])
  })

  it('asks EC2 where the account API is denied', async ({ open, state }) => {
    const aws = await open({
      functions: EVERYWHERE,
      settings: FAST,
      regions: ['us-east-1', 'ap-south-1'],
      faults: [{ match: { operation: 'ListRegions' }, kind: 'access-denied' }],
    })
    const ended = await run(['enable', '--tag', 'x', '--all-regions', '--yes', '--json'], { aws, state })
    expect(ended.status, ended.stderr).toBe(0)
    expect(coverage(ended)).toEqual({ 'us-east-1': 'read', 'ap-south-1': 'read' })
    expect(ended.json<ReportJson>().notes.join()).not.toMatch(/known regions/)
  })

  it('tries all known regions where nobody says which there are: says so, and ends with 6', async ({ open, state }) => {
    const aws = await open({
      functions: EVERYWHERE,
      settings: FAST,
      regions: ['us-east-1', 'eu-west-1'],
      faults: [{ match: { operation: ['ListRegions', 'DescribeRegions'] }, kind: 'access-denied' }],
    })
    const words = ['enable', '--all', '--all-regions', '--yes']
    const human = await run([...words, '--dry-run'], { aws, state })
    expect(human.status).toBe(6)
    expect(human.stdout + human.stderr).toMatch(/list of regions could not be read .*account:ListRegions/)
    expect(human.stdout).toMatch(/me-south-1 +not-enabled/)
    const script = await run([...words, '--json'], { aws, state })
    expect(script.status).toBe(6)
    expect(script.json<ReportJson>().notes.join('\n')).toMatch(/list of regions could not be read/)
    expect(coverage(script)).toMatchObject({ 'us-east-1': 'read', 'eu-west-1': 'read', 'me-south-1': 'not-enabled' })
    expect(changed(aws)).toEqual(['orders', 'orders eu-west-1'])
  })

  const TAGGED = EVERYWHERE.map((one) => ({ ...one, tags: { team: 'web' } }))
  const THREE = ['--region', 'us-east-1,eu-west-1,ap-south-1', '--yes']
  const GAPS: ReadonlyArray<readonly [kind: FaultRule['kind'], choice: string[], status: string]> = [
    ['access-denied', ['--all'], 'denied-iam'],
    ['scp-deny', ['--match', '*'], 'denied-scp'],
    ['region-off', ['--all'], 'not-enabled'],
    ['region-off', ['--tag', 'team=web'], 'not-enabled'],
  ]

  for (const [kind, choice, status] of GAPS) {
    it(`does the rest where one region answers ${kind}, for ${choice[0]}: 6, and which one`, async ({
      open,
      state,
    }) => {
      const aws = await open({
        functions: TAGGED,
        settings: FAST,
        faults: ['lambda', 'tagging'].map((service) => ({ match: { service, region: 'eu-west-1' }, kind })),
      })
      const words = ['enable', ...choice, ...THREE]
      const dry = await run([...words, '--dry-run'], { aws, state })
      expect(aws.writes()).toEqual([])
      const script = await run([...words, '--json'], { aws, state })
      expect([dry.status, script.status]).toEqual([6, 6])
      expect(coverage(script)).toEqual({ 'us-east-1': 'read', 'eu-west-1': status, 'ap-south-1': 'read' })
      expect(dry.stdout).toMatch(new RegExp(`eu-west-1 +${status}`))
      expect(changed(aws)).toEqual(['orders', 'orders ap-south-1'])
    })
  }

  it('does nothing where the tags of one region cannot be read', async ({ open, state }) => {
    const aws = await open({
      functions: TAGGED,
      settings: FAST,
      faults: [{ match: { service: 'tagging', region: 'eu-west-1' }, kind: 'access-denied' }],
    })
    const refusal = await inBothModes(['enable', '--tag', 'team=web', ...THREE], { aws, state })
    expect(refusal).toMatchObject({ code: 'ACCESS_DENIED', exit: 5 })
    expect(aws.writes()).toEqual([])
  })

  it('is refused where no region can be read', async ({ open, state }) => {
    const aws = await open({
      functions: fleet(3),
      settings: FAST,
      faults: [{ match: { operation: 'ListFunctions' }, kind: 'access-denied' }],
    })
    const words = ['enable', '--all', '--region', 'us-east-1,eu-west-1', '--yes']
    const refusal = await inBothModes(words, { aws, state })
    expect(refusal).toMatchObject({ code: 'ACCESS_DENIED', exit: 5 })
    expect(refusal.message).toContain('lambda:ListFunctions')
    expect(aws.writes()).toEqual([])
  })
})
