/** Reads a rule: which functions it is for, and what it asks of them. */
import { nearMiss } from './near-miss.js'
import { entryOf, fields, type Reader, type Shape } from './node-reader.js'
import type { Report } from './problem.js'
import { accounts, aliases, day, mode, names, reason, regionGlobs, runtimes, stacks } from './rule-words.js'
import type { Demand, Rule, RuleMatch } from './rules.js'
import { tags } from './tag-reader.js'
import type { YamlNode } from './yaml-tree.js'

type DemandFields = Omit<Demand, 'line'>

const demandShape: Shape<DemandFields> = {
  tracing: { needs: '"tracing": Active, PassThrough or exempt', read: mode },
  aliases,
  reason,
  expires: day,
}

const matchFields = fields<RuleMatch>({
  name: names,
  runtime: runtimes,
  tags,
  stack: stacks,
  region: regionGlobs,
  account: accounts,
})

const match: Reader<RuleMatch> = (node, name, report) => {
  if (node.kind === 'map' && node.entries.length === 0)
    return report(node.at, `${name} names nothing: name: "*" is every function`)
  return matchFields(node, name, report)
}

const ruleFields = fields<DemandFields & { match: RuleMatch }>({
  match: { needs: '"match": which functions it is for', read: match },
  ...demandShape,
})
const demandFields = fields<DemandFields>(demandShape)

export const rule: Reader<Rule> = (node, _, report) => {
  checkTogether(node, report)
  const read = ruleFields(node, 'a rule', report)
  if (read === undefined) return undefined
  const { match, ...demand } = read
  return { match, demand: { ...demand, line: node.at.line } }
}

export const defaultDemand: Reader<Demand> = (node, name, report) => {
  checkTogether(node, report)
  const read = demandFields(node, name, report)
  return read && { ...read, line: node.at.line }
}

/** Fields that need each other, or rule each other out. */
function checkTogether(node: YamlNode, report: Report): void {
  const tracing = node.kind === 'map' ? entryOf(node, 'tracing')?.value : undefined
  if (node.kind !== 'map' || tracing?.kind !== 'word') return
  const [expires, aliases] = [entryOf(node, 'expires'), entryOf(node, 'aliases')]
  const exempt = tracing.text === 'exempt'
  const hasReason = node.entries.some(({ key }) => nearMiss(key, ['reason']))
  if (exempt && !hasReason) report(tracing.at, 'exempt needs a "reason"')
  if (expires && (tracing.text === 'Active' || tracing.text === 'PassThrough'))
    report(expires.at, `"expires" goes with exempt, not with ${tracing.text}`)
  if (aliases && (exempt || tracing.text === 'PassThrough'))
    report(aliases.at, `"aliases" goes with Active, not with ${tracing.text}`)
}
