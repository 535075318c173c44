/** The keys and kinds of every command's JSON, as committed and as the published schemas say: what scripts may rely on. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from '../support/it.js'
import { SEVERAL } from '../support/rollout.js'
import type { SmallFunction } from '../support/world.js'
import { run } from '../support/xtrace.js'
import { faultsOfPlan, faultsOfReport } from './schema/validate.js'

/** One function of every kind of evidence. */
const FUNCTIONS: SmallFunction[] = [
  {
    name: 'rich',
    mode: 'Active',
    versions: [{ mode: 'Active' }, { mode: 'PassThrough' }],
    aliases: [{ name: 'live', version: '1', weights: { '2': 0.5 } }],
    layers: ['arn:aws:lambda:us-east-1:464622532012:layer:Datadog-Extension:86'],
    tags: { 'aws:cloudformation:stack-name': 'shop', 'aws:cloudformation:logical-id': 'Rich' },
    traffic: { perMinute: 60, coldShare: 1, form: 'annotations' },
  },
  { name: 'image', mode: 'PassThrough', packageType: 'Image', role: 'bare-role' },
  { name: 'blind', mode: 'Active', role: 'other-bare-role' },
]

const COMMANDS: ReadonlyArray<readonly [name: string, status: number, words: string[]]> = [
  ['show', 6, ['show', 'rich', 'image', 'rich:live', 'nobody']],
  ['audit', 6, ['audit', '--region', 'us-east-1,eu-west-1']],
  ['verify', 6, ['verify', 'rich', 'blind', 'nobody']],
  ['cost', 6, ['cost', 'rich', 'nobody']],
  ['enable', 6, ['enable', 'rich', 'image', 'blind', 'nobody']],
  ['disable', 6, ['disable', 'rich', 'image', 'nobody']],
  ['create', 0, ['create', 'new', '--role', 'bare-role', '--image-uri', 'registry/app:1']],
  ['permissions', 0, ['permissions']],
  ['refused', 5, ['enable', 'nobody']],
  ['wrong-usage', 2, ['enable']],
]

describe.concurrent('JSON', () => {
  it('is the same with --json and with --format json', async ({ open, expect }) => {
    const aws = await open({ functions: FUNCTIONS })
    const forms = [['--json'], ['--format', 'json'], ['--format=json']]
    const runs = await Promise.all(forms.map((form) => run(['show', 'rich', 'nobody', ...form], { aws })))
    expect(new Set(runs.map(({ stdout }) => stdout)).size).toBe(1)
    expect(runs.map(({ status }) => status)).toEqual([6, 6, 6])
  })

  for (const [name, status, words] of COMMANDS) {
    it(`of ${name} has the committed shape`, async ({ open, expect }) => {
      const aws = await open({
        functions: FUNCTIONS,
        faults: [{ match: { region: 'eu-west-1' }, kind: 'scp-deny' }],
      })
      const ended = await run([...words, '--json'], { aws })
      expect(ended.status, ended.stderr).toBe(status)
      const shape = JSON.stringify(shapeOf([ended.json<unknown>()]), null, 2)
      await expect(`${shape}\n`).toMatchFileSnapshot(`golden/json/${name}.json`)
      expect(faultsOfReport(ended.json())).toEqual([])
    })
  }
})

describe('JSON of rollouts', SEVERAL, () => {
  const shapes: Array<readonly [name: string, status: number, words: (state: string) => string[]]> = [
    ['plan-saved', 0, (state) => ['enable', '--match', '*', '--save-plan', join(state, 'plan.json')]],
    ['selection', 6, () => ['enable', '--tag', 'team', '--yes', '--region', 'us-east-1,eu-west-1']],
    ['stale', 7, (state) => ['apply', join(state, 'plan.json')]],
    ['apply', 7, (state) => ['apply', join(state, 'plan.json'), '--skip-stale']],
    ['resume', 6, () => ['resume', 'last']],
    ['undo', 0, () => ['undo', 'last']],
    ['runs', 0, () => ['runs']],
  ]

  it('has the committed shapes, from the plan to its undoing', async ({ open, state, expect }) => {
    const aws = await open({
      functions: [...FUNCTIONS, { name: 'tagged', role: 'bare-role', tags: { team: 'web' } }, { name: 'plain' }],
      faults: [{ match: { region: 'eu-west-1' }, kind: 'region-off' }],
    })
    for (const [name, status, words] of shapes) {
      const ended = await run([...words(state), '--json'], { aws, state })
      expect(ended.status, `${name}: ${ended.stdout}`).toBe(status)
      const shape = JSON.stringify(shapeOf([ended.json<unknown>()]), null, 2)
      await expect(`${shape}\n`).toMatchFileSnapshot(`golden/json/${name}.json`)
      expect(faultsOfReport(ended.json()), name).toEqual([])
    }
    const saved: unknown = JSON.parse(readFileSync(join(state, 'plan.json'), 'utf8'))
    await expect(`${JSON.stringify(shapeOf([saved]), null, 2)}\n`).toMatchFileSnapshot('golden/json/plan-file.json')
    expect(faultsOfPlan(saved)).toEqual([])
  })
})

/** Objects whose keys are data, not names of the contract. */
const MAPS = new Set(['weights', 'Condition'])

type Shape = string | Shape[] | { [key: string]: Shape }

/** The kinds of all these values together; a key that not all of them have ends in a question mark. */
function shapeOf(values: unknown[]): Shape {
  const objects = values.filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  const lists = values.filter((value) => Array.isArray(value))
  const kinds = [...new Set(values.map((value) => (value === null ? 'null' : typeof value)))].sort()
  if (lists.length > 0) return [lists.flat().length > 0 ? shapeOf(lists.flat()) : 'nothing']
  if (objects.length === 0) return kinds.join(' | ')
  const shape = shapeOfObjects(objects as Array<Record<string, unknown>>)
  return kinds.includes('null') ? { '(may be null)': 'null', ...shape } : shape
}

function shapeOfObjects(objects: Array<Record<string, unknown>>): { [key: string]: Shape } {
  const keys = [...new Set(objects.flatMap((one) => Object.keys(one)))]
  return Object.fromEntries(
    keys.map((key): [string, Shape] => {
      const having = objects.filter((one) => key in one)
      const name = having.length < objects.length ? `${key}?` : key
      return [name, MAPS.has(key) ? 'map' : shapeOf(having.map((one) => one[key]))]
    }),
  )
}
