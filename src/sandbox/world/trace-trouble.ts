/** What can go wrong with the traces of a function, or of a region, although everything is permitted. */

export type TraceTrouble =
  /** Nothing arrives. */
  | 'traces-lost'
  /** Only `AWS::Lambda` arrives: not even the summaries know the function segment. */
  | 'function-segment-lost'
  | 'service-segment-lost'
  /** Summaries know the function segment, and BatchGetTraces does not have it. */
  | 'function-segment-late'
  | 'in-progress'
  /** The function segment starts before the service segment. */
  | 'clock-skew'
  /** Segments end before they start. */
  | 'negative-duration'
  | 'not-json'
  | 'no-times'
  | 'times-as-text'
  /** Subsegments are an object. */
  | 'subsegments-no-list'
  /** The two segments are each other's parents. */
  | 'parent-cycle'
  /** Subsegments in subsegments, five thousand deep. */
  | 'deep-nesting'
