/** Colour, where the terminal and the user want it. */
import { Chalk, supportsColor, supportsColorStderr } from 'chalk'
import type { Tone } from '../../core/report.js'

export type Paint = (tone: Tone, text: string) => string

/** chalk obeys FORCE_COLOR and looks at the terminal; NO_COLOR it does not know. */
export function painter(stream: 'stdout' | 'stderr', wanted: boolean): Paint {
  const support = stream === 'stdout' ? supportsColor : supportsColorStderr
  const allowed = wanted && !process.env.NO_COLOR
  const chalk = new Chalk({ level: allowed && support ? support.level : 0 })
  const tones: Record<Tone, (text: string) => string> = {
    good: chalk.green,
    bad: chalk.red,
    warn: chalk.yellow,
    dim: chalk.dim,
    strong: chalk.bold,
    plain: (text) => text,
  }
  return (tone, text) => (text === '' ? text : tones[tone](text))
}
