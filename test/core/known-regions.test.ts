/** The built-in list of regions. */
import { expect, test } from 'vitest'
import { KNOWN_REGIONS } from '../../src/core/known-regions.js'
import { homeRegionOf, isRegion, partitionOf } from '../../src/core/region.js'

test.each(Object.entries(KNOWN_REGIONS))(
  '%s: regions of that partition, each once, its home among them',
  (partition, regions) => {
    expect(new Set(regions).size).toBe(regions.length)
    expect(regions).toContain(homeRegionOf(partition))
    for (const region of regions) {
      expect(isRegion(region)).toBe(true)
      expect(partitionOf(region)).toBe(partition)
    }
  },
)
