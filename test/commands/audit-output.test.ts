/** `xtrace audit`, the forms of its result: files, pipes, and readers that go away. */
import { spawn } from 'node:child_process'
import { existsSync, openSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { type Aws, describe, it } from '../support/it.js'
import type { ReportJson } from '../support/report-json.js'
import { home, ROOT, run, SECRET_KEY } from '../support/xtrace.js'

/** A stack may be called anything. */
const HOSTILE = '=cmd|"/c calc"!A1 <script>alert(1)</script> \u001b[31m'

const FUNCTIONS = [
  { name: 'orders', tags: { 'aws:cloudformation:stack-name': HOSTILE } },
  { name: 'billing', mode: 'Active' as const },
]

describe.concurrent('the result of an audit', () => {
  it('is written to a file in the form that its name says', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS })
    const files = ['a.json', 'a.ndjson', 'a.csv', 'a.md', 'a.sarif', 'a.xml', 'a.html', 'a.txt'].map((file) =>
      join(state, file),
    )
    const ended = await Promise.all(files.map((file) => run(['audit', '--output', file], { aws })))
    expect(ended.map(({ status }) => status)).toEqual(files.map(() => 3))
    expect(ended.map(({ stdout }) => stdout).join('')).toBe('')
    const [json = '', ndjson = '', csv = '', markdown = '', sarif = '', junit = '', html = '', table = ''] = files.map(
      (file) => readFileSync(file, 'utf8'),
    )
    expect((JSON.parse(json) as ReportJson).data.counts).toMatchObject({ off: 1, traced: 1 })
    expect(
      ndjson
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).event ?? 'function'),
    ).toEqual(['function', 'function', 'finding', 'end'])
    expect(csv).toContain(`,"'=cmd|""/c calc""!A1 <script>`)
    expect(markdown).toContain('| orders |')
    expect(JSON.parse(sarif).runs[0].results).toHaveLength(1)
    expect(junit).toContain('failures="1"')
    expect(html).toContain('&lt;script&gt;alert(1)')
    expect(html).not.toContain('<script>alert')
    expect(table).toMatch(/^orders +us-east-1 +PassThrough +off/m)
    for (const text of [csv, markdown, junit, html, table]) expect(text).not.toContain('\u001b')
    expect(readdirSync(state), 'no temporary file is left').toHaveLength(files.length)
  })

  it('says beside a file how it ended and what was not read, in every form for people', async ({ open, state }) => {
    const aws = await open({
      functions: FUNCTIONS,
      faults: [{ match: { operation: 'ListFunctions', region: 'eu-west-1' }, kind: 'access-denied' }],
    })
    const words = ['audit', '--region', 'us-east-1,eu-west-1', '--output']
    for (const name of ['b.sarif', 'b.html', 'b.md', 'b.xml', 'b.csv', 'b.txt']) {
      const file = join(state, name)
      const { status, stderr } = await run([...words, file], { aws })
      expect(status).toBe(6)
      expect(stderr).toContain(`written to ${file}: incomplete, findings: 1, not read: 1 of 2 places\n`)
      expect(stderr).toMatch(/^not read: 123456789012 eu-west-1: denied-iam: .*ListFunctions/m)
    }
    const [silent, script] = await Promise.all([
      run([...words, join(state, 'c.md'), '--quiet'], { aws }),
      run([...words, join(state, 'c.json')], { aws }),
    ])
    expect(silent.stderr).toBe('')
    expect(script.stderr).toContain('written to')
  })

  it('refuses a file that cannot be written, in one line', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS })
    const { status, stderr } = await run(['audit', '--output', join(state, 'no', 'such', 'a.html')], { aws })
    expect(status).toBe(2)
    expect(stderr).toMatch(/^Error: .*a\.html cannot be written: no such file or folder\.$/m)
    const script = await run(['audit', '--json', '--output', join(state, 'no', 'a.json')], { aws })
    expect(script.json()).toMatchObject({ error: { code: 'UNWRITABLE_FILE', exit: script.status } })
  })

  it.runIf(existsSync('/dev/full'))('that nobody gets, for the disk is full, is incomplete', async ({ open }) => {
    const full = openSync('/dev/full', 'w')
    const ended = await withStdout(full, ['audit'], await open({ functions: FUNCTIONS }))
    expect(ended).toEqual({
      status: 6,
      stderr: 'Error: the result could not be written to standard output: ENOSPC\n',
    })
    const changed = await withStdout(full, ['enable', 'orders', '--quiet'], await open({ functions: FUNCTIONS }))
    expect(changed.status).toBe(6)
    expect(changed.stderr).toContain('ENOSPC\n  → xtrace runs tells what was done, and xtrace resume finishes it.\n')
  })

  it('of a choice that matches nothing says where it looked, in every form', async ({ open, state }) => {
    const aws = await open({ functions: FUNCTIONS })
    const said = 'no function matches what was asked for: looked in us-east-1'
    const none = ['--match', 'nobody-*']
    const file = join(state, 'a.html')
    const [table, csv, page, changed, json] = await Promise.all([
      run(['audit', ...none], { aws }),
      run(['cost', ...none, '--format', 'csv'], { aws }),
      run(['verify', ...none, '-o', file], { aws }),
      run(['enable', ...none], { aws }),
      run(['audit', ...none, '--json'], { aws }),
    ])
    expect([table, csv, page, changed, json].map(({ status }) => status)).toEqual([0, 0, 6, 0, 0])
    for (const { stdout } of [table, changed]) expect(stdout).toContain(`note  ${said}\n`)
    expect(csv.stderr).toContain(`note: ${said}\n`)
    expect(readFileSync(file, 'utf8')).toContain(said)
    expect(json.json<ReportJson>().notes).toEqual([said])
  })

  for (const command of ['cost', 'verify'])
    it(`of ${command} names one function that is not there once, and what to do`, async ({ open }) => {
      const { status, stdout, stderr } = await run([command, 'gone'], { aws: await open({ functions: FUNCTIONS }) })
      expect([status, stdout]).toEqual([5, ''])
      expect(stderr).toMatch(
        /^Error: Function not found: \S+:function:gone\n {2}→ Check the name and the region: .*\n$/,
      )
    })

  it('can be piped into enable, line by line', async ({ open, state }) => {
    const aws = await open({ functions: [...FUNCTIONS, { name: 'shipping' }] })
    const audited = await run(['audit', '--format', 'ndjson'], { aws })
    const off = audited.stdout
      .split('\n')
      .flatMap((line) => (line.includes('"verdict":"off"') ? [JSON.parse(line).arn] : []))
    const { status } = await run(['enable', '-'], { aws, state, input: `${off.join('\n')}\n` })
    expect(status).toBe(0)
    expect([aws.mode('orders'), aws.mode('shipping')]).toEqual(['Active', 'Active'])
  })

  for (const form of [['--format', 'ndjson'], ['--all-regions', '--format', 'ndjson'], []]) {
    it(`is silent where its reader has gone (${form.join(' ') || 'table'})`, async ({ open }) => {
      const names = Array.from({ length: 400 }, (_, index) => ({ name: `fn-${index}` }))
      const { status, stderr } = await readOneLine(['audit', ...form], await open({ functions: names }))
      expect(stderr).toBe('')
      expect([3, 6]).toContain(status)
    })
  }
})

/** As `| head -1` does: reads a little, then closes the pipe. */
function readOneLine(words: string[], aws: Aws): Promise<{ status: number | null; stderr: string }> {
  return withStdout('pipe', words, aws)
}

/** @param stdout a file, or a pipe that is closed after a little was read */
function withStdout(
  stdout: number | 'pipe',
  words: string[],
  aws: Aws,
): Promise<{ status: number | null; stderr: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'bin/run.js'), ...words], {
    cwd: home(),
    stdio: ['ignore', stdout, 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: home(),
      AWS_ENDPOINT_URL: aws.url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'AKIA123456789012TEST',
      AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    },
  })
  let stderr = ''
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdout?.once('data', () => child.stdout?.destroy())
  return new Promise((resolve) => child.once('close', (status) => resolve({ status, stderr })))
}
