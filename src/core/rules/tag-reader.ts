/** Reads the tags that a rule asks for: keys with the values that they may have. */
import type { TagFilter } from '../selection.js'
import { oneOrMore, type Reader, word, wrongKind } from './node-reader.js'
import { hasInvisible, quote } from './problem.js'

const TAKES = 'a value, a list of values, or "*" for any value'

/** Values are compared exactly, `""` too; `*` alone, or nothing after the key, is any value. */
export const tags: Reader<TagFilter[]> = (node, name, report) => {
  if (node.kind !== 'map') return wrongKind(node, name, 'tag keys, each with its values', report)
  if (node.entries.length === 0) return report(node.at, `${name} names no tag: leave it out, or name one`)
  const filters = node.entries.map(({ key, at, value }): TagFilter | undefined => {
    const wrong = faultOfKey(key)
    if (wrong !== undefined) report(at, `${quote(key)} ${wrong}`)
    const values = readValues(value, quote(key), report)
    return wrong === undefined && values !== undefined ? { key, values } : undefined
  })
  const whole = filters.filter((one) => one !== undefined)
  return whole.length === filters.length ? whole : undefined
}

const listed = oneOrMore(TAKES, word('a value', faultOfValue))

const readValues: Reader<string[]> = (node, name, report) => {
  const any = node.kind === 'nothing' || (node.kind === 'word' && node.text === '*')
  return any ? [] : listed(node, name, report)
}

/** Lengths are AWS's; other signs are left to AWS, whose services differ. */
function faultOfKey(key: string): string | undefined {
  if (key === '' || key.length > 128) return 'is not a tag key: that is 1 to 128 characters'
  if (hasInvisible(key)) return 'holds a character that cannot be seen'
  return key.includes('*') ? 'is not a tag key: keys are compared exactly' : undefined
}

function faultOfValue(value: string): string | undefined {
  if (value.length > 256) return 'is not a tag value: that is at most 256 characters'
  if (value === '*') return 'means any value: it stands alone, not in a list'
  return value.includes('*') ? 'cannot match: tag values are compared exactly' : undefined
}
