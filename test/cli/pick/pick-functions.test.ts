/** The list on a terminal: keys go in, the picked functions or the reason for leaving come out. */
import { PassThrough } from 'node:stream'
import { expect } from 'vitest'
import { functionPicker, type Terminal } from '../../../src/cli/pick/pick-functions.js'
import { fn, functionArn } from '../../core/build-observation.js'
import { describe, it, until } from '../../support/it.js'
import { inBothModes } from '../../support/report-json.js'

const FUNCTIONS = [fn('api'), fn('cron'), fn('worker-a'), fn('worker-b', { region: 'eu-west-1' })]

const [DOWN, CTRL_A, CTRL_C, CTRL_D, BACKSPACE, ENTER, ESCAPE] = [
  '\u001b[B',
  '\u0001',
  '\u0003',
  '\u0004',
  '\u007f',
  '\r',
  '\u001b',
]

class FakeTerminal implements Terminal {
  readonly input = Object.assign(new PassThrough(), { isTTY: true })
  readonly output = Object.assign(new PassThrough(), { isTTY: true, columns: 80, rows: 24 })
  drawn = ''

  constructor() {
    this.output.on('data', (chunk) => {
      this.drawn += chunk
    })
  }
}

const pickerOn = (terminal: Terminal) => functionPicker('Active', (_tone, text) => text, terminal)

/** @returns what was picked, sorted, or the code and message of the error, and what the terminal has shown */
async function pick(...keys: string[]) {
  const terminal = new FakeTerminal()
  const picking = pickerOn(terminal)(FUNCTIONS).then(
    (picked) => [...picked].sort(),
    ({ code, message }) => ({ code, message }),
  )
  await until(() => terminal.drawn.includes('of 4 picked'))
  for (const key of keys) terminal.input.write(key)
  return { answer: await picking, drawn: terminal.drawn }
}

describe('the list of functions', () => {
  it('answers with what was picked', async () => {
    const { answer, drawn } = await pick(DOWN, ' ', DOWN, ' ', ENTER)
    expect(answer).toEqual([functionArn('cron'), functionArn('worker-a')])
    expect(drawn).toContain('Functions to enable: 2 of 4')
  })

  it('keeps what was picked while the filter changes, and takes a space for a key', async () => {
    const { answer } = await pick(' ', 'work', 'er+eu', ' ', ...Array(9).fill(BACKSPACE), DOWN, ' ', ENTER)
    expect(answer).toEqual([functionArn('worker-b', 'eu-west-1'), functionArn('api'), functionArn('cron')])
  })

  it('goes on filtering at the end of the line after Ctrl-A', async () => {
    const { answer, drawn } = await pick('work', CTRL_A, 'er-b', CTRL_A, ENTER)
    expect(drawn).toContain('Functions to enable: worker-b')
    expect(answer).toEqual([functionArn('worker-a')])
  })

  it('refuses when nothing was picked', async () => {
    expect((await pick(ENTER)).answer).toMatchObject({ code: 'DECLINED' })
  })

  for (const [what, key] of [
    ['Esc', ESCAPE],
    ['Ctrl-D', CTRL_D],
  ] as const) {
    it(`is left by ${what}, whatever was picked`, async () => {
      expect((await pick(' ', key)).answer).toEqual({ code: 'DECLINED', message: 'Nothing was changed.' })
    })
  }

  it('is left when its input ends', async () => {
    const terminal = new FakeTerminal()
    const picking = pickerOn(terminal)(FUNCTIONS)
    await until(() => terminal.drawn.includes('of 4 picked'))
    terminal.input.end()
    await expect(picking).rejects.toMatchObject({ code: 'DECLINED' })
  })

  it('is interrupted by Ctrl-C', async () => {
    expect((await pick(' ', CTRL_C)).answer).toMatchObject({ code: 'INTERRUPTED' })
  })

  it('asks nothing where there is nothing to pick from', async () => {
    const terminal = new FakeTerminal()
    expect(await pickerOn(terminal)([])).toEqual(new Set())
    expect(terminal.drawn).toBe('')
  })

  it('leaves no listener behind', async () => {
    const before = process.listenerCount('SIGTERM')
    await pick(' ', ENTER)
    expect(process.listenerCount('SIGTERM')).toBe(before)
  })

  it('shows each key within a few milliseconds with ten thousand functions', async () => {
    const terminal = new FakeTerminal()
    const many = Array.from({ length: 10_000 }, (_, index) => fn(`service-${index}-handler`))
    const picking = pickerOn(terminal)(many)
    await until(() => terminal.drawn.includes('of 10000 picked'))
    const keys = ['9', '9', DOWN, ' ', CTRL_A, BACKSPACE, BACKSPACE, ...Array(93).fill(DOWN)]
    const start = performance.now()
    for (const key of keys) terminal.input.write(key)
    terminal.input.write(ENTER)
    await picking
    expect((performance.now() - start) / keys.length).toBeLessThan(30)
  })
})

describe.concurrent('without a terminal', () => {
  for (const command of ['enable', 'disable']) {
    it(`${command} --interactive is wrong usage, and nothing is asked of AWS`, async ({ open }) => {
      const aws = await open()
      const refusal = await inBothModes([command, '--interactive'], { aws })
      expect(refusal).toMatchObject({ code: 'USAGE', exit: 2 })
      expect(refusal.message).toContain('needs a terminal')
      expect(refusal.suggestions.join()).toMatch(/--match .* --dry-run/)
      expect(aws.calls).toEqual([])
    })
  }

  it('one of input and output alone is not enough', () => {
    const terminal = new FakeTerminal()
    for (const half of ['input', 'output'] as const) {
      const broken = { ...terminal, [half]: new PassThrough() }
      expect(() => pickerOn(broken)).toThrowError(/needs a terminal/)
    }
  })
})
