/** How a timeline looks: bars behind which the marks of the scale run on, and the colour of each tone. */
import type { Tone } from '../../core/report.js'

/** Tone → the verdict whose colour it shares. */
const TONE_COLOURS: Record<Tone, string> = {
  good: 'traced',
  bad: 'blind',
  warn: 'off',
  dim: 'exempt',
  strong: 'unsupported',
  plain: 'unknown',
}

/** In less than 960 px the marks of the scale would touch: there every bar stands below its row. */
export const TIMELINE_STYLE = `
.timeline{width:100%}
.timeline th,.timeline td{white-space:nowrap}
.timeline tbody th{white-space:pre}
.timeline td.drawn{width:55%;padding:0 .7rem;vertical-align:middle}
.timeline thead td.drawn{background:var(--tint)}
.line,.scale{display:block;width:100%;overflow:visible}
.line{height:1.75rem;forced-color-adjust:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.line .tick{fill:var(--line)}
.scale{height:1.5rem;font-size:.75rem;font-variant-numeric:tabular-nums}
.scale text{fill:var(--dim)}
.scale .middle{text-anchor:middle}
.scale .end{text-anchor:end}
${Object.entries(TONE_COLOURS)
  .map(([tone, colour]) => `.line .${tone}{fill:var(--${colour})}`)
  .join('\n')}
@media (max-width:960px){
.timeline thead th{display:none}
.timeline tr{display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.timeline thead tr{padding:0;border:0}
.timeline th,.timeline td,.timeline td.drawn{padding:0;border:0;white-space:normal}
.timeline tbody th{flex:1 1 auto;white-space:pre-wrap}
.timeline td:empty{display:none}
.timeline tbody th+.number::before{content:"at ";color:var(--dim)}
.timeline td.drawn{width:100%}
.line{height:1.2rem}
}`
