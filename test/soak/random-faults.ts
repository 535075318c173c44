/** What goes wrong with AWS for a while: throttles, faults of its own, lost connections, conflicts, delays. */
import type { FaultRule } from '../../src/sandbox/server.js'
import type { Chance } from './chance.js'

const LAMBDA_WRITES = ['UpdateFunctionConfiguration', 'PublishVersion', 'UpdateAlias']
const LAMBDA_READS = ['GetFunction', 'GetFunctionConfiguration', 'ListFunctions', 'ListAliases']

const KINDS: ReadonlyArray<(chance: Chance) => FaultRule> = [
  () => ({ match: { service: 'lambda' }, kind: 'throttle', retryAfterSeconds: 1 }),
  () => ({ match: { service: 'iam' }, kind: 'throttle' }),
  (chance) => ({ match: { write: chance.happens(0.5) }, kind: chance.one(['http-500', 'http-503']) }),
  (chance) => ({ match: { write: chance.happens(0.7) }, kind: chance.one(['reset-before', 'reset-after']) }),
  (chance) => ({ match: { operation: chance.one(LAMBDA_WRITES) }, kind: chance.one(['reset-after', 'http-500']) }),
  (chance) => ({ match: { operation: chance.one(LAMBDA_READS) }, kind: chance.one(['reset-before', 'http-503']) }),
  () => ({ match: { operation: 'UpdateFunctionConfiguration' }, kind: 'ec2-throttle' }),
  () => ({ match: { service: 'lambda', write: true }, kind: 'delay', delayMs: 3_000 }),
  (chance) => ({
    match: { operation: chance.one(LAMBDA_WRITES) },
    kind: 'error',
    status: 409,
    code: 'ResourceConflictException',
    message: 'The operation cannot be performed at this time. An update is in progress for resource.',
  }),
  () => ({
    match: { service: 'iam', write: true },
    kind: 'error',
    status: 409,
    code: 'ConcurrentModification',
    message: 'The request was rejected because multiple requests to change this object were submitted simultaneously.',
  }),
]

/** Each acts a few times and is spent: what is tried again often enough goes through in the end. */
export function randomFaults(chance: Chance): FaultRule[] {
  return Array.from({ length: chance.between(0, 4) }, () => ({
    ...chance.one(KINDS)(chance),
    times: chance.between(1, 4),
    skip: chance.between(0, 12),
    ...(chance.happens(0.3) && { probability: 0.4 }),
  }))
}
