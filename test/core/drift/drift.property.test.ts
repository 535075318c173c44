/** What holds for every account and all rules: repairs repair, their words and their plan agree, and nothing changes by itself. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Assessment, assess } from '../../../src/core/drift/assess.js'
import { compareWithBaseline, readBaseline } from '../../../src/core/drift/baseline.js'
import { planRepair, type RepairCase } from '../../../src/core/drift/repair-plan.js'
import type { FunctionRow } from '../../../src/core/function-row.js'
import { type LambdaFunction, splitFunctionArn, type TracingMode } from '../../../src/core/lambda-function.js'
import type { Plan } from '../../../src/core/plan/plan.js'
import { afterGrant } from '../../../src/core/policy/grant.js'
import { traceWritePermission } from '../../../src/core/policy/permission.js'
import type { Role } from '../../../src/core/policy/role.js'
import type { Coverage } from '../../../src/core/report.js'
import type { Demand } from '../../../src/core/rules/rules.js'
import type { Reading, ServedAlias } from '../../../src/core/verdict.js'
import { anyObservation } from '../arbitrary-observation.js'
import { ACCOUNT, fn, observation } from '../build-observation.js'
import { allow, BOTH, deny, inline, role } from '../policy/build-role.js'
import { auditJson, coverageOf, rowOf } from './build-audit.js'

const TODAY = '2027-03-31'
const REGIONS = ['us-east-1', 'eu-west-1']
const FACTS = { codeSha256: 'code', settings: 'set' }

const ROLES: Role[] = Object.entries<Partial<Role>>({
  bare: {},
  writer: { policies: [inline('trace', allow(BOTH))] },
  denied: { policies: [inline('guard', deny('xray:*'))] },
  unread: { unreadable: 'AccessDenied' },
  deleted: { missing: true },
}).map(([name, more]) => role([], { arn: `arn:aws:iam::${ACCOUNT}:role/${name}`, name, ...more }))

const anyMode = fc.constantFrom<TracingMode>('Active', 'PassThrough')
const anyDemand: fc.Arbitrary<Demand | { undecided: string }> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Demand>({ tracing: 'Active' }) },
  fc.constant<Demand>({ tracing: 'Active', aliases: ['live'], line: 3 }),
  fc.constant<Demand>({ tracing: 'PassThrough', line: 4 }),
  fc.constantFrom('2027-03-30', TODAY).map((expires): Demand => ({ tracing: 'exempt', reason: 'why', expires })),
  fc.constant({ undecided: 'tags could not be read' }),
)

/** An alias in any state; one of $LATEST has its mode. */
function anyAlias(name: string, latest: TracingMode): fc.Arbitrary<ServedAlias> {
  const numbered = fc
    .record({
      weights: fc.constantFrom<Record<string, number>>({}, {}, {}, { 2: 0.1 }),
      mode: fc.constantFrom<TracingMode | 'unknown'>('Active', 'PassThrough', 'PassThrough', 'unknown'),
      code: fc.constantFrom('code', 'code', 'other'),
    })
    .map(({ weights, mode, code }) => ({
      name,
      version: '1',
      weights,
      modes: { 1: mode, 2: 'Active' } as const,
      served: { 1: { ...FACTS, codeSha256: code } },
    }))
  return fc.oneof(numbered, fc.constant({ name, version: '$LATEST', weights: {}, modes: { $LATEST: latest } }))
}

interface Member {
  fn: LambdaFunction
  aliases: Reading<ServedAlias[]>
  demand: Demand | { undecided: string }
}

const anyMember: fc.Arbitrary<Member> = fc
  .record({
    name: fc.constantFrom('a', 'B', 'c-1'),
    region: fc.constantFrom(...REGIONS),
    role: fc.constantFrom(...ROLES.map(({ arn }) => arn)),
    mode: anyMode,
  })
  .chain(({ name, ...more }) =>
    fc.record({
      fn: fc.constant(fn(name, { ...FACTS, ...more })),
      aliases: fc.oneof(
        fc.constant({ unreadable: 'AccessDenied' }),
        fc
          .tuple(...['live', 'beta'].map((one) => fc.option(anyAlias(one, more.mode), { nil: undefined })))
          .map((all) => ({ value: all.flatMap((one) => one ?? []) })),
      ),
      demand: anyDemand,
    }),
  )
const anyWorld = fc.record({
  members: fc.uniqueArray(anyMember, { selector: (one) => one.fn.arn, maxLength: 5 }),
  roles: fc.constant(ROLES),
})
interface World {
  members: Member[]
  roles: Role[]
}

const byArn = (roles: Role[]) => new Map(roles.map((one) => [one.arn, one]))

function casesOf({ members, roles }: World): RepairCase[] {
  return members.map((one) => {
    const its = byArn(roles).get(one.fn.role)
    if (!its) throw new Error(`no role ${one.fn.role}`)
    const permission = traceWritePermission(its, one.fn)
    const seen = { fn: one.fn, aliases: one.aliases, eventSources: { value: [] }, permission }
    return { seen, ...assess(rowOf(seen), seen, one.demand, { today: TODAY, role: its }) }
  })
}

const planOf = (world: World): Plan => planRepair(casesOf(world), byArn(world.roles))

/** The world as it would be when every step has been carried out. */
function carriedOut({ members, roles }: World, plan: Plan): World {
  const steps = new Map(plan.steps.map((step) => [step.id, step]))
  return {
    roles: roles.map((one) => (steps.has(`grant:${one.arn}`) ? afterGrant(one, 'managed', 'aws') : one)),
    members: members.map((one) => {
      const set = steps.get(`setMode:${one.fn.arn}`)
      const mode = set?.kind === 'setMode' ? set.to : one.fn.mode
      const after = (alias: ServedAlias): ServedAlias => {
        if (alias.version === '$LATEST') return { ...alias, modes: { $LATEST: mode } }
        if (!steps.has(`moveAlias:${one.fn.arn}:${alias.name}`)) return alias
        return { ...alias, version: '9', weights: {}, modes: { 9: mode }, served: { 9: FACTS } }
      }
      const aliases = 'value' in one.aliases ? { value: one.aliases.value.map(after) } : one.aliases
      return { ...one, fn: { ...one.fn, mode }, aliases }
    }),
  }
}

const check = (says: (world: World) => void) => fc.assert(fc.property(anyWorld, says), { numRuns: 150 })
const ofRules = ({ findings }: Assessment) => findings.filter(({ id }) => id !== 'XT006')

test('what is repaired needs no repair, and what was refused stays refused', () => {
  check((world) => {
    const plan = planOf(world)
    const again = planOf(carriedOut(world, plan))
    expect(again.steps).toEqual([])
    expect(again.refused).toEqual(plan.refused)
  })
})

test('a finding is left after the repair only where something was refused', () => {
  check((world) => {
    const plan = planOf(world)
    const left = casesOf(carriedOut(world, plan)).filter((one) => ofRules(one).length > 0)
    const refused = new Set(plan.refused.map((one) => one.function))
    for (const one of left) expect(refused).toContain(one.row.arn)
  })
})

test('a finding has a command where the plan has steps, and a sentence where it has none', () => {
  check((world) => {
    for (const one of casesOf(world)) {
      const { steps } = planRepair([one], byArn(world.roles))
      for (const { repair } of ofRules(one))
        expect(/^xtrace (enable|disable) \S+( |$)/.test(repair)).toBe(steps.length > 0)
      if (ofRules(one).length === 0) expect(steps).toEqual([])
    }
  })
})

test('one finding of XT001 to XT005 at most, each in one line, and none where the rules are content or cannot tell', () => {
  check((world) => {
    for (const one of casesOf(world)) {
      expect(ofRules(one).length).toBeLessThanOrEqual(1)
      for (const { message, evidence, repair } of one.findings)
        for (const line of [message, ...evidence, repair]) expect(line).not.toMatch(/[\n\r]|undefined/)
      if (one.row.verdict === 'exempt') expect(one.findings).toEqual([])
    }
  })
})

test('the order of functions makes no difference to the plan', () => {
  fc.assert(
    fc.property(
      anyWorld.chain((world) =>
        fc.tuple(fc.constant(world), fc.shuffledSubarray(world.members, { minLength: world.members.length })),
      ),
      ([world, members]) => {
        expect(planOf({ ...world, members })).toEqual(planOf(world))
      },
    ),
    { numRuns: 100 },
  )
})

const anyDay = fc
  .date({ min: new Date('2024-01-01'), max: new Date('2032-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

test('an exemption holds to the end of its last day, and no longer', () => {
  fc.assert(
    fc.property(anyDay, anyDay, (today, expires) => {
      const seen = observation(fn('a'))
      const { row } = assess(rowOf(seen), seen, { tracing: 'exempt', reason: 'why', expires }, { today })
      expect(row.verdict).toBe(Date.parse(today) <= Date.parse(expires) ? 'exempt' : 'off')
    }),
  )
})

/** The functions of an audit, each under a name of its own. */
const anyAudit: fc.Arbitrary<FunctionRow[]> = fc
  .array(fc.tuple(anyObservation, fc.constantFrom(...REGIONS)), { maxLength: 8 })
  .map((all) =>
    all.map(([seen, region], index) =>
      rowOf({ ...seen, fn: { ...seen.fn, ...fn(`f${index}`, { region, mode: seen.fn.mode }) } }),
    ),
  )
const everywhere: Coverage[] = REGIONS.map((region) => coverageOf(region))

test('an audit has not changed since itself', () => {
  fc.assert(
    fc.property(anyAudit, (rows) => {
      const comparison = compareWithBaseline(readBaseline(auditJson({ functions: rows, coverage: everywhere }), 'f'))
      expect(rows.flatMap((row) => comparison.changesOf(row))).toEqual([])
      expect(comparison.goneFrom(everywhere)).toEqual([])
    }),
  )
})

test('in whatever order functions are compared, the same has changed', () => {
  const anyTwo = fc.tuple(anyAudit, anyAudit).chain(([before, now]) =>
    fc.record({
      before: fc.shuffledSubarray(before, { minLength: before.length }).map((shuffled) => [before, shuffled] as const),
      now: fc.shuffledSubarray(now, { minLength: now.length }).map((shuffled) => [now, shuffled] as const),
    }),
  )
  const changes = (before: readonly FunctionRow[], now: readonly FunctionRow[]) => {
    const json = auditJson({ functions: [...before], coverage: everywhere })
    const comparison = compareWithBaseline(readBaseline(json, 'f'))
    const byFunction = new Map(now.map((row) => [row.arn, comparison.changesOf(row)]))
    return { byFunction, gone: comparison.goneFrom(everywhere) }
  }
  fc.assert(
    fc.property(anyTwo, ({ before, now }) => {
      expect(changes(before[1], now[1])).toEqual(changes(before[0], now[0]))
    }),
  )
})

test('every function of either audit is told of, and no gap makes one appear or disappear', () => {
  const anyRead = fc.subarray(everywhere)
  fc.assert(
    fc.property(anyAudit, anyAudit, anyRead, anyRead, (before, now, readBefore, readNow) => {
      const known = (rows: FunctionRow[], read: Coverage[]) =>
        rows.filter((row) => read.some(({ region }) => region === row.region))
      const then = known(before, readBefore)
      const today = known(now, readNow)
      const json = auditJson({ functions: then, coverage: readBefore })
      const comparison = compareWithBaseline(readBaseline(json, 'f'))
      const appeared = today.flatMap((row) => comparison.changesOf(row)).filter(({ id }) => id === 'XT104')
      const lost = comparison.goneFrom(readNow)
      const arns = (rows: FunctionRow[]) => rows.map(({ arn }) => arn)
      const news = today.filter((row) => !arns(then).includes(row.arn))
      expect(appeared.map(({ subject }) => subject)).toEqual(arns(known(news, readBefore)))
      const missing = arns(then).filter((arn) => !arns(today).includes(arn))
      expect(lost.map(({ subject }) => subject)).toEqual(
        missing.filter((arn) => readNow.some(({ region }) => region === splitFunctionArn(arn).region)).sort(),
      )
    }),
  )
})
