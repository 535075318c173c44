// Counts the invocations of the functions that are named, hour by hour over 30 days, with the bare SDK, and adds them up.
import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch'

const HOUR_MS = 3_600_000
/** 720 hours of 140 functions are what one call may hold. */
const NAMES_A_CALL = 140
/** As many as xtrace makes. */
const CALLS_AT_ONCE = 3

const client = new CloudWatchClient({})
const to = Math.floor(Date.now() / HOUR_MS) * HOUR_MS
const times = { StartTime: new Date(to - 30 * 24 * HOUR_MS), EndTime: new Date(to) }
const names = process.argv.slice(2)
const groups = []
for (let at = 0; at < names.length; at += NAMES_A_CALL) groups.push(names.slice(at, at + NAMES_A_CALL))

const invocations = {}
const queryFor = (Value, index) => {
  const Metric = { Namespace: 'AWS/Lambda', MetricName: 'Invocations', Dimensions: [{ Name: 'FunctionName', Value }] }
  return { Id: `q${index}`, MetricStat: { Metric, Period: 3600, Stat: 'Sum' } }
}
const waiting = groups.values()
const work = async () => {
  for (const group of waiting) {
    const MetricDataQueries = group.map(queryFor)
    const { MetricDataResults } = await client.send(new GetMetricDataCommand({ ...times, MetricDataQueries }))
    for (const { Id, Values } of MetricDataResults)
      invocations[group[Number(Id.slice(1))]] = Values.reduce((sum, value) => sum + value, 0)
  }
}

const start = performance.now()
await Promise.all(Array.from({ length: CALLS_AT_ONCE }, work))
process.stdout.write(JSON.stringify({ seconds: (performance.now() - start) / 1000, invocations }))
