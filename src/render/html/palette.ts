/** The colours of the page: two schemes, each with enough contrast to read (WCAG AA). */

/** `x` colours areas, `x-ink` writes on paper. */
const LIGHT = `color-scheme:light;
--paper:#fcfbf9;--ink:#1e1d1b;--dim:#605c55;--line:#dfdbd3;--tint:#f4f2ed;--link:#1b5e9c;--focus:#1b5e9c;
--loud:#8f1d16;--on-loud:#ffffff;
--good-ink:#1d6a41;--bad-ink:#a8281f;--warn-ink:#875000;
--traced:#3d9a68;--off:#c27f14;--blind:#c6382d;--stale:#8b4a9c;--exempt:#8a939e;--unsupported:#4e5660;--unknown:#3d79c2;`

const DARK = `color-scheme:dark;
--paper:#17181b;--ink:#e7e5e0;--dim:#a5a19a;--line:#34363b;--tint:#202226;--link:#8cbdf0;--focus:#8cbdf0;
--loud:#b3322a;--on-loud:#ffffff;
--good-ink:#6fcf9b;--bad-ink:#ff8f85;--warn-ink:#e9b35c;
--traced:#4aa877;--off:#d99a35;--blind:#e2574b;--stale:#b07cc4;--exempt:#949da9;--unsupported:#68707c;--unknown:#5b95d9;`

/** The reader's system chooses, until the button on the page does; paper is white. */
export const PALETTE = `:root{${LIGHT}}
@media (prefers-color-scheme:dark){:root:not([data-theme=light]){${DARK}}}
:root[data-theme=dark]{${DARK}}
@media print{:root,:root[data-theme=dark],:root:not([data-theme=light]){${LIGHT}--paper:#fff}}`
