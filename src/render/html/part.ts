/** One part of the page, which its list of contents names. */
import type { Markup } from './escape.js'

export interface Part {
  /** Its anchor. */
  id: string
  title: string
  /** How much there is of it. */
  count?: string
  body: Markup
}
