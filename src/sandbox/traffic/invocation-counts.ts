/** How often a function is invoked in any hour, minute and second: worked out when asked, and never stored. */
import { type Counts, minus, NONE, plus } from './counts.js'
import { Division } from './division.js'
import { binomial, poisson } from './draw.js'
import { hashOf, share } from './hash.js'
import type { Traffic, TrafficPattern } from './traffic.js'

const HOUR_SECONDS = 3600
/** Of the pattern `hourly`. */
const BUSY_MINUTES = 2
/** Of the pattern `nightly`. */
const NIGHT_HOUR = 2
const SALT = { invocations: 1, errors: 2, throttles: 3, minutes: 4, seconds: 5 }

/** Hours, minutes and seconds are those since the epoch. The sums agree: a whole is drawn first and then divided. */
export class InvocationCounts {
  readonly seed: number
  readonly #traffic: Traffic

  /** @param arn of the function: another one has other invocations */
  constructor(arn: string, traffic: Traffic) {
    this.seed = hashOf(arn)
    this.#traffic = traffic
  }

  hour(hour: number): Counts {
    const { perMinute, pattern = 'steady', errorShare = 0, throttleShare = 0 } = this.#traffic
    const mean = perMinute * 60 * hourFactor(pattern, hour % 24)
    if (mean === 0) return NONE
    const draw = (salt: number) => share(this.seed, hour, salt)
    const invocations = poisson(mean, draw(SALT.invocations))
    const errors = binomial(invocations, errorShare, draw(SALT.errors))
    return { invocations, errors, throttles: poisson(mean * throttleShare, draw(SALT.throttles)) }
  }

  /** Of each of the hour's minutes. */
  minutes(hour: number): Counts[] {
    return this.#byMinute(hour).all()
  }

  second(second: number): Counts {
    return this.#bySecond(Math.floor(second / 60)).one(second % 60)
  }

  /** Of each of the minute's seconds. */
  seconds(minute: number): Counts[] {
    return this.#bySecond(minute).all()
  }

  /** @param from seconds, a multiple of 60, and so is `to`, which is not part of it */
  between(from: number, to: number): Counts {
    const first = Math.floor(from / HOUR_SECONDS)
    const last = Math.floor(to / HOUR_SECONDS)
    let sum = NONE
    for (let hour = first; hour < last; hour += 1) sum = plus(sum, this.hour(hour))
    return minus(plus(sum, this.#sinceHour(to)), this.#sinceHour(from))
  }

  #sinceHour(to: number): Counts {
    const minute = Math.floor((to % HOUR_SECONDS) / 60)
    return minute === 0 ? NONE : this.#byMinute(Math.floor(to / HOUR_SECONDS)).before(minute)
  }

  #byMinute(hour: number): Division {
    const weight = this.#traffic.pattern === 'hourly' ? atTheBeginning : evenly
    return new Division(this.hour(hour), weight, this.seed ^ SALT.minutes, hour)
  }

  #bySecond(minute: number): Division {
    const counts = this.#byMinute(Math.floor(minute / 60)).one(minute % 60)
    return new Division(counts, evenly, this.seed ^ SALT.seconds, minute)
  }
}

function hourFactor(pattern: TrafficPattern, hourOfDay: number): number {
  if (pattern === 'nightly') return hourOfDay === NIGHT_HOUR ? 24 : 0
  if (pattern === 'daily') return 1 + 0.8 * Math.sin(((hourOfDay - 9) / 12) * Math.PI)
  return 1
}

function evenly(part: number): number {
  return part / 60
}

function atTheBeginning(minute: number): number {
  return Math.min(minute, BUSY_MINUTES) / BUSY_MINUTES
}
