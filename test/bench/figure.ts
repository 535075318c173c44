/** One line of the report: a value, and what it is measured against. */

export interface Figure {
  name: string
  value: number
  unit: string
  /** Measured or computed in the same run, in the same unit. */
  floor?: number
  floorName?: string
  /** What the ratio to the floor, or the value where there is none, may be at most. */
  bound?: number
}

export function ratioOf({ value, floor }: Figure): number | undefined {
  return floor === undefined ? undefined : value / floor
}

export function isOver(figure: Figure): boolean {
  return figure.bound !== undefined && (ratioOf(figure) ?? figure.value) > figure.bound
}

export function markdownOf(figures: readonly Figure[]): string {
  const rows = figures.map((figure) => {
    const { name, value, unit, floor, floorName, bound } = figure
    const ratio = ratioOf(figure)
    const verdict = bound === undefined ? '' : isOver(figure) ? 'OVER' : 'within'
    const against = floor === undefined ? '' : `${floorName}: ${shown(floor)} ${unit}`
    return `| ${name} | ${shown(value)} ${unit} | ${against} | ${ratio?.toFixed(2) ?? ''} | ${bound ?? ''} | ${verdict} |`
  })
  return ['| what | | floor | ratio | bound | |', '|---|---|---|---|---|---|', ...rows].join('\n')
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
