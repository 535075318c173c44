/** Lets the user pick functions from a list on the terminal; the list is drawn on stderr. */
import type { LambdaFunction, TracingMode } from '../../core/lambda-function.js'
import { XtraceError } from '../../errors.js'
import type { Paint } from '../output/paint.js'
import { afterKey, type PickList, pickList } from './pick-list.js'
import { drawList, pageSize } from './pick-screen.js'

export interface Terminal {
  input: NodeJS.ReadableStream & { isTTY?: boolean }
  output: NodeJS.WritableStream & { isTTY?: boolean; columns?: number; rows?: number }
}

type Picked = ReadonlySet<string>

/**
 * @returns asks for the functions, and answers with the ARNs that were picked, at least one where there was a choice;
 * it throws DECLINED or INTERRUPTED when the user leaves
 * @throws XtraceError USAGE at once where nobody can be asked
 */
export function functionPicker(
  to: TracingMode,
  paint: Paint,
  terminal: Terminal = { input: process.stdin, output: process.stderr },
): (functions: readonly LambdaFunction[]) => Promise<Picked> {
  const command = to === 'Active' ? 'enable' : 'disable'
  if (!terminal.input.isTTY || !terminal.output.isTTY) throw noTerminal(command)
  const question = `Functions to ${command}:`
  return async (functions) => {
    if (functions.length === 0) return new Set()
    const picked = await untilSignal((signal) => ask(question, pickList(functions), paint, terminal, signal))
    if (picked && picked.size > 0) return picked
    throw new XtraceError('DECLINED', `${picked ? 'Nothing was picked, and nothing' : 'Nothing'} was changed.`)
  }
}

function noTerminal(command: string): XtraceError {
  return new XtraceError('USAGE', '--interactive needs a terminal to show its list on.', {
    suggestions: [
      `xtrace ${command} --match 'api-*' --dry-run shows what a pattern selects and what would be done.`,
      'Then run it with --yes in place of --dry-run.',
    ],
  })
}

/** A signal from outside does not reach a prompt by itself; on the terminal Ctrl-C is a key. */
async function untilSignal<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const leaving = new AbortController()
  const leave = () => leaving.abort()
  process.on('SIGINT', leave)
  process.on('SIGTERM', leave)
  try {
    return await work(leaving.signal)
  } finally {
    process.removeListener('SIGINT', leave)
    process.removeListener('SIGTERM', leave)
  }
}

/** @returns undefined when the user left the list */
async function ask(
  question: string,
  start: PickList,
  paint: Paint,
  { input, output }: Terminal,
  signal: AbortSignal,
): Promise<Picked | undefined> {
  const inquirer = await import('@inquirer/core')
  const { createPrompt, isEnterKey, useEffect, useKeypress, useState } = inquirer
  const screen = () => ({ columns: output.columns || 80, rows: output.rows || 24, paint })

  const prompt = createPrompt<Picked | undefined, { start: PickList }>((config, done) => {
    const [list, setList] = useState<PickList>(config.start)
    const [answer, setAnswer] = useState('')

    useEffect((editor) => {
      // Ctrl-D on an empty line, or the end of the input, closes the line editor and would leave the prompt unanswered.
      editor.on('close', () => done(undefined))
      // After Ctrl-Z and fg the line editor waits for somebody to go on.
      editor.on('SIGCONT', () => {
        editor.resume()
        setList((now) => ({ ...now }))
      })
    }, [])

    useKeypress((key, editor) => {
      if (answer !== '') return
      if (isEnterKey(key)) {
        setAnswer(`${list.picked.size} of ${list.rows.length}`)
        done(list.picked)
      } else if (key.name === 'escape') {
        setAnswer('none')
        done(undefined)
      } else {
        const next = afterKey(list, key, editor.line, pageSize(screen()))
        // To the line editor a space is text, and Ctrl-A goes to the beginning.
        if (next.filter !== editor.line || (key.ctrl && key.name === 'a')) {
          editor.clearLine(0)
          editor.write(next.filter)
        }
        setList(next)
      }
    })

    return answer === '' ? drawList(list, question, screen()) : `${paint('strong', question)} ${answer}`
  })

  try {
    return await prompt({ start }, { input, output, signal })
  } catch (thrown) {
    if (!(thrown instanceof inquirer.ExitPromptError || thrown instanceof inquirer.AbortPromptError)) throw thrown
    throw new XtraceError('INTERRUPTED', 'Interrupted: nothing was changed.', { suggestions: [] })
  }
}
