/** What was read of a function, a line each: the evidence that a finding stands on. */
import type { Alias } from '../lambda-function.js'
import type { Observation, ServedAlias } from '../verdict.js'

export function evidenceOf({ fn, permission, aliases }: Observation): string[] {
  return [
    `mode ${fn.mode}`,
    `role ${fn.role}`,
    `may write traces: ${permission.answer} (${permission.because})`,
    ...('value' in aliases ? aliases.value.map(aliasLine) : [`aliases could not be read: ${aliases.unreadable}`]),
  ]
}

function aliasLine(alias: ServedAlias): string {
  return `alias ${alias.name} → ${routeText(alias, (version) => alias.modes[version] ?? 'unknown')}`
}

/**
 * `version 3`; where several versions share the calls, each with its share: `version 3 (90 %), version 4 (10 %)`.
 * @param modeOf puts the mode into the brackets too
 */
export function routeText(route: Pick<Alias, 'version' | 'weights'>, modeOf?: (version: string) => string): string {
  const others = Object.entries(route.weights)
  const rest = 1 - others.reduce((sum, [, weight]) => sum + weight, 0)
  const shares = [[route.version, rest] as const, ...others]
  return shares
    .map(([version, share]) => {
      const details = [...(modeOf ? [modeOf(version)] : []), ...(shares.length > 1 ? [percent(share)] : [])]
      return `${versionText(version)}${details.length > 0 ? ` (${details.join(', ')})` : ''}`
    })
    .join(', ')
}

function versionText(version: string): string {
  return /^\d+$/.test(version) ? `version ${version}` : version
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(2))} %`
}
