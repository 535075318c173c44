/** What holds for every observation: above all, that nothing unread is ever called traced. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { judge, type Observation, trafficVersions, VERDICTS } from '../../src/core/verdict.js'
import { anyAlias, anyObservation } from './arbitrary-observation.js'

const check = (property: fc.IProperty<[Observation]>) => fc.assert(property, { numRuns: 600 })

/** Something was not read that live traffic depends on. */
function hasGap({ aliases, eventSources, permission }: Observation): boolean {
  if (permission.answer === 'unknown' || 'unreadable' in aliases || 'unreadable' in eventSources) return true
  return aliases.value.some((one) =>
    trafficVersions(one).some((version) => (one.modes[version] ?? 'unknown') === 'unknown'),
  )
}

test('what was not read is never traced', () => {
  check(
    fc.property(anyObservation.filter(hasGap), (seen) => {
      expect(judge(seen).verdict).not.toBe('traced')
    }),
  )
})

test('what was read whole is never unknown', () => {
  check(
    fc.property(
      anyObservation.filter((seen) => !hasGap(seen)),
      (seen) => {
        expect(judge(seen).verdict).not.toBe('unknown')
      },
    ),
  )
})

test('traced means: Active, may write, and every version with traffic Active', () => {
  check(
    fc.property(
      anyObservation.filter((seen) => judge(seen).verdict === 'traced'),
      ({ fn, permission, aliases, eventSources }) => {
        expect(fn.mode).toBe('Active')
        expect(permission.answer).toBe('yes')
        const served = 'value' in aliases ? aliases.value : []
        const modes = served.flatMap((one) => trafficVersions(one).map((version) => one.modes[version]))
        expect(modes.filter((mode) => mode !== 'Active')).toEqual([])
        expect('value' in eventSources && eventSources.value.every(({ kind }) => kind === 'other')).toBe(true)
      },
    ),
  )
})

test('a certain verdict stays bad whatever the unread parts turn out to say', () => {
  const certain = anyObservation.filter((seen) => !['traced', 'unknown'].includes(judge(seen).verdict))
  fc.assert(
    fc.property(certain, anyObservation, (seen, found) => {
      const filled: Observation = {
        fn: seen.fn,
        aliases: 'unreadable' in seen.aliases ? found.aliases : seen.aliases,
        eventSources: 'unreadable' in seen.eventSources ? found.eventSources : seen.eventSources,
        permission: seen.permission.answer === 'unknown' ? found.permission : seen.permission,
      }
      expect(['traced', 'unknown']).not.toContain(judge(filled).verdict)
    }),
    { numRuns: 600 },
  )
})

test('one alias more never makes a function traced', () => {
  fc.assert(
    fc.property(anyObservation, anyAlias, (seen, added) => {
      if ('unreadable' in seen.aliases || judge(seen).verdict === 'traced') return
      const more = judge({ ...seen, aliases: { value: [...seen.aliases.value, added] } })
      expect(more.verdict).not.toBe('traced')
    }),
    { numRuns: 600 },
  )
})

test('a verdict is one of the seven, with a reason on one line', () => {
  check(
    fc.property(anyObservation, (seen) => {
      const { verdict, because } = judge(seen)
      expect(VERDICTS).toContain(verdict)
      expect(because).toMatch(/^\S.*\S$/)
    }),
  )
})
