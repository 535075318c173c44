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
  if (waves.some((wave, index) => index > 0 && descends(waves[index - 1], wave))) {
    const order = 'each wave takes in those before it, so numbers come first, then shares, and neither descend'
    throw new XtraceError('USAGE', `--waves ${text}: ${order}, as in 1,10%,100%.`)
  }
  return waves
}

/** Whether a number is more than a share depends on how many functions there are: behind a share it is refused. */
function descends(before: Limit | undefined, wave: Limit): boolean {
  if (!before) return false
  if ('count' in wave) return 'percent' in before || wave.count < before.count
  return 'percent' in before && wave.percent < before.percent
}
