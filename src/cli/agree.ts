/** Asks before many functions are changed; without a terminal the answer has to be given beforehand. */
import { createInterface } from 'node:readline'
import { changedFunctions, type Plan } from '../core/plan/plan.js'
import { report, type Section } from '../core/report.js'
import { XtraceError } from '../errors.js'
import { renderTable } from '../render/table.js'
import { painter } from './output/paint.js'
import type { Terminal } from './pick/pick-functions.js'

/** Who picks functions from a list agrees to a change of their mode, but has seen no role and no alias. */
export function isAgreed({ steps }: Plan, given: { named: boolean; picked: boolean; yes: boolean }): boolean {
  return given.named || given.yes || (given.picked && steps.every((step) => step.kind === 'setMode'))
}

/** @throws XtraceError USAGE where nobody can be asked */
export async function agreeTo(
  plan: Plan,
  view: Section[],
  { pause, colour }: { pause(): void; colour: boolean },
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): Promise<boolean> {
  if (!terminal.input.isTTY || !terminal.output.isTTY) {
    throw new XtraceError('USAGE', `${summary(plan)} Without a terminal nobody can be asked.`, {
      suggestions: ['Look at it with --dry-run, then run it with --yes.'],
    })
  }
  pause()
  terminal.output.write(shortened(view, colour, terminal))
  return yes(`${summary(plan)} Go on? [y/N] `, terminal)
}

/** Anything but yes is no; so is the end of the input. */
function yes(question: string, { input, output }: Terminal): Promise<boolean> {
  const line = createInterface({ input, output })
  return new Promise<boolean>((resolve, reject) => {
    line.once('SIGINT', () => {
      output.write('\n')
      reject(new XtraceError('INTERRUPTED', 'Interrupted: nothing was changed.', { suggestions: [] }))
    })
    line.once('close', () => resolve(false))
    line.question(question, (answer) => resolve(/^y(es)?$/i.test(answer.trim())))
  }).finally(() => line.close())
}

/** Lines of a long plan that are shown before the question; more where the terminal has room for them. */
const MOST = 40
/** Lines below the plan: what is left out, an empty one, and the question. */
const BELOW = 3

function shortened(view: Section[], colour: boolean, { output: { columns = 0, rows = 0 } }: Terminal): string {
  const text = renderTable(report('plan', {}, { table: view }), {
    paint: painter('stderr', colour),
    notes: false,
    ...(columns > 0 && { width: columns }),
  })
  const lines = text.trimEnd().split('\n')
  const most = Math.max(MOST, rows - BELOW)
  if (lines.length <= most) return `${text}\n`
  const rest = lines.length - most
  const others = `… and ${rest} more line${rest === 1 ? '' : 's'}; --dry-run shows all`
  return `${lines.slice(0, most).join('\n')}\n${others}\n\n`
}

const FEW_ACCOUNTS = 3

function summary({ steps, refused, createdFor: { accounts, regions } }: Plan): string {
  const functions = changedFunctions(steps).size
  const roles = new Set(steps.flatMap((step) => ('role' in step ? [step.role] : []))).size
  const owners = accounts.length > FEW_ACCOUNTS ? `${accounts.length} accounts` : `account ${accounts.join(', ')}`
  const where = `in ${regions.length} region${regions.length === 1 ? '' : 's'} of ${owners}`
  const left = new Set(refused.map((one) => one.function)).size
  const besides = left === 0 ? '' : `; ${left} ${left === 1 ? 'is' : 'are'} refused`
  return `${functions} function${functions === 1 ? '' : 's'} and ${roles} role${roles === 1 ? '' : 's'} ${where} would change${besides}.`
}
