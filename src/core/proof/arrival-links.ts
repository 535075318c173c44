/** The links that only calls of the function can show: that it is called, and that X-Ray has the traces of it. */
import { shellWord } from '../shell-word.js'
import type { Arrival } from './arrival.js'
import type { Link } from './chain.js'

/** Of the spans that Transaction Search keeps in CloudWatch Logs, X-Ray indexes this share unless told otherwise. */
const INDEXED = '1 %'
const SPANS = 'aws/spans'

/** Ends with the first link that is broken. */
export function arrivalLinks(arn: string, arrival: Arrival): Link[] {
  const called = invocationsLink(shellWord(arn), arrival)
  const traces = tracesLink(arrival, called)
  const links = [called, destinationLink(arrival), traces]
  return traces.state === 'holds' ? [...links, segmentsLink(arrival)] : links
}

/** Where nobody called it nothing is wrong, and nothing is proved. */
function invocationsLink(arn: string, { invocations, summaries }: Arrival): Link {
  const link = 'invocations'
  if ('unreadable' in invocations) {
    const because = `CloudWatch could not be asked: ${invocations.unreadable}`
    return { link, state: 'open', because, next: 'Allow cloudwatch:GetMetricData.' }
  }
  if (invocations.value > 0) return { link, state: 'holds', because: times(invocations.value, 'invocation') }
  if (tracesIn(summaries) > 0) return { link, state: 'holds', because: 'CloudWatch counts none yet, X-Ray has traces' }
  const next = `Call it, look further back, or wait for a call: xtrace verify ${arn} --since 1d --wait 10m`
  return { link, state: 'open', because: 'nobody called it, so there is nothing to trace', next }
}

function destinationLink({ destination }: Arrival): Link {
  const link = 'destination'
  if ('unreadable' in destination) {
    const because = `where X-Ray keeps spans could not be read: ${destination.unreadable}`
    return { link, state: 'open', because, next: 'Allow xray:GetTraceSegmentDestination.' }
  }
  if (destination.value === 'XRay') return { link, state: 'holds', because: 'X-Ray keeps the traces itself' }
  const because = `Transaction Search is on: all spans are in the log group ${SPANS}, X-Ray indexes about ${INDEXED} of them`
  return { link, state: 'holds', because }
}

function tracesLink({ summaries, more, ofServiceOnly, destination }: Arrival, called: Link): Link {
  const link = 'traces'
  if ('unreadable' in summaries) {
    const because = `X-Ray could not be asked for traces: ${summaries.unreadable}`
    return { link, state: 'open', because, next: 'Allow xray:GetTraceSummaries and xray:BatchGetTraces.' }
  }
  const { traces } = summaries.value
  if (traces > 0)
    return { link, state: 'holds', because: `${times(traces, 'trace')}${more ? ' and more' : ''} arrived` }
  const dark = ofServiceOnly && 'value' in ofServiceOnly ? ofServiceOnly.value : 0
  if (dark > 0) {
    const because = `Lambda's segment arrives (${times(dark, 'trace')}), the function's own does not`
    return { link: 'segments', state: 'broken', because, next: LOOK_AT_SEGMENTS }
  }
  if (isSearched(destination)) {
    const because = `no trace is indexed: where about ${INDEXED} are, that proves nothing`
    return {
      link,
      state: 'open',
      because,
      next: `Search the log group ${SPANS} for spans, or have more of them indexed.`,
    }
  }
  if (called.state === 'open') return { link, state: 'open', because: 'there is none' }
  if ('unreadable' in destination) return { link, state: 'open', because: 'no trace was found' }
  return { link, state: 'broken', because: `${called.because}, and no trace of any`, next: LOOK_AT_TRACES }
}

const LOOK_AT_TRACES =
  'Look for callers whose trace header says Sampled=0, for a service control policy that denies xray:PutTraceSegments, and whether the role or the alias was changed after those calls; then verify again with --wait.'
const LOOK_AT_SEGMENTS =
  'Look whether the function runs out of memory (the X-Ray daemon is ended first), whether its role was changed, and for a service control policy that denies xray:PutTraceSegments; then verify again with --wait.'

function segmentsLink({ traces, destination }: Arrival): Link {
  const link = 'segments'
  if (traces && 'unreadable' in traces) {
    const because = `the traces could not be read in full: ${traces.unreadable}`
    return { link, state: 'open', because, next: 'Allow xray:BatchGetTraces.' }
  }
  const read = traces?.value ?? []
  if (read.length === 0) {
    if (isSearched(destination))
      return { link, state: 'open', because: `X-Ray has none of them in full: their spans are in ${SPANS}` }
    const because = 'X-Ray has none of them in full yet'
    return { link, state: 'open', because, next: 'Look again in a minute.' }
  }
  const told = read.filter(({ missing }) => missing.length < 2)
  if (told.length === 0)
    return { link, state: 'open', because: `${times(read.length, 'trace')} were read, and none could be understood` }
  const whole = told.filter(({ missing }) => missing.length === 0).length
  if (whole > 0)
    return { link, state: 'holds', because: `AWS::Lambda and AWS::Lambda::Function, in ${whole} of ${read.length}` }
  const missing = told.some((one) => one.missing.includes('function')) ? 'AWS::Lambda::Function' : 'AWS::Lambda'
  const because = `the segment ${missing} is missing in all traces that were read (${told.length})`
  return { link, state: 'broken', because, next: LOOK_AT_SEGMENTS }
}

function isSearched(destination: Arrival['destination']): boolean {
  return 'value' in destination && destination.value === 'CloudWatchLogs'
}

function tracesIn(summaries: Arrival['summaries']): number {
  return 'value' in summaries ? summaries.value.traces : 0
}

function times(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`
}
