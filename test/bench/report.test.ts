/** The report of the bench: what is inside of its bound, and how it is written down. */
import { describe, expect, it } from 'vitest'
import { roundsOf } from './measure/statistics.js'
import { type Figure, isInside, ratioOf } from './report/figure.js'
import { jsonOf } from './report/json.js'
import { markdownOf } from './report/markdown.js'
import { type BenchReport, outside, withMemoryApart } from './report/report.js'

const figure = (more: Partial<Figure> = {}): Figure => ({
  what: 'xtrace --help',
  measured: 90,
  unit: 'ms',
  floor: 30,
  against: 'node -e 0',
  ...more,
})

const report = (figures: Figure[]): BenchReport => ({
  size: 'quick',
  machine: {
    cpu: 'Abacus',
    cores: 2,
    memory: 23.54,
    system: 'linux-x64 6.1',
    node: 'v20.20.2',
    awsCli: null,
    began: '2027-01-01T00:00:00.000Z',
    ended: '2027-01-01T00:00:50.000Z',
    load: { began: 0.25, ended: 1.5 },
  },
  sections: withMemoryApart([{ title: 'Start-up', seconds: 4.123456, figures, note: 'Quick: fewer rounds.' }]),
})

describe('a bound', () => {
  it.each([
    [{ bound: { most: 3 } }, true],
    [{ bound: { most: 2.99 } }, false],
    [{ bound: { least: 3 } }, true],
    [{ bound: { least: 3.01 } }, false],
    [{}, undefined],
  ])('%o of a ratio of 3: inside %s', (more, inside) => {
    expect(isInside(figure(more))).toBe(inside)
  })

  it('holds for the median of the rounds, not for the ratio of two medians', () => {
    const rounds = { count: 3, ratio: 3.2, from: 3.1, to: 3.4 }
    expect(isInside(figure({ rounds, bound: { most: 3 } }))).toBe(false)
  })

  it('is kept by nothing where nothing is the floor, and by nothing else there', () => {
    const grants = (measured: number) => figure({ measured, floor: 0, unit: 'grants', bound: { most: 1 } })
    expect([isInside(grants(0)), isInside(grants(1))]).toEqual([true, false])
  })

  it.each([{ most: 1 }, { least: 1 }])('%o is not kept by what could not be measured', (bound) => {
    expect(isInside(figure({ measured: Number.NaN, bound }))).toBe(false)
  })
})

describe('rounds', () => {
  it('say the median of the ratios, and where the middle half of them lies', () => {
    const pairs = [5, 1, 4, 2, 3].map((ratio, round): [number, number] => [ratio * (round + 1), round + 1])
    expect(roundsOf(pairs)).toEqual({ count: 5, ratio: 3, from: 2, to: 4 })
    expect(ratioOf(figure({ rounds: roundsOf(pairs) }))).toBe(3)
  })
})

describe('the report', () => {
  const memory = figure({ what: 'audit', measured: 111, unit: 'MB', floor: 70, against: 'bare | SDK' })
  const slow = figure({ bound: { most: 2.5 }, rounds: { count: 7, ratio: 3, from: 2.9, to: 3.125 } })

  it('begins with what is outside, and has one table a section, with memory in a table of its own', () => {
    const text = markdownOf(report([slow, memory, figure({ what: 'told', note: 'not judged' })]))
    expect(text).toBe(`# Bench

1 of 1 ratios are outside of their bounds:

- xtrace --help: 3.00 × node -e 0, bound ≤ 2.5

## Start-up

| what | measured | floor | ratio | middle half | bound | |
|---|--:|---|--:|---|--:|---|
| xtrace --help | 90 ms | node -e 0: 30 ms | 3.00 | 2.90 – 3.13 of 7 | ≤ 2.5 | **OUTSIDE** |
| told (not judged) | 90 ms | node -e 0: 30 ms | 3.00 |  |  |  |

Quick: fewer rounds.

## Memory

| what | measured | floor | ratio | middle half | bound | |
|---|--:|---|--:|---|--:|---|
| audit | 111 MB | bare \\| SDK: 70 MB | 1.59 |  |  |  |

## Machine

- quick run, 2027-01-01T00:00:00.000Z to 2027-01-01T00:00:50.000Z
- Abacus, 2 cores, 23.5 GB, linux-x64 6.1
- Node v20.20.2; no AWS CLI
- load average of the minute before: 0.25 at the begin, 1.50 at the end
`)
  })

  it('says so where all is inside', () => {
    const kept = report([figure({ bound: { most: 3 } }), memory])
    expect(markdownOf(kept)).toContain('\n\nAll 1 ratios that have a bound are inside of it.\n\n')
    expect(outside(kept)).toEqual([])
    expect(outside(report([slow, memory]))).toEqual([slow])
  })

  it('says the same in JSON, with every ratio and whether it is inside', () => {
    const said = JSON.parse(jsonOf(report([slow, memory])))
    expect(said).toMatchObject({ schema: 'xtrace/bench@1', size: 'quick', inside: false, machine: { cores: 2 } })
    expect(said.sections).toEqual([
      {
        title: 'Start-up',
        seconds: 4.1235,
        note: 'Quick: fewer rounds.',
        figures: [{ ...slow, ratio: 3, inside: false }],
      },
      { title: 'Memory', figures: [{ ...memory, ratio: 1.5857, inside: null }] },
    ])
    expect(JSON.parse(jsonOf(report([memory]))).inside).toBe(true)
  })
})
