/** Says of every function in a template whether it would be traced. */
import type { Permission } from '../policy/permission.js'
import { Deployments } from './deployments.js'
import { type Assumption, saidOf, subjectOf } from './evaluate/assumption.js'
import type { Worlds } from './evaluate/worlds.js'
import { oneLine } from './one-line.js'
import type { Template } from './read-template.js'
import { type Sight, seen } from './sight.js'
import { type FunctionKind, functionsIn } from './template-function.js'

/** `conditional`: it depends on what the template leaves open. `blind`: Active, but its role could not write. */
export const TEMPLATE_VERDICTS = ['traced', 'off', 'blind', 'conditional', 'unknown'] as const
export type TemplateVerdict = (typeof TEMPLATE_VERDICTS)[number]

export interface CheckedFunction {
  logicalId: string
  kind: FunctionKind
  /** Of the logical id; 1-based. */
  line: number
  column: number
  verdict: TemplateVerdict
  /** The evidence that decides, one line. */
  because: string
  /** What would have to be known, such as "the parameter Stage"; empty unless `conditional`. */
  dependsOn: string[]
  /** Present where the mode is Active. `outside`: the template does not hold the role. */
  role?: { from: 'template' | 'generated' | 'outside'; logicalId?: string; permission: Permission }
}

/** @param parameters values by name; pseudo parameters such as `AWS::Region` too */
export function checkTemplate(template: Template, parameters: ReadonlyMap<string, string>): CheckedFunction[] {
  const deployments = new Deployments(template, parameters)
  return functionsIn(template).map((fn) => {
    const { logicalId, entry } = fn.resource
    const { because, ...judgement } = judged(deployments.of(fn, (deployment) => seen(fn, deployment)))
    const place = template.positionOf(entry.key.start)
    return { logicalId, kind: fn.kind, ...place, ...judgement, because: oneLine(because) }
  })
}

type Judged = Pick<CheckedFunction, 'verdict' | 'because' | 'dependsOn' | 'role'>

function judged({ worlds, complete }: Worlds<Sight>): Judged {
  const judgements = worlds.map(({ assumed, result }) => ({ assumed, ...judge(result) }))
  const [first] = judgements
  if (!complete)
    return { verdict: 'conditional', because: 'it depends on more than can be followed', dependsOn: subjects(worlds) }
  if (first === undefined)
    return { verdict: 'unknown', because: 'its role is never created together with it', dependsOn: [] }
  if (judgements.some(({ verdict }) => verdict !== first.verdict))
    return { verdict: 'conditional', because: dependence(judgements), dependsOn: subjects(worlds) }
  const { assumed: _, ...judgement } = first
  return { ...judgement, dependsOn: [] }
}

function judge({ mode, role }: Sight): Omit<Judged, 'dependsOn'> {
  if (role === undefined) return { verdict: mode.mode === 'PassThrough' ? 'off' : 'unknown', because: mode.because }
  const { from, resource, permission, enough } = role
  const { answer } = permission
  const shown = {
    role: {
      from,
      ...(resource ? { logicalId: resource.logicalId } : {}),
      permission: { answer, because: oneLine(permission.because) },
    },
  }
  const because = `${mode.because}; ${permission.because}`
  if (enough) return { verdict: 'traced', because, ...shown }
  return { verdict: answer === 'no' ? 'blind' : 'unknown', because, ...shown }
}

function subjects(worlds: ReadonlyArray<{ assumed: readonly Assumption[] }>): string[] {
  return [...new Set(worlds.flatMap(({ assumed }) => assumed.map((one) => oneLine(subjectOf(one)))))]
}

/** How many of the ways that lead to a verdict are named. */
const MAX_NAMED = 3

/** "it depends on the parameter Stage: traced if Stage is prod, off if Stage is dev or Stage is test" */
function dependence(judgements: ReadonlyArray<{ assumed: readonly Assumption[]; verdict: TemplateVerdict }>): string {
  const parts = TEMPLATE_VERDICTS.flatMap((verdict) => {
    const ways = judgements.filter((one) => one.verdict === verdict)
    const named = ways.slice(0, MAX_NAMED).map(({ assumed }) => assumed.map(saidOf).join(' and '))
    if (ways.length > MAX_NAMED) named.push('so on')
    return ways.length === 0 ? [] : [`${verdict} if ${named.join(' or ')}`]
  })
  return `it depends on ${subjects(judgements).join(' and ')}: ${parts.join(', ')}`
}
