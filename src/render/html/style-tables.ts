/** How tables and findings look. */

export const TABLES_STYLE = `
.scroll{overflow:auto;border:1px solid var(--line)}
table{border-collapse:separate;border-spacing:0;font-size:.87rem;line-height:1.4}
.scroll table{min-width:100%}
td,th{padding:.28rem .7rem;text-align:left;vertical-align:top;border-bottom:1px solid var(--line);overflow-wrap:break-word}
tbody tr:last-child>*{border-bottom:0}
tbody th{font-weight:400}
thead th{background:var(--tint);color:var(--dim);font-size:.75rem;font-weight:600;letter-spacing:.03em;text-transform:uppercase;white-space:nowrap;vertical-align:bottom}
.number{text-align:right;font-variant-numeric:tabular-nums}
.zero{color:var(--dim)}
.pairs td{overflow-wrap:anywhere}
.pairs th{color:var(--dim);white-space:nowrap}
.accepted{margin-left:.4rem;padding:0 .35rem;border:1px solid var(--dim);border-radius:3px;font-size:.8em;color:var(--dim)}
.gaps td:nth-child(-n+2){white-space:nowrap}
.gaps td:nth-child(3){min-width:9rem}
.gaps td:last-child{overflow-wrap:anywhere}
.gaps td:last-child{min-width:50%}
#coverage .scroll,#coverage details{margin-top:1rem}
.read-places{margin-top:1rem}
details>table,details>.scroll{margin-top:.5rem}
.read-places th{white-space:nowrap}
.kind{border-top:1px solid var(--line)}
.kind:last-child{border-bottom:1px solid var(--line)}
.kind>summary{padding:.5rem 0}
.kind>summary>*{margin-left:.5rem}
.severity{display:inline-block;min-width:4.2rem;padding:0 .4rem;border-radius:3px;border:1px solid;font-size:.8rem;text-align:center}
.high{color:var(--bad-ink)}
.medium{color:var(--warn-ink)}
.low{color:var(--dim)}
.copy-all{margin:.2rem 0 .6rem}
.findings{margin:0;padding:0;list-style:none}
.findings>li{display:grid;grid-template-columns:minmax(0,1fr) minmax(0,1fr);gap:.3rem 1.5rem;padding:.6rem 0;border-top:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 5rem}
.findings p{font-size:.93rem}
.findings h3{margin:0 0 .15rem;font-weight:400;color:var(--dim);overflow-wrap:anywhere}
.findings h3 b{color:var(--ink)}
.findings ul{margin:0;padding-left:1.1rem;color:var(--dim);overflow-wrap:anywhere}
.command{display:flex;gap:.5rem;align-items:start;max-width:none}
.command code{flex:1;padding:.25rem .6rem;background:var(--tint);overflow-wrap:anywhere}
.notes{margin:0;padding-left:1.1rem}
.notes li{max-width:90ch;overflow-wrap:anywhere}
@media (max-width:640px){
.gaps thead{display:none}
.gaps tr{display:flex;flex-wrap:wrap;gap:.1rem .9rem;padding:.5rem .7rem;border-bottom:1px solid var(--line)}
.gaps td{padding:0;border:0}
.gaps td:last-child{width:100%;min-width:0;color:var(--dim)}
.findings>li{grid-template-columns:minmax(0,1fr)}
}`
