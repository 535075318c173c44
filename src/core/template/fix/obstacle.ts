/** What keeps us from editing a template at some place. */

export class Obstacle {
  /** Offset of what is to blame. */
  readonly at: number
  readonly reason: string

  constructor(at: number, reason: string) {
    this.at = at
    this.reason = reason
  }
}
