/** Numbers as people read them. */

/** Thousands with commas. */
export function thousands(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** `1 finding`, `1,200 findings` */
export function counted(count: number, noun: string): string {
  return `${thousands(count)} ${noun}${count === 1 ? '' : 's'}`
}

/** Whole percent; says 0 only of nothing and 100 only of everything. */
export function percent(part: number, whole: number): string {
  if (part === 0) return '0 %'
  if (part === whole) return '100 %'
  const rounded = Math.round((part / whole) * 100)
  if (rounded === 0) return '<1 %'
  return rounded === 100 ? '>99 %' : `${rounded} %`
}
