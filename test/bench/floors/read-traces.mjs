// What must be asked of X-Ray about the functions that are named: all summaries of 15 minutes, and the newest traces, with the bare SDK.
import { BatchGetTracesCommand, paginateGetTraceSummaries, XRayClient } from '@aws-sdk/client-xray'

const FUNCTIONS_AT_ONCE = 4
const IN_FULL = 5

const client = new XRayClient({})
const EndTime = new Date()
const StartTime = new Date(EndTime.getTime() - 15 * 60_000)
const waiting = process.argv.slice(2).values()

let seen = 0
const readOne = async (name) => {
  const FilterExpression = `service(id(name: "${name}", type: "AWS::Lambda::Function"))`
  const found = []
  for await (const { TraceSummaries } of paginateGetTraceSummaries(
    { client },
    { StartTime, EndTime, FilterExpression },
  ))
    found.push(...TraceSummaries)
  const newest = found.sort((a, b) => b.StartTime - a.StartTime).slice(0, IN_FULL)
  if (newest.length === 0) return
  seen += 1
  await client.send(new BatchGetTracesCommand({ TraceIds: newest.map(({ Id }) => Id) }))
}
const work = async () => {
  for (const name of waiting) await readOne(name)
}

const start = performance.now()
await Promise.all(Array.from({ length: FUNCTIONS_AT_ONCE }, work))
process.stdout.write(JSON.stringify({ seconds: (performance.now() - start) / 1000, seen }))
