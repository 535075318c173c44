/** How often a fleet's function is invoked: a few of them make most of the invocations. */
import { spreadAround } from '../traffic/draw.js'
import { hashOf, share } from '../traffic/hash.js'
import type { Traffic } from '../traffic/traffic.js'

/** The same for the same function. @param median invocations a minute; absent: it stands idle */
export function fleetTraffic(arn: string, median: number | undefined): Traffic | undefined {
  if (median === undefined) return undefined
  const draw = (salt: number) => share(hashOf(arn), salt)
  return {
    perMinute: spreadAround(spreadAround(spreadAround(median, draw(1)), draw(2)), draw(3)),
    pattern: draw(4) < 0.5 ? 'daily' : 'steady',
    form: draw(5) < 0.5 ? 'annotations' : 'phases',
    coldShare: 0.01,
    errorShare: draw(6) < 0.1 ? 0.05 : 0,
    downstream: ['dynamodb'],
  }
}
