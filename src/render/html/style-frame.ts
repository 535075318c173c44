/** How the page as a whole looks: its text, its head and foot, its buttons. */

export const FRAME_STYLE = `
*{box-sizing:border-box}
html{font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%}
body{margin:0 auto;max-width:88rem;padding:1.5rem clamp(1rem,4vw,3rem) 3rem;background:var(--paper);color:var(--ink);overflow-wrap:break-word}
code,pre,.findings h3,.findings ul{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.85em}
h1{margin:0;font-size:1.6rem;line-height:1.25;font-weight:650;letter-spacing:-.01em;overflow-wrap:anywhere}
h2{margin:0 0 .75rem;font-size:1.1rem;line-height:1.3;font-weight:650}
h2 small{margin-left:.4rem;font-size:.85rem;font-weight:400;color:var(--dim)}
p{margin:0 0 .4rem;max-width:75ch}
a{color:var(--link);text-underline-offset:.2em}
pre{margin:0;padding:.5rem .7rem;white-space:pre-wrap;overflow-wrap:anywhere;background:var(--tint)}
summary{cursor:pointer}
[hidden]{display:none!important}
:focus-visible{outline:2px solid var(--focus);outline-offset:2px}
.dim,.meaning,.share{color:var(--dim)}
.strong{font-weight:600}
.good{color:var(--good-ink)}
.bad{color:var(--bad-ink)}
.warn{color:var(--warn-ink)}
header{display:flex;gap:1rem;justify-content:space-between;align-items:start}
.kicker{margin:0;color:var(--dim);font-size:.85rem}
main>section{margin-top:2.25rem;padding-top:1rem;border-top:1px solid var(--line);scroll-margin-top:.5rem}
main>section.outcome{margin-top:1.25rem;padding:.2rem 0 .2rem 1rem;border-top:0;border-left:.35rem solid var(--traced)}
.outcome h2{margin:0 0 .2rem;font-size:1.5rem}
.outcome p{margin:0}
.outcome.bad{color:inherit;border-color:var(--blind)}
.outcome.good{color:inherit}
main>section.outcome.loud{padding:1rem 1.25rem;border:0;background:var(--loud);color:var(--on-loud)}
.loud p:first-of-type{font-size:1.1rem;font-weight:600}
nav{margin-top:1rem}
nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.4rem;margin:0;padding:0;list-style:none;font-size:.9rem}
nav small{color:var(--dim)}
footer{margin-top:3rem;padding-top:.75rem;border-top:1px solid var(--line);color:var(--dim);font-size:.85rem}
button,select,input{font:inherit;font-size:.9rem;color:inherit;background:var(--paper);border:1px solid var(--dim);border-radius:3px;padding:.25rem .6rem}
button{cursor:pointer}
button:hover:enabled{background:var(--tint)}
button:disabled{opacity:.45;cursor:default}
:root:not(.js) :is(#theme,.tools,.pages,.copy,.copy-all){display:none}`
