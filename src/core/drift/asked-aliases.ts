/** Tells which aliases of a function the rules ask about, and which of them do not serve tracing. */
import { LATEST_PUBLISHED, type Observation, type ServedAlias, servedMode } from '../verdict.js'

/**
 * What unqualified calls of managed instances run is the function itself, so every rule asks about it.
 * @param names absent: all
 */
export function askedAliases({ aliases }: Observation, names: readonly string[] | undefined): ServedAlias[] {
  if ('unreadable' in aliases) return []
  return aliases.value.filter(({ name }) => names === undefined || name === LATEST_PUBLISHED || names.includes(name))
}

/** Aliases that serve a version locked in PassThrough; one that serves $LATEST follows its mode. */
export function lateAliases(asked: readonly ServedAlias[]): string[] {
  const late = asked.filter((alias) => alias.version !== '$LATEST' && servedMode(alias) === 'PassThrough')
  return late.map(({ name }) => name)
}

/** Names without an alias; none where the aliases could not be read, or where there is no tracing to serve yet. */
export function missingAliases({ fn, aliases }: Observation, names: readonly string[] = []): string[] {
  if (fn.mode !== 'Active' || 'unreadable' in aliases) return []
  return names.filter((name) => !aliases.value.some((alias) => alias.name === name))
}
