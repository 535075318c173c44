/** The kinds of functions of an audit fleet, each with its true verdict, or with that it depends on the role. */
import type { ExpectedVerdict } from '../fleet/expected-verdict.js'
import type { FunctionSeed } from '../world/function-seed.js'

export interface FunctionKind {
  /** Of a hundred functions. */
  readonly share: number
  /** `by-role`: traced where the role can write, blind where it cannot. A `stale` one needs a role that can. */
  readonly verdict: ExpectedVerdict | 'by-role'
  readonly seed: Omit<FunctionSeed, 'name' | 'role'>
  /** A replica of a Lambda@Edge function. */
  readonly edge?: true
}

const on = { mode: 'Active' } as const
const off = { mode: 'PassThrough' } as const
const absent = { mode: undefined }

const live = (version: string, weights?: Record<string, number>) => [
  { name: 'live', version, ...(weights === undefined ? {} : { weights }) },
]
const layer = (account: string, name: string) => ({ layers: [`arn:aws:lambda:us-east-1:${account}:layer:${name}`] })

const OFF: readonly FunctionKind[] = [
  { share: 14, verdict: 'off', seed: off },
  { share: 4, verdict: 'off', seed: absent },
  { share: 3, verdict: 'off', seed: { ...off, packageType: 'Image' } },
  { share: 5, verdict: 'off', seed: { ...off, versions: [off, off], aliases: live('2') } },
  { share: 2, verdict: 'off', seed: { ...off, versions: [on], aliases: live('1') } },
  { share: 2, verdict: 'off', seed: { ...off, eventSources: [{ kind: 'sqs' }] } },
]

const BY_ROLE: readonly FunctionKind[] = [
  { share: 19, verdict: 'by-role', seed: on },
  { share: 8, verdict: 'by-role', seed: { ...on, versions: [on], aliases: live('1') } },
  { share: 6, verdict: 'by-role', seed: { ...on, versions: [off, on], aliases: live('2') } },
  { share: 3, verdict: 'by-role', seed: { ...on, versions: [off] } },
  { share: 1, verdict: 'by-role', seed: { ...on, versions: [off], aliases: live('$LATEST') } },
  { share: 2, verdict: 'by-role', seed: { ...on, versions: [on, on], aliases: live('1', { '2': 0.1 }) } },
  { share: 1, verdict: 'by-role', seed: { ...on, versions: [off, on], aliases: live('2', { '1': 0 }) } },
  { share: 1, verdict: 'by-role', seed: { ...on, versions: [off, on], aliases: live('1', { '2': 1 }) } },
  {
    share: 2,
    verdict: 'by-role',
    seed: { ...on, versions: [off, on, on], aliases: [...live('3'), { name: 'canary', version: '2' }] },
  },
  { share: 2, verdict: 'by-role', seed: { ...on, eventSources: [{ kind: 'sqs' }, { kind: 'kinesis' }] } },
  { share: 2, verdict: 'by-role', seed: { ...on, packageType: 'Image' } },
  { share: 1, verdict: 'by-role', seed: { ...on, managedInstances: true } },
  { share: 1, verdict: 'by-role', seed: { ...on, ...layer('464622532012', 'Datadog-Extension:86') } },
  { share: 1, verdict: 'by-role', seed: { ...on, ...layer('901920570463', 'aws-otel-nodejs-amd64-ver-1-30-2:1') } },
]

const STALE: readonly FunctionKind[] = [
  { share: 5, verdict: 'stale', seed: { ...on, versions: [off], aliases: live('1') } },
  { share: 1, verdict: 'stale', seed: { ...on, versions: [absent], aliases: live('1') } },
  { share: 3, verdict: 'stale', seed: { ...on, versions: [off, on], aliases: live('1') } },
  { share: 2, verdict: 'stale', seed: { ...on, versions: [off, on], aliases: live('2', { '1': 0.1 }) } },
  { share: 1, verdict: 'stale', seed: { ...on, versions: [off, on], aliases: live('1', { '2': 0.9 }) } },
  {
    share: 1,
    verdict: 'stale',
    seed: { ...on, versions: [off, on], aliases: [{ name: 'beta', version: '1' }, ...live('2')] },
  },
  { share: 1, verdict: 'stale', seed: { ...on, managedInstances: true, latestPublishedMode: 'PassThrough' } },
]

const UNSUPPORTED: readonly FunctionKind[] = [
  { share: 1, verdict: 'unsupported', seed: { ...off, eventSources: [{ kind: 'kafka' }] } },
  { share: 1, verdict: 'unsupported', seed: { ...on, eventSources: [{ kind: 'sqs' }, { kind: 'msk' }] } },
  { share: 1, verdict: 'unsupported', seed: { ...on, eventSources: [{ kind: 'mq' }] } },
  { share: 1, verdict: 'unsupported', seed: { ...on, eventSources: [{ kind: 'documentdb' }] } },
  { share: 1, verdict: 'unsupported', seed: off, edge: true },
  { share: 1, verdict: 'unsupported', seed: { ...off, runtime: 'nodejs12.x' } },
]

/** The shares make a hundred, with seventy versions. */
export const FUNCTION_KINDS: readonly FunctionKind[] = [...OFF, ...BY_ROLE, ...STALE, ...UNSUPPORTED]
