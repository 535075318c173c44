/** Three-valued logic: what follows from facts of which some are unknown. */

export type Answer = 'yes' | 'no' | 'unknown'

/** AND: one `no` settles it, whatever else is unknown. All of nothing is `yes`. */
export function allOf(answers: Iterable<Answer>): Answer {
  let result: Answer = 'yes'
  for (const answer of answers) {
    if (answer === 'no') return 'no'
    if (answer === 'unknown') result = 'unknown'
  }
  return result
}

/** OR: one `yes` settles it, whatever else is unknown. Any of nothing is `no`. */
export function anyOf(answers: Iterable<Answer>): Answer {
  let result: Answer = 'no'
  for (const answer of answers) {
    if (answer === 'yes') return 'yes'
    if (answer === 'unknown') result = 'unknown'
  }
  return result
}

/** NOT: what is unknown stays unknown. */
export function negate(answer: Answer): Answer {
  if (answer === 'unknown') return 'unknown'
  return answer === 'yes' ? 'no' : 'yes'
}

export function answerOf(fact: boolean): Answer {
  return fact ? 'yes' : 'no'
}
