/** `npm run bench`: every figure against a floor of the same run. `--quick` measures less; a word picks one part. */
import { fileURLToPath } from 'node:url'
import { auditBench } from './audit.js'
import { type Figure, isOver, markdownOf } from './figure.js'
import { rolloutBench } from './rollout.js'
import { startupBench } from './startup.js'
import { templatesBench } from './templates.js'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))
const quick = process.argv.includes('--quick')

const PARTS: Record<string, () => Figure[] | Promise<Figure[]>> = {
  'Start-up': () => startupBench(bin, quick ? 11 : 31),
  Rollout: () => rolloutBench(bin, quick ? 120 : 1000),
  Audit: () => (quick ? auditBench(bin, 1000, 8) : auditBench(bin, 10_000, 200)),
  Templates: () => templatesBench(bin, quick ? 100 : 500, quick ? 3 : 7),
}

async function main(): Promise<void> {
  const wanted = process.argv.slice(2).filter((word) => !word.startsWith('-'))
  process.stdout.write(`Node ${process.version}, ${process.platform}-${process.arch}\n`)
  for (const [title, measure] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(title.toLowerCase())) continue
    const figures = await measure()
    process.stdout.write(`\n## ${title}\n\n${markdownOf(figures)}\n`)
    if (figures.some(isOver)) process.exitCode = 1
  }
}

await main()
