/** Regions and the partitions they belong to. */
import { describe, expect, test } from 'vitest'
import { homeRegionOf, isRegion, partitionOf } from '../../src/core/region.js'

test.each([
  ['us-east-1', 'aws'],
  ['eu-central-2', 'aws'],
  ['ap-southeast-4', 'aws'],
  ['il-central-1', 'aws'],
  ['mx-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['cn-northwest-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
  ['us-gov-east-1', 'aws-us-gov'],
  ['us-iso-east-1', 'aws-iso'],
  ['us-iso-west-1', 'aws-iso'],
  ['us-isob-east-1', 'aws-iso-b'],
  ['eu-isoe-west-1', 'aws-iso-e'],
  ['us-isof-south-1', 'aws-iso-f'],
  ['eu-isof-central-1', 'aws-iso-f'],
  ['eusc-de-east-1', 'aws-eusc'],
])('%s is a region of %s', (region, partition) => {
  expect(isRegion(region)).toBe(true)
  expect(partitionOf(region)).toBe(partition)
})

test.each([
  '',
  'us-east',
  'us-east-1a',
  'US-EAST-1',
  'us-east-1 ',
  'us-east-1\n',
  'us_east_1',
  'useast1',
  'global',
  '*',
])('%j is not a region', (text) => {
  expect(isRegion(text)).toBe(false)
})

describe('the home of a partition', () => {
  test.each(['aws', 'aws-cn', 'aws-us-gov', 'aws-iso', 'aws-iso-b', 'aws-iso-e', 'aws-iso-f', 'aws-eusc'])(
    'of %s is a region of it',
    (partition) => {
      expect(isRegion(homeRegionOf(partition))).toBe(true)
      expect(partitionOf(homeRegionOf(partition))).toBe(partition)
    },
  )

  test('of an unknown one is us-east-1', () => {
    expect(homeRegionOf('aws-moon')).toBe('us-east-1')
  })
})
