/** The report as JSON: what its Markdown says, for programs. */
import { isInside, ratioOf } from './figure.js'
import { type BenchReport, outside } from './report.js'

export function jsonOf(report: BenchReport): string {
  const { size, machine, sections } = report
  const said = {
    schema: 'xtrace/bench@1',
    size,
    inside: outside(report).length === 0,
    machine,
    sections: sections.map(({ figures, ...section }) => ({
      ...section,
      figures: figures.map((figure) => ({
        ...figure,
        ratio: ratioOf(figure),
        inside: isInside(figure) ?? null,
      })),
    })),
  }
  return `${JSON.stringify(said, roundedNumber, 2)}\n`
}

/** More digits are noise. */
function roundedNumber(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toPrecision(5)) : value
}
