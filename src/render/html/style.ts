/** The style of every page; what the columns of one page's list need is added in column-style.ts. */
import { PALETTE } from './palette.js'
import { DRAWN_STYLE } from './style-drawn.js'
import { FRAME_STYLE } from './style-frame.js'
import { LIST_STYLE } from './style-list.js'
import { PAPER_STYLE } from './style-paper.js'
import { TABLES_STYLE } from './style-tables.js'
import { TIMELINE_STYLE } from './style-timeline.js'

export const STYLE = [PALETTE, FRAME_STYLE, TABLES_STYLE, DRAWN_STYLE, TIMELINE_STYLE, LIST_STYLE, PAPER_STYLE].join('')
