/** The report of a bench: its sections, where and when they were measured, and what lies outside of its bound. */
import { type Figure, isInside } from './figure.js'
import type { Machine } from './machine.js'

export interface BenchReport {
  size: Size
  machine: Machine
  sections: Section[]
}

export type Size = 'quick' | 'full'

export interface Section {
  title: string
  /** That measuring it took. */
  seconds?: number
  figures: Figure[]
  /** What was measured smaller than in full, or why nothing was. */
  note?: string
}

export function outside({ sections }: BenchReport): Figure[] {
  return sections.flatMap(({ figures }) => figures.filter((figure) => isInside(figure) === false))
}

/** Memory is read side by side, wherever it was measured. */
export function withMemoryApart(sections: readonly Section[]): Section[] {
  const isMemory = ({ unit }: Figure) => unit === 'MB'
  const memory = sections.flatMap(({ figures }) => figures.filter(isMemory))
  const others = sections.map((section) => ({
    ...section,
    figures: section.figures.filter((one) => !isMemory(one)),
  }))
  return memory.length === 0 ? others : [...others, { title: 'Memory', figures: memory }]
}
