/** How what is drawn looks: bars, their keys, the map of places, and the colour of each verdict and status. */
import { VERDICTS } from '../../core/verdict.js'

/** Status of a place → the verdict whose colour it shares. */
const STATUS_COLOURS = {
  read: 'traced',
  'denied-iam': 'blind',
  'denied-scp': 'stale',
  'not-enabled': 'exempt',
  throttled: 'off',
  failed: 'unknown',
}

const COLOURS = [...VERDICTS.map((verdict) => [verdict, verdict] as const), ...Object.entries(STATUS_COLOURS)]

export const DRAWN_STYLE = `
.bar{display:block;width:100%;height:.7rem;background:var(--tint);forced-color-adjust:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.bar rect{stroke:var(--paper);stroke-width:1px}
#verdicts .bar,#coverage .bar{height:1.4rem}
.v::before{content:"";display:inline-block;width:.65em;height:.65em;margin-right:.45em;background:var(--v);forced-color-adjust:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
${COLOURS.map(([name, colour]) => `.${name}{--v:var(--${colour})}.bar .${name}{fill:var(--${colour})}`).join('\n')}
.key{display:grid;grid-template-columns:max-content max-content max-content 1fr;gap:.15rem 1rem;margin:.75rem 0 0;padding:0;list-style:none}
.key li{display:contents}
.key b,.key .share{text-align:right;font-variant-numeric:tabular-nums}
.key a{color:inherit}
.fact{display:inline-block;margin:.75rem 1.5rem 0 0;color:var(--dim)}
.fact b{color:var(--ink)}
.scroll .map{min-width:0}
.map caption{caption-side:bottom;padding:.3rem .7rem;text-align:left;color:var(--dim)}
.map td{width:1.6rem;min-width:1.6rem;padding:.1rem;text-align:center;background:var(--tint);background:color-mix(in srgb,var(--v) 35%,var(--paper));border:1px solid var(--paper);font-weight:600;print-color-adjust:exact;-webkit-print-color-adjust:exact}
.map td.read{background:none;color:var(--dim);font-weight:400}
.map thead th{height:8rem;vertical-align:bottom;padding:.2rem}
.map thead th span{writing-mode:vertical-rl;transform:rotate(180deg);text-transform:none;letter-spacing:0}
.counts{width:100%}
.counts thead th{background:none}
.counts td.drawn{width:45%}
.counts th,.counts .number{white-space:nowrap}
.counts td.drawn{vertical-align:middle}
.counts tbody .v::before{content:none}
.counts .all{font-weight:600}
@media (max-width:640px){
.key{grid-template-columns:max-content max-content 1fr}
.key .meaning{grid-column:1/-1;margin:-.15rem 0 .35rem 1.1rem;font-size:.87rem}
.key .share{text-align:left}
.counts thead{display:none}
.counts tr{display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:.5rem 0;border-bottom:1px solid var(--line)}
.counts td,.counts th{padding:0;border:0}
.counts td.drawn{order:1;width:100%}
.counts td.number{order:2}
.counts td.all{order:0;margin-left:auto}
.counts .zero{display:none}
.counts tbody .v::before{content:""}
${VERDICTS.map((verdict) => `.counts td.${verdict}::after{content:" ${verdict}"}`).join('\n')}
}`
