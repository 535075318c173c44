/** Lengths of time in traces as people read them. */

/** `0.4 ms`, `12 ms`, `1,234 ms`: tenths below ten, thousands with commas. */
export function millisecondsText(ms: number): string {
  const size = Math.abs(ms)
  const figure = size < 10 ? String(Math.round(size * 10) / 10) : withCommas(Math.round(size))
  return `${ms < 0 && figure !== '0' ? '-' : ''}${figure} ms`
}

function withCommas(whole: number): string {
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',')
}
