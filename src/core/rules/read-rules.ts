/** Reads the rules file `xtrace.yml`, strictly: a rule that is not understood must neither widen nor narrow. */
import { entryOf, fields, listOf, type Reader } from './node-reader.js'
import { type Problem, quote, type Report, unreadable } from './problem.js'
import { defaultDemand, rule } from './rule-reader.js'
import { regions, version } from './rule-words.js'
import { BUILT_IN_RULES, type Demand, type Rule, type Rules } from './rules.js'
import { readYaml } from './yaml-tree.js'

/**
 * @param file its name, for messages
 * @throws XtraceError UNREADABLE_RULES, with line and column of what is wrong, and what would be right
 */
export function readRules(text: string, file: string): Rules {
  const problems: Problem[] = []
  const report: Report = (at, says) => {
    problems.push({ at, says })
    return undefined
  }
  const rules = rulesFile(readYaml(text, report), 'the file', report)
  if (rules === undefined || problems.length > 0) throw unreadable(file, problems)
  return rules
}

interface FileFields {
  version: '1'
  regions?: string[]
  rules?: Rule[]
  default?: Demand
}

const fileFields = fields<FileFields>({
  version: { needs: 'version: 1', read: version },
  regions,
  rules: listOf('a list of rules', rule),
  default: defaultDemand,
})

const rulesFile: Reader<Rules> = (node, name, report) => {
  if (node.kind === 'nothing') return report(node.at, 'the file is empty: it begins with version: 1')
  const stated = node.kind === 'map' ? entryOf(node, 'version')?.value : undefined
  // a file of another version is not looked into: what seems wrong here may be right there
  if (stated?.kind === 'word' && /^\d+$/.test(stated.text) && stated.text !== '1')
    return report(stated.at, `version ${quote(stated.text)} is not known: this xtrace reads version: 1`)
  const read = fileFields(node, name, report)
  if (read === undefined) return undefined
  return {
    version: 1,
    ...(read.regions && { regions: read.regions }),
    rules: read.rules ?? [],
    default: read.default ?? BUILT_IN_RULES.default,
  }
}
