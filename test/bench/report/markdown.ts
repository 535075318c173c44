/** The report as Markdown: one table a section, the machine, and first of all what lies outside of its bound. */
import { type Bound, type Figure, isInside, ratioOf } from './figure.js'
import type { Machine } from './machine.js'
import { type BenchReport, outside, type Section } from './report.js'

const HEAD = '| what | measured | floor | ratio | middle half | bound | |\n|---|--:|---|--:|---|--:|---|'

export function markdownOf(report: BenchReport): string {
  const { sections, machine, size } = report
  const judged = sections.flatMap(({ figures }) => figures.filter(({ bound }) => bound !== undefined))
  const over = outside(report)
  const verdict =
    over.length === 0
      ? `All ${judged.length} ratios that have a bound are inside of it.`
      : `${over.length} of ${judged.length} ratios are outside of their bounds:\n\n${over.map(outsideLine).join('\n')}`
  return `${['# Bench', verdict, ...sections.map(sectionText), machineText(machine, size)].join('\n\n')}\n`
}

function outsideLine(figure: Figure): string {
  return `- ${figure.what}: ${ratioOf(figure).toFixed(2)} × ${figure.against}, bound ${boundText(figure.bound)}`
}

function sectionText({ title, figures, note }: Section): string {
  const rows = figures.map(rowOf)
  const table = rows.length === 0 ? [] : [[HEAD, ...rows].join('\n')]
  return [`## ${title}`, ...table, ...(note === undefined ? [] : [note])].join('\n\n')
}

function rowOf(figure: Figure): string {
  const { what, measured, unit, floor, against, rounds, bound, note } = figure
  const inside = isInside(figure)
  const cells = [
    note === undefined ? what : `${what} (${note})`,
    `${shown(measured)} ${unit}`,
    `${against}: ${shown(floor)} ${unit}`,
    ratioOf(figure).toFixed(2),
    rounds ? `${rounds.from.toFixed(2)} – ${rounds.to.toFixed(2)} of ${rounds.count}` : '',
    boundText(bound),
    inside === undefined ? '' : inside ? 'inside' : '**OUTSIDE**',
  ]
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
}

function boundText(bound: Bound | undefined): string {
  if (bound === undefined) return ''
  return 'most' in bound ? `≤ ${bound.most}` : `≥ ${bound.least}`
}

function machineText({ cpu, cores, memory, system, node, awsCli, began, ended, load }: Machine, size: string): string {
  return [
    '## Machine',
    [
      `- ${size} run, ${began} to ${ended}`,
      `- ${cpu}, ${cores} cores, ${memory.toFixed(1)} GB, ${system}`,
      `- Node ${node}; ${awsCli ?? 'no AWS CLI'}`,
      `- load average of the minute before: ${load.began.toFixed(2)} at the begin, ${load.ended.toFixed(2)} at the end`,
    ].join('\n'),
  ].join('\n\n')
}

/** Counts are whole; of measurements three figures say enough. */
function shown(value: number): string {
  if (Number.isInteger(value)) return String(value)
  return value >= 100 ? value.toFixed(0) : value.toFixed(2)
}
