/** Shows one function's verdict with all its evidence. */
import { roleAdvice, templateAdvice } from '../../core/drift/template-advice.js'
import type { FunctionRef } from '../../core/function-ref.js'
import { type FunctionRow, functionRow, type Owner, ownerFromTags } from '../../core/function-row.js'
import type { LambdaFunction } from '../../core/lambda-function.js'
import { traceWritePermission } from '../../core/policy/permission.js'
import { type Report, type ReportedError, report } from '../../core/report.js'
import { judge, type Observation } from '../../core/verdict.js'
import { EXIT_STATUSES, XtraceError } from '../../errors.js'
import { inParallel } from '../../rollout/in-parallel.js'
import { reportedError, unreadRow } from '../failed-row.js'
import { reading } from '../read/reading.js'
import { RoleBook } from '../read/role-book.js'
import { served, withManagedInstances } from '../read/served.js'
import { readTargets, type Target, targetsOf } from '../read/targets.js'
import type { Tools } from '../tools.js'
import { shownSections } from './show-sections.js'
import { evidenceOf, memoryNotes, type Shown, type ShownRow } from './shown-row.js'

const AT_ONCE = 4

export async function showFunctions(
  request: { refs: FunctionRef[]; regions: string[] },
  tools: Tools,
): Promise<Report<Shown>> {
  const targets = await readTargets(targetsOf(request.refs, request.regions), 'show', tools)
  const book = new RoleBook(tools.aws)
  const shown = await inParallel(targets, AT_ONCE, (target) => showTarget(target, book, tools))
  const failed = shown.flatMap((row) => ('error' in row ? [row.error] : []))
  const first = failed[0]
  const allFailed = first && failed.length === shown.length
  return report(
    'show',
    { functions: shown },
    {
      outcome: !first ? 'ok' : allFailed ? exitNameFor(first) : 'incomplete',
      table: allFailed && shown.length === 1 ? [] : shown.flatMap((row) => shownSections(row)),
      ...(allFailed && { error: wholeError(first, failed.length) }),
    },
  )
}

function wholeError(first: ReportedError, failed: number): ReportedError {
  if (failed === 1) return first
  return { ...first, message: `None of the ${failed} functions could be read. The first: ${first.message}` }
}

function exitNameFor(error: ReportedError): Report['outcome'] {
  const names = Object.keys(EXIT_STATUSES) as Array<keyof typeof EXIT_STATUSES>
  return names.find((name) => EXIT_STATUSES[name].status === error.exit) ?? 'fault'
}

async function showTarget(target: Target, book: RoleBook, tools: Tools): Promise<Shown['functions'][number]> {
  if (!target.fn)
    return { ...unreadRow(target), error: reportedError(target.error ?? new XtraceError('FAULT', 'nothing was read')) }
  const { fn } = target
  const lambda = await tools.aws.lambda(fn.region)
  const [versions, aliases, eventSources, tags, role] = await Promise.all([
    reading(async () => {
      const found: LambdaFunction[] = []
      for await (const page of lambda.listVersions(fn.name)) found.push(...page)
      return found
    }),
    reading(() => lambda.listAliases(fn.name)),
    reading(() => lambda.listEventSources(fn.name)),
    reading(() => lambda.listTags(fn.arn)),
    book.role(fn.role),
  ])
  const known = new Map('value' in versions ? versions.value.map((one) => [one.version, one] as const) : [])
  const seen: Observation = {
    fn,
    aliases:
      'value' in aliases
        ? { value: served(withManagedInstances(fn, aliases.value), known.set('$LATEST', fn)) }
        : aliases,
    eventSources,
    permission: traceWritePermission(role, fn),
  }
  const row = functionRow(seen, judge(seen))
  const owner = 'value' in tags ? ownerFromTags(tags.value) : null
  return {
    ...row,
    ...('value' in versions && { versions: versions.value.map(({ version, mode }) => ({ version, mode })) }),
    owner,
    notes: [
      ...row.notes,
      ...(owner ? templateNotes(row, owner) : []),
      ...('unreadable' in versions ? [`versions could not be read: ${versions.unreadable}`] : []),
      ...('unreadable' in tags ? [`tags could not be read: ${tags.unreadable}`] : []),
      ...memoryNotes(fn),
      ...(fn.managedInstances
        ? ['runs on Lambda Managed Instances: a change reaches it with the next published version only']
        : []),
    ],
    ...evidenceOf(fn),
    asked: askedFor(target),
  }
}

/** What is turned on by hand only does not last in a stack. */
function templateNotes({ verdict }: FunctionRow, owner: Owner): string[] {
  if (verdict === 'off') return [templateAdvice(owner, 'Active')]
  return verdict === 'blind' ? [`${templateAdvice(owner, 'Active')}\n${roleAdvice(owner)}`] : []
}

function askedFor({ ref, asked }: Target): ShownRow['asked'] {
  return asked ? { qualifier: ref.qualifier ?? '', version: asked.version, mode: asked.mode } : null
}
