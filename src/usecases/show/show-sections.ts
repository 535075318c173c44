/** Lays a shown function out for people: the verdict first, then the evidence. */
import type { AliasRow, VersionRow } from '../../core/function-row.js'
import type { Cell, Section } from '../../core/report.js'
import { verdictCell } from '../verdict-cell.js'
import type { Shown, ShownRow } from './shown-row.js'

/** A long history is cut in the table; JSON has all of it. */
const NEWEST = 10

export function shownSections(row: Shown['functions'][number]): Section[] {
  if ('error' in row)
    return [
      {
        title: row.name,
        rows: [
          ['verdict', verdictCell('unknown')],
          ['because', row.because],
        ],
      },
    ]
  return [
    { title: row.name, rows: facts(row) },
    ...(row.aliases.length > 0 ? [{ columns: ['ALIAS', 'VERSION', 'MODE'], rows: row.aliases.map(aliasCells) }] : []),
    ...versionSection(row.versions ?? []),
    ...(row.notes.length > 0
      ? [{ rows: row.notes.map((note): Cell[] => [{ text: 'note', tone: 'warn' }, note]) }]
      : []),
  ]
}

function facts(row: ShownRow): Cell[][] {
  const owner =
    row.owner && `stack ${row.owner.stack} (${row.owner.by})${row.owner.logicalId ? `, ${row.owner.logicalId}` : ''}`
  const pairs: Array<[string, Cell | null]> = [
    ['verdict', verdictCell(row.verdict)],
    ['because', row.because],
    ['mode', row.mode],
    ['asked for', row.asked && `${row.asked.qualifier} = version ${row.asked.version}, locked in ${row.asked.mode}`],
    ['permission', `${row.permission.answer}: ${row.permission.because}`],
    ['role', row.role],
    ['state', [row.state, row.updateStatus && `last update ${row.updateStatus}`].filter(Boolean).join(', ') || null],
    ['runtime', row.runtime ?? (row.packageType === 'Image' ? 'container image' : null)],
    ['memory', `${row.memory} MB, of which the X-Ray daemon may use ${row.daemonMemory} MB`],
    ['sampling', row.sampling],
    ['owner', owner],
    ['arn', { text: row.arn, tone: 'dim' }],
  ]
  return pairs.flatMap(([label, value]): Cell[][] =>
    value === null || value === '' ? [] : [[{ text: label, tone: 'dim' }, value]],
  )
}

function aliasCells(alias: AliasRow): Cell[] {
  const weights = Object.entries(alias.weights).map(
    ([version, weight]) => `${version} at ${Math.round(weight * 100)} %`,
  )
  return [alias.name, [alias.version, ...weights].join(', '), alias.mode]
}

function versionSection(versions: VersionRow[]): Section[] {
  const published = versions.filter((one) => one.version !== '$LATEST')
  if (published.length === 0) return []
  const shown = published.slice(-NEWEST).reverse()
  const rest = published.length - shown.length
  return [
    {
      columns: ['VERSION', 'LOCKED MODE'],
      rows: [
        ...shown.map((one): Cell[] => [one.version, one.mode]),
        ...(rest > 0 ? [[{ text: `and ${rest} older`, tone: 'dim' } as const, '']] : []),
      ],
    },
  ]
}
