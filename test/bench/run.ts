/** `npm run bench`: every figure as a ratio to a floor that was measured in the same run. */
import { fileURLToPath } from 'node:url'
import { startupBench } from './startup.js'
import type { Measurement } from './whole-process.js'

const bin = fileURLToPath(new URL('../../bin/run.js', import.meta.url))

async function main(): Promise<void> {
  const results = await startupBench(bin, process.argv.includes('--quick') ? 11 : 31)
  process.stdout.write(markdown(results))
  if (results.some(({ ratio, bound }) => ratio > bound)) process.exitCode = 1
}

function markdown(results: Measurement[]): string {
  const rows = results.map(({ name, median, floor, floorMedian, ratio, bound }) => {
    const verdict = ratio <= bound ? 'within' : 'OVER'
    return `| ${name} | ${median.toFixed(0)} ms | ${floor} | ${floorMedian.toFixed(0)} ms | ${ratio.toFixed(2)} | ${bound} | ${verdict} |`
  })
  const head = ['| what | median | floor | median | ratio | bound | |', '|---|---|---|---|---|---|---|']
  return `Node ${process.version}, ${process.platform}-${process.arch}\n\n${[...head, ...rows].join('\n')}\n`
}

await main()
