/** What the single words of a rules file may be: globs, regions, accounts, aliases, modes, days, reasons. */
import { FUNCTION_NAME, faultOfGlob, type GlobSubject, isExclusion, isGlob, RUNTIME } from '../glob.js'
import { isRegion } from '../region.js'
import { oneOrMore, type Reader, word } from './node-reader.js'
import { quote } from './problem.js'
import type { Demand } from './rules.js'

const STACK: GlobSubject = { noun: 'stack name', letters: /^[A-Za-z0-9-]*$/ }
const REGION: GlobSubject = { noun: 'region', letters: /^[a-z0-9-]*$/ }

export const names = globs((text) => faultOfGlob(text, FUNCTION_NAME))
export const runtimes = globs((text) => faultOfGlob(text, RUNTIME))
export const stacks = globs((text) => faultOfGlob(text, STACK))
export const regionGlobs = globs(
  (text) => faultOfGlob(text, REGION) ?? (isGlob(text) ? undefined : faultOfRegion(text)),
)

export const regions = oneOrMore('a region or a list of regions', word('a region', faultOfRegion))

export const accounts = oneOrMore(
  'an account or a list of accounts',
  word('an account', (text) => (/^\d{12}$/.test(text) ? undefined : 'is not an account: that is 12 digits')),
)

/** The pattern of Alias in the Lambda service model. */
export const aliases = oneOrMore(
  'an alias or a list of aliases',
  word('the name of an alias', (text) => {
    if (/^\d+$/.test(text)) return 'is the number of a version, not the name of an alias'
    if (/^[\w-]{1,128}$/.test(text)) return undefined
    return 'is not the name of an alias: that is 1 to 128 letters, digits, - and _'
  }),
)

const MODES: ReadonlyArray<Demand['tracing']> = ['Active', 'PassThrough', 'exempt']

export const mode = word<Demand['tracing']>('Active, PassThrough or exempt', (text) => {
  if (MODES.some((one) => one === text)) return undefined
  const spelled = MODES.find((one) => one.toLowerCase() === text.toLowerCase())
  return spelled ? `is written ${spelled}` : 'is not a tracing mode: Active, PassThrough or exempt'
})

export const day = word('a day, like 2027-03-31', (text) => {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return 'is not a day: write year, month and day like 2027-03-31'
  const date = new Date(`${text}T00:00:00Z`)
  const real = !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(text)
  return real ? undefined : 'is a day that the calendar does not have'
})

/** One line, however many it was written in. */
export const reason: Reader<string> = (node, name, report) => {
  const line = node.kind === 'word' ? { ...node, text: node.text.replace(/\s+/g, ' ').trim() } : node
  return word('words that say why', (text) => (text === '' ? 'is empty: say why' : undefined))(line, name, report)
}

export const version = word<'1'>('1', (text) => (text === '1' ? undefined : 'is not a version: write version: 1'))

function faultOfRegion(text: string): string | undefined {
  return isRegion(text) ? undefined : 'is not a region: one is us-east-1'
}

/** A list means any of its globs: one that excludes would bring in all that the others leave out. */
function globs(judge: (text: string) => string | undefined): Reader<string[]> {
  const read = oneOrMore('a glob or a list of globs, in quotes if it begins with {', word('a glob', judge))
  return (node, name, report) => {
    const items = node.kind === 'list' && node.items.length > 1 ? node.items : []
    const excluding = items.filter((item) => item.kind === 'word').filter(({ text }) => isExclusion(text))
    for (const { at, text } of excluding)
      report(at, `${quote(text)} cannot stand in a list: the list means any of its globs`)
    const globs = read(node, name, report)
    return excluding.length === 0 ? globs : undefined
  }
}
