/** Recognizes other tracers by their layers and exec wrappers: such a function may be traced twice, or by intent elsewhere. */

const BY_LAYER: ReadonlyArray<readonly [RegExp, string]> = [
  [/^(datadog|dd-trace)/i, 'Datadog'],
  [/^newrelic/i, 'New Relic'],
  [/^(aws-otel|opentelemetry|awsotel)/i, 'OpenTelemetry'],
  [/^awsopentelemetrydistro/i, 'OpenTelemetry'],
  [/^lumigo/i, 'Lumigo'],
  [/^dynatrace/i, 'Dynatrace'],
  [/^(sentry)/i, 'Sentry'],
  [/^(epsagon)/i, 'Epsagon'],
  [/^(honeycomb)/i, 'Honeycomb'],
  [/^(splunk)/i, 'Splunk'],
  [/^(elastic-apm)/i, 'Elastic APM'],
  [/^(instana)/i, 'Instana'],
  [/^(thundra)/i, 'Thundra'],
  [/^(appdynamics)/i, 'AppDynamics'],
]

const BY_WRAPPER: ReadonlyArray<readonly [RegExp, string]> = [
  [/datadog/i, 'Datadog'],
  [/newrelic/i, 'New Relic'],
  [/otel/i, 'OpenTelemetry'],
  [/lumigo/i, 'Lumigo'],
  [/dynatrace/i, 'Dynatrace'],
]

/**
 * @param layerArns full ARNs of layer versions
 * @param execWrapper value of AWS_LAMBDA_EXEC_WRAPPER, the one variable that is looked at; it goes no further
 */
export function otherTracers(layerArns: readonly string[], execWrapper?: string): string[] {
  const layerNames = layerArns.map((arn) => arn.split(':')[6] ?? '')
  const found = layerNames.flatMap((layer) =>
    BY_LAYER.filter(([pattern]) => pattern.test(layer)).map(([, tracer]) => tracer),
  )
  if (execWrapper) found.push(BY_WRAPPER.find(([pattern]) => pattern.test(execWrapper))?.[1] ?? 'an exec wrapper')
  return [...new Set(found)].sort()
}
