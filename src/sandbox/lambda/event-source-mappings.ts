/** ListEventSourceMappings, a hundred a page. */
import type { Context } from '../wire/service.js'
import type { EventSourceMapping } from '../world/event-source.js'
import { SEEDED_AT } from '../world/function-seed.js'
import { readName, regionOf } from './function-name.js'
import { type LambdaInput, writeMarker } from './input.js'
import type { LambdaResult } from './operation.js'

export function listEventSourceMappings(input: LambdaInput, context: Context): LambdaResult {
  const functionName = input.query.get('FunctionName')
  const name = functionName === null ? undefined : readName(functionName, 'read', context).name
  const sourceArn = input.query.get('EventSourceArn')
  const wanted = regionOf(context).eventSourceMappings.filter(
    (mapping) =>
      (name === undefined || mapping.functionName === name) &&
      (sourceArn === null || mapping.eventSourceArn === sourceArn),
  )
  const from = Number(input.marker() ?? 0)
  const to = from + input.pageSize(100)
  const NextMarker = to < wanted.length ? { NextMarker: writeMarker(String(to)) } : {}
  return { status: 200, body: { ...NextMarker, EventSourceMappings: wanted.slice(from, to).map(mappingAnswer) } }
}

function mappingAnswer(mapping: EventSourceMapping): Record<string, unknown> {
  return {
    UUID: mapping.uuid,
    BatchSize: 10,
    ...(mapping.eventSourceArn === undefined ? {} : { EventSourceArn: mapping.eventSourceArn }),
    FunctionArn: mapping.functionArn,
    LastModified: SEEDED_AT / 1000,
    LastProcessingResult: 'OK',
    State: 'Enabled',
    StateTransitionReason: 'USER_INITIATED',
    ...sourceDetail(mapping),
  }
}

function sourceDetail({ kind, functionName }: EventSourceMapping): Record<string, unknown> {
  switch (kind) {
    case 'kafka':
      return {
        Topics: [functionName],
        SelfManagedEventSource: { Endpoints: { KAFKA_BOOTSTRAP_SERVERS: ['broker-1.internal.example:9092'] } },
      }
    case 'msk':
      return { Topics: [functionName] }
    case 'mq':
      return { Queues: [functionName] }
    case 'documentdb':
      return { DocumentDBEventSourceConfig: { DatabaseName: functionName, FullDocument: 'Default' } }
    case 'sqs':
    case 'kinesis':
      return {}
  }
}
