/** How the list looks: on a desk a table that scrolls in its own box, on a phone a block for each row. */

/** On a desk each row is laid out by the widths of column-style.ts, and not before it comes into sight. */
export const LIST_STYLE = `
#list td{overflow-wrap:anywhere}
.tall{max-height:85vh}
#list td:first-child{position:sticky;left:0;z-index:1;background:var(--paper);border-right:1px solid var(--line)}
#list th:first-child{left:0;z-index:3}
#list tbody tr:hover td{background:var(--tint)}
#list th button{padding:0;border:0;border-radius:0;background:none;font-size:inherit;font-weight:inherit;letter-spacing:inherit;text-transform:inherit;text-align:left;white-space:nowrap}
#list th button::after{content:" ↕";opacity:.5}
#list [aria-sort=ascending] button::after{content:" ↑";opacity:1}
#list [aria-sort=descending] button::after{content:" ↓";opacity:1}
#list [aria-sort] button{color:var(--ink)}
.js:not(.started) #list tbody tr:nth-child(n+101){display:none}
.tools{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin-bottom:.75rem}
.tools label{display:grid;gap:.1rem;font-size:.75rem;color:var(--dim);letter-spacing:.03em;text-transform:uppercase}
.tools>label{flex:1 1 16rem}
.choices{display:flex;flex-wrap:wrap;flex-basis:100%;gap:.5rem 1rem}
.tools input,.tools select{color:var(--ink);text-transform:none;letter-spacing:0;max-width:9.5rem}
.tools input{width:100%;max-width:none}
#found{font-variant-numeric:tabular-nums;font-weight:600}
.pages{display:flex;flex-wrap:wrap;gap:.5rem;align-items:center;margin:.75rem 0 0;font-variant-numeric:tabular-nums}
@media screen and (min-width:641px){
#list table,#list thead,#list tbody{display:block}
#list thead{position:sticky;top:0;z-index:2}
#list tr{display:grid;border-bottom:1px solid var(--line)}
#list td,#list th{padding:4px 10px;border-bottom:0;line-height:18px}
#list tbody tr{content-visibility:auto;contain-intrinsic-size:auto 2.9rem}
}
@media (max-width:640px){
.tall{max-height:none}
#list .scroll{border:0}
#list table,#list thead,#list tbody{display:block}
#list thead tr{display:flex;overflow:auto}
#list tbody tr{display:block;padding:.6rem 0;border-bottom:1px solid var(--line);content-visibility:auto;contain-intrinsic-size:auto 12rem}
#list tbody td,#list td:first-child{display:grid;grid-template-columns:7rem minmax(0,1fr);position:static;max-width:none;padding:.05rem 0;border:0;white-space:normal}
#list td:empty{display:none}
#list td::before{display:block;width:auto;height:auto;margin:0;background:none;color:var(--dim);font-size:.75rem}
#list tbody td:first-child{display:block;font-size:1rem}
#list td:first-child::before{display:none}
#list td.v{position:relative}
#list td.v::after{content:"";position:absolute;left:6.1rem;top:.45em;width:.65em;height:.65em;background:var(--v)}
}`
