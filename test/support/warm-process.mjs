/** Runs the built command again and again in one process: each time with words, environment, folder and streams of its own. */
import { createRequire } from 'node:module'
import { Readable, Writable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../', import.meta.url))
const { main } = createRequire(import.meta.url)('../../dist/main.js')

const printed = { stdout: '', stderr: '' }

/** For all runs, because the console keeps the streams that it began with. */
function collect(name) {
  const value = new Writable({
    write(chunk, _, written) {
      printed[name] += chunk
      written()
    },
  })
  Object.defineProperty(process, name, { value })
  return value
}

const streams = [collect('stdout'), collect('stderr')]

process.on('message', async ({ words, env, cwd, input }) => {
  process.argv = [process.execPath, `${root}bin/run.js`, ...words]
  for (const name of Object.keys(process.env)) delete process.env[name]
  Object.assign(process.env, env)
  process.chdir(cwd)
  Object.defineProperty(process, 'stdin', { value: Readable.from([input]), configurable: true })
  Object.assign(printed, { stdout: '', stderr: '' })
  process.exitCode = 0
  await main(root)
  for (const stream of streams) stream.removeAllListeners('error')
  for (const signal of ['SIGINT', 'SIGTERM']) process.removeAllListeners(signal)
  process.send({ status: process.exitCode, ...printed })
})

process.on('disconnect', () => process.exit(0))
