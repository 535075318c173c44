/** A plan as the text of a file, and back: only a plan that is whole and was not edited is read. */
import { XtraceError } from '../../errors.js'
import { errorCode, fields, listOf, Malformed, oneOf, text } from '../strict-fields.js'
import { type Plan, planId, type Step } from './plan.js'
import { functionArn, step } from './step-shape.js'

export function planText(plan: Plan): string {
  const { schema, id, ...rest } = plan
  return `${JSON.stringify({ schema, id, ...rest }, null, 2)}\n`
}

/**
 * @param source the file's name, for messages
 * @throws XtraceError UNREADABLE_PLAN; what the file holds is not quoted: it may be the wrong file
 */
export function readPlanText(content: string, source: string): Plan {
  const refuse = (why: string) =>
    new XtraceError('UNREADABLE_PLAN', `${source} is not a plan that can be used: ${why}.`)
  const data = parsed(content)
  if (data === undefined) throw refuse('it is not JSON, or it was cut off')
  const wrong = whatIsWrongWithSchema(data)
  if (wrong !== undefined) throw refuse(wrong)
  if (!content.endsWith('\n')) throw refuse('its last line has no end, so it may have been cut off')
  try {
    const read = plan(data, 'plan')
    checkOrder(read.steps)
    if (planId(read) !== read.id) throw new Malformed('plan.id', 'does not fit the rest, so the plan was edited')
    return read
  } catch (error) {
    if (error instanceof Malformed) throw refuse(error.message)
    throw error
  }
}

/** @returns undefined when it is not JSON; the parser's own message quotes the text */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function whatIsWrongWithSchema(data: unknown): string | undefined {
  const schema = typeof data === 'object' && data !== null && 'schema' in data ? data.schema : undefined
  const release = typeof schema === 'string' ? /^xtrace\/plan@(\d{1,9})$/.exec(schema)?.[1] : undefined
  if (release === undefined) return 'it does not say that it is one ("schema": "xtrace/plan@1")'
  if (Number(release) > 1)
    return `it was saved by a newer xtrace (${schema}, this one reads xtrace/plan@1): update xtrace`
  return release === '1' ? undefined : `there has never been a ${schema}`
}

const plan = fields<Plan>({
  schema: oneOf('xtrace/plan@1'),
  id: text('an id', /^[0-9a-f]{16}$/),
  createdFor: fields<Plan['createdFor']>({
    accounts: listOf(text('an account of 12 digits', /^\d{12}$/)),
    regions: listOf(text('a region', /^[a-z0-9-]+$/)),
  }),
  steps: listOf(step),
  unchanged: listOf(fields<Plan['unchanged'][number]>({ function: functionArn, because: text() })),
  refused: listOf(fields<Plan['refused'][number]>({ function: functionArn, code: errorCode, because: text() })),
})

/** Ids are unique, and a step waits only for steps that stand before it. */
function checkOrder(steps: Step[]): void {
  const before = new Map<string, Step>()
  for (const [index, one] of steps.entries()) {
    const where = `plan.steps[${index}]`
    if (before.has(one.id)) throw new Malformed(`${where}.id`, 'is that of an earlier step')
    for (const id of one.after) if (!before.has(id)) throw new Malformed(`${where}.after`, 'names no earlier step')
    if (one.kind === 'moveAlias' && typeof one.to.version !== 'string') {
      const publish = before.get(one.to.version.publishedBy)
      if (publish?.kind !== 'publish' || publish.function !== one.function || !one.after.includes(publish.id))
        throw new Malformed(
          `${where}.to.version.publishedBy`,
          'is not a publish step of its function that it waits for',
        )
    }
    before.set(one.id, one)
  }
}
