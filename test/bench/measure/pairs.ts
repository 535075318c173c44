/** Measures a program and its floor in turn, so that both meet the same machine. */
import type { Figure } from '../report/figure.js'
import { done, type Program } from './program.js'
import { median, roundsOf } from './statistics.js'

/** The program of a round; rounds that change something differ. */
type EachRound = (round: number) => Program

/** @param rounds pairs that are counted, after one that is not */
export async function inPairs(
  names: Pick<Figure, 'what' | 'against' | 'bound'>,
  measured: EachRound,
  floor: EachRound,
  rounds: number,
): Promise<Figure> {
  const pairs: Array<[number, number]> = []
  for (let round = 0; round <= rounds; round += 1) {
    const pair: [number, number] = [await milliseconds(measured(round)), await milliseconds(floor(round))]
    if (round > 0) pairs.push(pair)
  }
  return {
    ...names,
    unit: 'ms',
    measured: median(pairs.map(([time]) => time)),
    floor: median(pairs.map(([, time]) => time)),
    rounds: roundsOf(pairs),
  }
}

async function milliseconds(program: Program): Promise<number> {
  return (await done(program)).seconds * 1000
}
