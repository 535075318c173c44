/** The patterns of the published schemas: ARNs, regions, ids and times. */
import { describe, expect, test } from 'vitest'
import { KNOWN_REGIONS } from '../../../src/core/known-regions.js'
import { INLINE_POLICY_NAME, managedPolicyArn } from '../../../src/core/policy/grant.js'
import { runIds } from '../../../src/rollout/journal/run-id.js'
import { faultsOfPart } from './validate.js'

describe('a pattern takes what is meant, and not what looks like it', () => {
  const partitions = Object.keys(KNOWN_REGIONS)
  const arn = (region: string) => `arn:aws:lambda:${region}:123456789012:function:fn`
  const cases: ReadonlyArray<readonly [definition: string, right: string[], wrong: string[]]> = [
    ['region', Object.values(KNOWN_REGIONS).flat(), ['', 'us-east', 'US-EAST-1', 'us-east-1a', '*', 'us-east-1 ']],
    ['account', ['012345678901'], ['12345678901', '1234567890123', 'unknown']],
    ['placeAccount', ['012345678901', 'o-a1b2c3d4e5', 'unknown'], ['', 'o-1', '12345678901']],
    [
      'functionArn',
      [
        arn('us-east-1'),
        arn('cn-north-1').replace('aws', 'aws-cn'),
        arn('us-east-1').replace(':fn', ':us-east-1.edge'),
      ],
      [`${arn('us-east-1')}:live`, `${arn('us-east-1')}:$LATEST`, arn(''), 'fn'],
    ],
    [
      'roleArn',
      ['arn:aws:iam::123456789012:role/a', 'arn:aws-us-gov:iam::123456789012:role/service-role/x+=,.@-_y'],
      ['arn:aws:iam::123456789012:role/', 'arn:aws:iam::123456789012:user/a', 'arn:aws:iam:us-east-1:1:role/a', 'a'],
    ],
    [
      'tracePolicy',
      [...partitions.map(managedPolicyArn), INLINE_POLICY_NAME],
      ['arn:aws:iam::aws:policy/AdministratorAccess', 'arn:aws:iam::123456789012:policy/AWSXRayDaemonWriteAccess'],
    ],
    ['version', ['$LATEST', '$LATEST.PUBLISHED', '17'], ['$latest', 'live', '', '1.0', '$LATEST.']],
    ['aliasName', ['live', 'BLUE_green-2', '$LATEST.PUBLISHED'], ['$LATEST', 'a b', '']],
    ['time', ['2026-11-22T17:57:00.000Z', '2026-11-22T17:57:00Z'], ['2026-11-22', '2026-11-22T17:57:00+01:00']],
    ['planId', ['0123456789abcdef'], ['0123456789ABCDEF', '0123456789abcde', '']],
    ['runId', [...runIds(Date.UTC(2026, 10, 22), '0123456789abcdef', () => 0.5)], ['last', '20261122T175700Z']],
  ]

  test.each(cases)('%s', (definition, right, wrong) => {
    for (const text of right) expect(faultsOfPart(definition, text), text).toEqual([])
    for (const text of wrong) expect(faultsOfPart(definition, text), text).not.toEqual([])
  })
})
