/** Asks before many functions are changed; without a terminal the answer has to be given beforehand. */
import { createInterface } from 'node:readline'
import { changedFunctions, type Plan } from '../core/plan/plan.js'
import { report, type Section } from '../core/report.js'
import { XtraceError } from '../errors.js'
import { renderTable } from '../render/table.js'
import { painter } from './output/paint.js'

/** @throws XtraceError USAGE where nobody can be asked */
export async function agreeTo(
  plan: Plan,
  view: Section[],
  terminal: { pause(): void; colour: boolean },
): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new XtraceError('USAGE', `${summary(plan)} Without a terminal nobody can be asked.`, {
      suggestions: ['Look at it with --dry-run, then run it with --yes.'],
    })
  }
  terminal.pause()
  process.stderr.write(shortened(view, terminal.colour))
  return yes(`${summary(plan)} Go on? [y/N] `)
}

/** Anything but yes is no; so is the end of the input. */
function yes(question: string): Promise<boolean> {
  const line = createInterface({ input: process.stdin, output: process.stderr })
  return new Promise<boolean>((resolve, reject) => {
    line.once('SIGINT', () =>
      reject(new XtraceError('INTERRUPTED', 'Interrupted: nothing was changed.', { suggestions: [] })),
    )
    line.once('close', () => resolve(false))
    line.question(question, (answer) => resolve(/^y(es)?$/i.test(answer.trim())))
  }).finally(() => line.close())
}

/** Lines of a long plan that are shown before the question. */
const MOST = 40

function shortened(view: Section[], colour: boolean): string {
  const { columns } = process.stderr
  const text = renderTable(report('plan', {}, { table: view }), {
    paint: painter('stderr', colour),
    notes: false,
    ...(columns > 0 && { width: columns }),
  })
  const lines = text.split('\n')
  if (lines.length <= MOST) return `${text}\n`
  return `${lines.slice(0, MOST).join('\n')}\n… and ${lines.length - MOST} more lines; --dry-run shows all of them\n\n`
}

const FEW_ACCOUNTS = 3

function summary({ steps, createdFor: { accounts, regions } }: Plan): string {
  const functions = changedFunctions(steps).size
  const roles = new Set(steps.flatMap((step) => ('role' in step ? [step.role] : []))).size
  const owners = accounts.length > FEW_ACCOUNTS ? `${accounts.length} accounts` : `account ${accounts.join(', ')}`
  const where = `in ${regions.length} region${regions.length === 1 ? '' : 's'} of ${owners}`
  return `${functions} function${functions === 1 ? '' : 's'} and ${roles} role${roles === 1 ? '' : 's'} ${where} would change.`
}
