/** Amounts as people read them: `$1,234.56`, `<$0.01`, `1,234`. */

/** Something is never shown as nothing. */
export function moneyText(dollars: number): string {
  if (dollars === 0) return '$0'
  const cents = Math.round(dollars * 100)
  if (cents === 0) return '<$0.01'
  const [whole = '', fraction = ''] = (cents / 100).toFixed(2).split('.')
  return `$${withCommas(whole)}.${fraction}`
}

export function countText(count: number): string {
  const whole = Math.round(count)
  return whole === 0 && count > 0 ? '<1' : withCommas(String(whole))
}

function withCommas(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',')
}
