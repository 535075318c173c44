/** From flags to the options of a rollout, and back when a run is resumed. */
import { type Limit, parseLimit } from '../../core/limit.js'
import type { RunHeader } from '../../core/run.js'
import { XtraceError } from '../../errors.js'
import type { RolloutOptions } from '../../usecases/runs/carry-out.js'

export interface RolloutFlagValues {
  rate: number
  waves?: string | undefined
  'max-errors'?: string | undefined
}

export function rolloutOptions(flags: RolloutFlagValues): RolloutOptions {
  const waves = flags.waves === undefined ? [] : wavesOf(flags.waves)
  const maxErrors = flags['max-errors'] === undefined ? undefined : parseLimit(flags['max-errors'], '--max-errors')
  return { waves, recorded: { rate: flags.rate }, ...(maxErrors && { maxErrors }) }
}

/** What a run was begun with; a flag of the resuming command wins. */
export function resumedOptions({ options }: RunHeader, flags: Partial<RolloutFlagValues>): RolloutOptions {
  const waves = flags.waves ?? (Array.isArray(options.waves) ? options.waves.join(',') : '')
  const maxErrors = flags['max-errors'] ?? (typeof options.maxErrors === 'string' ? options.maxErrors : undefined)
  return {
    waves: waves === '' ? [] : wavesOf(waves),
    recorded: options,
    ...(maxErrors !== undefined && { maxErrors: parseLimit(maxErrors, '--max-errors') }),
  }
}

function wavesOf(text: string): Limit[] {
  const waves = text.split(',').map((word) => parseLimit(word, '--waves'))
  if (waves.some((wave) => ('count' in wave ? wave.count : wave.percent) === 0)) {
    throw new XtraceError('USAGE', '--waves: a wave of no functions makes no sense.')
  }
  return waves
}
