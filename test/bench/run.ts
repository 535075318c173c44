/** `npm run bench`: every figure against a floor of the same run, in one report. `--quick` measures less; words pick sections. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { awsCliVersion } from './measure/aws-cli.js'
import { jsonOf } from './report/json.js'
import { beginNotes } from './report/machine.js'
import { markdownOf } from './report/markdown.js'
import { outside, type Section, type Size, withMemoryApart } from './report/report.js'
import { type BenchSection, SECTIONS } from './sections.js'

const results = fileURLToPath(new URL('results/', import.meta.url))

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    options: { quick: { type: 'boolean', default: false }, write: { type: 'boolean', default: false } },
    allowPositionals: true,
  })
  const unknown = positionals.filter((word) => !(word in SECTIONS))
  if (unknown.length > 0)
    throw new Error(`no section ${unknown.join(', ')}; there are ${Object.keys(SECTIONS).join(', ')}`)
  const size: Size = values.quick ? 'quick' : 'full'
  const endNotes = beginNotes(await awsCliVersion())
  const sections: Section[] = []
  for (const [word, section] of Object.entries(SECTIONS))
    if (positionals.length === 0 || positionals.includes(word)) sections.push(await measure(section, size))
  const report = { size, machine: endNotes(), sections: withMemoryApart(sections) }
  const markdown = markdownOf(report)
  process.stdout.write(markdown)
  if (positionals.length === 0 || values.write) {
    mkdirSync(results, { recursive: true })
    writeFileSync(join(results, 'newest.md'), markdown)
    writeFileSync(join(results, 'newest.json'), jsonOf(report))
  }
  if (outside(report).length > 0) process.exitCode = 1
}

async function measure({ title, measure, quick }: BenchSection, size: Size): Promise<Section> {
  const begin = performance.now()
  const figures = await measure(size)
  const seconds = (performance.now() - begin) / 1000
  process.stderr.write(`${title} took ${seconds.toFixed(1)} s\n`)
  return { title, seconds, figures, ...(size === 'quick' && { note: `Quick: ${quick}.` }) }
}

await main()
