/** Other tracers, told by their layers and by the exec wrapper. */
import { expect, test } from 'vitest'
import { otherTracers } from '../../src/core/tracers.js'

const layer = (name: string) => `arn:aws:lambda:us-east-1:901920570463:layer:${name}:12`

test.each([
  ['aws-otel-nodejs-amd64-ver-1-30-2', 'OpenTelemetry'],
  ['AWSOpenTelemetryDistroPython', 'OpenTelemetry'],
  ['opentelemetry-collector-amd64-0_14_0', 'OpenTelemetry'],
  ['Datadog-Extension', 'Datadog'],
  ['Datadog-Node22-x', 'Datadog'],
  ['dd-trace-java', 'Datadog'],
  ['NewRelicNodeJS22X', 'New Relic'],
  ['lumigo-node-tracer', 'Lumigo'],
  ['Dynatrace_OneAgent_1_291', 'Dynatrace'],
  ['SentryNodeServerlessSDK', 'Sentry'],
  ['elastic-apm-extension-ver-1-5-7-x86_64', 'Elastic APM'],
  ['instana-nodejs', 'Instana'],
  ['splunk-apm', 'Splunk'],
])('layer %s is of %s', (name, tracer) => {
  expect(otherTracers([layer(name)])).toEqual([tracer])
})

test.each([
  ['/opt/datadog_wrapper', 'Datadog'],
  ['/opt/otel-handler', 'OpenTelemetry'],
  ['/opt/newrelic_lambda_wrapper', 'New Relic'],
  ['/opt/lumigo_wrapper', 'Lumigo'],
  ['/opt/dynatrace', 'Dynatrace'],
  ['/opt/bootstrap', 'an exec wrapper'],
])('wrapper %s is %s', (wrapper, tracer) => {
  expect(otherTracers([], wrapper)).toEqual([tracer])
})

test.each([
  ['nothing', [], undefined],
  ['an empty wrapper', [], ''],
  ['other layers', [layer('AWSLambdaPowertoolsTypeScriptV2'), layer('my-datadog-free-layer')], undefined],
  ['what is no layer ARN', ['datadog', ''], undefined],
] as const)('%s: no other tracer', (_, layers, wrapper) => {
  expect(otherTracers(layers, wrapper)).toEqual([])
})

test('each tracer once, in the order of the alphabet', () => {
  const layers = ['newrelic', 'Datadog-Node22-x', 'Datadog-Extension', 'unrelated'].map(layer)
  expect(otherTracers(layers, '/opt/datadog_wrapper')).toEqual(['Datadog', 'New Relic'])
})
