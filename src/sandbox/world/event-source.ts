/** Event source mappings, which exist by seeding only. */

export type EventSourceKind = 'kafka' | 'msk' | 'mq' | 'documentdb' | 'sqs' | 'kinesis'

export interface EventSourceSeed {
  kind: EventSourceKind
  eventSourceArn?: string
}

export interface EventSourceMapping {
  readonly uuid: string
  readonly kind: EventSourceKind
  readonly functionName: string
  readonly functionArn: string
  /** Absent for self-managed Kafka, which has no ARN. */
  readonly eventSourceArn?: string
}

interface Place {
  readonly partition: string
  readonly region: string
  readonly account: string
}

/** An ARN such as a source of that kind has; undefined for self-managed Kafka. */
export function eventSourceArn(kind: EventSourceKind, functionName: string, place: Place): string | undefined {
  const arn = (service: string, resource: string) =>
    `arn:${place.partition}:${service}:${place.region}:${place.account}:${resource}`
  switch (kind) {
    case 'kafka':
      return undefined
    case 'msk':
      return arn('kafka', `cluster/${functionName}/6c1cf9f0-8a0b-4a77-9c5b-3d2f1e0a7b11-4`)
    case 'mq':
      return arn('mq', `broker:${functionName}:b-6c1cf9f0-8a0b-4a77-9c5b-3d2f1e0a7b11`)
    case 'documentdb':
      return arn('rds', `cluster:${functionName}`)
    case 'sqs':
      return arn('sqs', functionName)
    case 'kinesis':
      return arn('kinesis', `stream/${functionName}`)
  }
}
