/** The regions of an account, from the best source that answers. */
import { describe, expect, test } from 'vitest'
import type { AwsAccess } from '../../../src/aws/gateways.js'
import { KNOWN_REGIONS } from '../../../src/core/known-regions.js'
import { type ErrorCode, XtraceError } from '../../../src/errors.js'
import { allRegions } from '../../../src/usecases/read/all-regions.js'

type Answer = string[] | ErrorCode

function ask(account: Answer, ec2: Answer, home = 'us-east-1') {
  const asked: string[] = []
  const answer = (what: string, one: Answer) => async () => {
    asked.push(what)
    if (typeof one === 'string') throw new XtraceError(one, `${what} says ${one}.`)
    return one
  }
  const used: Pick<AwsAccess, 'regions'> = {
    regions: async (region) => {
      asked.push(region)
      return { fromAccount: answer('account', account), fromEc2: answer('ec2', ec2) }
    },
  }
  return { asked, found: allRegions(home, used as AwsAccess) }
}

test('the account itself knows best, asked in the home region', async () => {
  const { asked, found } = ask(['eu-west-1'], ['us-east-1'])
  expect(await found).toEqual({ regions: ['eu-west-1'] })
  expect(asked).toEqual(['us-east-1', 'account'])
})

test.each<[what: string, account: Answer]>([
  ['denied', 'ACCESS_DENIED'],
  ['not there in this partition', 'INVALID_REQUEST'],
  ['out of reach', 'CONNECTION_LOST'],
  ['empty', []],
])('its list is %s: EC2 is asked', async (_, account) => {
  expect(await ask(account, ['us-east-1', 'eu-west-1']).found).toEqual({ regions: ['us-east-1', 'eu-west-1'] })
})

describe('neither answers: all known regions of the partition, and a word about it', () => {
  test.each([
    ['us-east-1', 'aws'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-east-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
  ])('%s', async (home, partition) => {
    const { regions, note } = await ask('ACCESS_DENIED', 'ACCESS_DENIED', home).found
    expect(regions).toEqual(KNOWN_REGIONS[partition])
    expect(note).toBe(
      `the account's own list of regions could not be read (account says ACCESS_DENIED.); all ${regions.length} known regions of the partition are tried`,
    )
  })

  test('both are empty', async () => {
    expect((await ask([], []).found).note).toContain('(it is empty)')
  })
})

test.each<ErrorCode>(['EXPIRED_CREDENTIALS', 'NO_CREDENTIALS', 'INTERRUPTED', 'FAULT'])(
  '%s concerns the whole command: no further source is asked',
  async (code) => {
    const { asked, found } = ask(code, ['us-east-1'])
    await expect(found).rejects.toMatchObject({ code })
    expect(asked).not.toContain('ec2')
  },
)
