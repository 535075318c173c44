/** A template under one set of assumptions: its sections, what was found in them once, and how values come out. */
import type { Evaluator } from './evaluate/evaluator.js'
import type { Attachments } from './role/attachment.js'
import type { Resource, Sections } from './sections.js'

export interface Deployment {
  sections: Sections
  attachments: Attachments
  /** Of the roles whose name is written out. */
  rolesByName: ReadonlyMap<string, Resource>
  evaluator: Evaluator
}
