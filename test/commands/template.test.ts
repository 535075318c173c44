/** `xtrace template`, the built command: checked, edited, and left alone where it cannot be read. */
import { chmodSync, cpSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { describe, it } from '../support/it.js'
import type { ErrorJson } from '../support/report-json.js'
import { ROOT, run } from '../support/xtrace.js'

interface TemplatesJson {
  outcome: string
  data: {
    templates: Array<{
      file: string
      functions: Array<{ logicalId: string; line: number; verdict: string; because: string }>
      edits: Array<{ line: number; text: string }>
      left?: Array<{ logicalId: string; line: number; reason: string }>
      error?: ErrorJson
    }>
  }
  findings: Array<{ id: string; place: { file: string; line: number; column: number } }>
  error?: ErrorJson
}

const DARK = `Resources:
  Api:                       # the public one
    Type: AWS::Lambda::Function
    Properties:
      Handler: "index.handler"
      Role: arn:aws:iam::123456789012:role/given
`
const TRACED = `${DARK}      TracingConfig:\n        Mode: Active\n`
const BROKEN = 'Resources:\n  Api: {\n'
const ROLE_LEFT = `Resources:
  Api:
    Type: AWS::Lambda::Function
    Properties:
      TracingConfig: { Mode: !Ref Mode }
      Role: arn:aws:iam::123456789012:role/given
Parameters:
  Mode: { Type: String }
`

function put(folder: string, files: Record<string, string>): void {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

describe.concurrent('template check', () => {
  it('ends with 3 where something is not traced, alike for people and scripts, with the place', async ({ state }) => {
    put(state, { 'a.yaml': DARK, 'b.yaml': TRACED })
    const [human, script] = await Promise.all([
      run(['template', 'check', 'a.yaml', 'b.yaml'], { cwd: state }),
      run(['template', 'check', 'a.yaml', 'b.yaml', '--json'], { cwd: state }),
    ])
    expect([human.status, script.status]).toEqual([3, 3])
    expect(human.stdout).toMatch(/^a\.yaml \(1\)\nApi +2 +off +there is no TracingConfig/m)
    const { data, findings } = script.json<TemplatesJson>()
    expect(data.templates.map(({ file, functions }) => [file, functions[0]?.verdict])).toEqual([
      ['a.yaml', 'off'],
      ['b.yaml', 'traced'],
    ])
    expect(findings).toMatchObject([{ id: 'XT201', place: { file: 'a.yaml', line: 2, column: 3 } }])
  })

  it('finds templates in folders and by globs, and passes over what is none', async ({ state }) => {
    put(state, {
      'stacks/one/template.yaml': TRACED,
      'stacks/two/template.json': JSON.stringify({ Resources: {} }),
      'stacks/node_modules/x/template.yaml': DARK,
      'stacks/notes.yaml': 'AWS::Lambda: Function',
      'stacks/package.json': '{}',
    })
    const filesOf = async (word: string) => {
      const { status, json } = await run(['template', 'check', word, '--json'], { cwd: state })
      return [status, ...json<TemplatesJson>().data.templates.map(({ file }) => file)]
    }
    expect(await filesOf('stacks')).toEqual([0, 'stacks/one/template.yaml'])
    expect(await filesOf('stacks/*/template.yaml')).toEqual([0, 'stacks/one/template.yaml'])
    expect((await run(['template', 'check', 'stacks/*.toml'], { cwd: state })).status).toBe(2)
  })

  it('reads standard input, parameters, and says in SARIF where it is', async ({ state }) => {
    const words = ['template', 'check', '-', '--format', 'sarif']
    const open = await run(words, { cwd: state, input: ROLE_LEFT })
    expect(open.status).toBe(3)
    const [result] = open.json<{ runs: Array<{ results: unknown[] }> }>().runs[0]?.results ?? []
    expect(result).toMatchObject({ ruleId: 'XT203', locations: [{ physicalLocation: { region: { startLine: 2 } } }] })
    const known = await run([...words, '--parameter', 'Mode=Active'], { cwd: state, input: ROLE_LEFT })
    expect(known.status).toBe(0)
  })

  it('goes on after a file that cannot be read, and ends with 6; with 2 where there is no other', async ({ state }) => {
    put(state, { 'good.yaml': TRACED, 'bad.yaml': BROKEN })
    const both = await run(['template', 'check', 'good.yaml', 'bad.yaml', 'none.yaml', '--json'], { cwd: state })
    expect(both.status).toBe(6)
    const [good, bad, none] = both.json<TemplatesJson>().data.templates
    expect(good?.functions).toHaveLength(1)
    expect(bad?.error).toMatchObject({
      code: 'UNREADABLE_TEMPLATE',
      message: expect.stringMatching(/^bad\.yaml:\d+:\d+: /),
    })
    expect(none?.error?.message).toBe('none.yaml cannot be read: no such file or folder.')
    const alone = await run(['template', 'check', 'bad.yaml'], { cwd: state })
    expect([alone.status, alone.stdout]).toEqual([2, ''])
    expect(alone.stderr).toMatch(/^Error: bad\.yaml:\d+:\d+: /)
  })
})

describe.concurrent('a parameter that no template declares', () => {
  for (const words of [
    ['check', 'b.yaml'],
    ['fix', 'b.yaml'],
    ['fix', 'a.yaml', 'b.yaml'],
  ])
    it(`is refused by ${words.join(' ')}, and nothing is written`, async ({ state }) => {
      put(state, { 'a.yaml': DARK, 'b.yaml': ROLE_LEFT })
      const parameters = ['--parameter', 'Mode=Active', '--parameter', 'Mod=Active', '--parameter', 'AWS::Region=x']
      const { status, stderr } = await run(['template', ...words, ...parameters], { cwd: state })
      expect(status).toBe(2)
      expect(stderr).toContain('--parameter Mod: no template declares a parameter of this name.')
      expect(stderr).toContain('Parameters that there are: Mode')
      expect(readFileSync(join(state, 'a.yaml'), 'utf8')).toBe(DARK)
    })

  it('is told from a template without a name', async ({ state }) => {
    const { status, stderr } = await run(['template', 'check', ''], { cwd: state })
    expect([status, stderr]).toEqual([2, 'Error: The name of a template is empty: is a variable unset?\n'])
  })

  it('may be in a file that cannot be read, and is passed through a pipe once', async ({ state }) => {
    put(state, { 'bad.yaml': BROKEN })
    const open = await run(['template', 'check', '-', 'bad.yaml', '--parameter', 'Mod=x'], {
      cwd: state,
      input: TRACED,
    })
    expect(open.status).toBe(6)
    const piped = await run(['template', 'check', '-', '--parameter', 'Mode=Active'], { cwd: state, input: ROLE_LEFT })
    expect([piped.status, piped.stderr]).toEqual([0, ''])
  })
})

describe.concurrent('template fix', () => {
  it('does not say that nothing has to be changed where all is left', async ({ state }) => {
    put(state, { 'a.yaml': ROLE_LEFT })
    const { status, stdout } = await run(['template', 'fix', 'a.yaml', '--dry-run'], { cwd: state })
    expect(status).toBe(6)
    expect(stdout).toContain('Left for you')
    expect(stdout).toContain('nothing could be changed by xtrace: see above')
    expect(stdout).not.toContain('nothing has to be changed')
  })

  it('shows first, then edits, then has nothing to do, after which check is content', async ({ state }) => {
    put(state, { 'a.yaml': DARK })
    chmodSync(join(state, 'a.yaml'), 0o640)
    symlinkSync('a.yaml', join(state, 'link.yaml'))
    const fix = (...words: string[]) => run(['template', 'fix', 'link.yaml', ...words], { cwd: state })
    const dry = await fix('--dry-run')
    expect([dry.status, readFileSync(join(state, 'a.yaml'), 'utf8')]).toEqual([0, DARK])
    expect(dry.stdout).toMatch(/^--- a\/link\.yaml\n\+\+\+ b\/link\.yaml\n@@ -4,3 \+4,5 @@\n/)
    expect((await fix('--dry-run', '--detailed-exitcode')).status).toBe(3)
    const fixed = await fix('--json')
    expect(fixed.status).toBe(0)
    expect(fixed.json<TemplatesJson>().data.templates).toMatchObject([
      {
        functions: [{ verdict: 'traced' }],
        edits: [{ line: expect.any(Number), text: expect.stringContaining('Active') }],
        left: [],
      },
    ])
    const after = readFileSync(join(state, 'a.yaml'), 'utf8')
    expect(after.startsWith(DARK)).toBe(true)
    expect(statSync(join(state, 'a.yaml')).mode & 0o777).toBe(0o640)
    expect((await fix()).stdout).toContain('nothing has to be changed')
    expect(readFileSync(join(state, 'a.yaml'), 'utf8')).toBe(after)
    expect((await run(['template', 'check', 'a.yaml'], { cwd: state })).status).toBe(0)
  })

  it('edits all that it can of the corpus, and what it leaves has a line and a reason', async ({ state }) => {
    cpSync(join(ROOT, 'test/core/template/corpus'), state, { recursive: true })
    const { status, json } = await run(['template', 'fix', '.', '--json'], { cwd: state })
    expect(status).toBe(6)
    const { templates } = json<TemplatesJson>().data
    const left = templates.flatMap((template) => template.left ?? [])
    expect(left.every(({ line, reason }) => line > 0 && reason !== '')).toBe(true)
    for (const { functions, left: mine = [] } of templates) {
      const open = functions.filter(({ verdict }) => verdict !== 'traced').map(({ logicalId }) => logicalId)
      expect(open.filter((id) => !mine.some(({ logicalId }) => logicalId === id))).toEqual([])
    }
    const again = await run(['template', 'fix', '.', '--json'], { cwd: state })
    expect(again.json<TemplatesJson>().data.templates.flatMap(({ edits }) => edits)).toEqual([])
  })

  it('leaves a broken or binary file as it is, and does the others', async ({ state }) => {
    put(state, { 'a.yaml': DARK, 'bad.yaml': BROKEN })
    const bytes = Buffer.from([0x52, 0xff, 0xfe, 0x00, 0x41])
    writeFileSync(join(state, 'latin.yaml'), bytes)
    const { status, json } = await run(['template', 'fix', 'a.yaml', 'bad.yaml', 'latin.yaml', '--json'], {
      cwd: state,
    })
    expect(status).toBe(6)
    expect(json<TemplatesJson>().data.templates.map(({ error }) => error?.code)).toEqual([
      undefined,
      'UNREADABLE_TEMPLATE',
      'UNREADABLE_TEMPLATE',
    ])
    expect(readFileSync(join(state, 'a.yaml'), 'utf8')).toContain('Mode: Active')
    expect(readFileSync(join(state, 'bad.yaml'), 'utf8')).toBe(BROKEN)
    expect(readFileSync(join(state, 'latin.yaml'))).toEqual(bytes)
  })

  it('shows an edit of JSON without the comma by which it is one more among others', async ({ state }) => {
    const properties = { Handler: 'index.handler', Role: 'arn:aws:iam::123456789012:role/given' }
    const template = { Resources: { Api: { Type: 'AWS::Lambda::Function', Properties: properties } } }
    put(state, { 'a.json': JSON.stringify(template, null, 2) })
    const { status, stdout } = await run(['template', 'fix', 'a.json'], { cwd: state })
    expect([status, stdout]).toEqual([
      0,
      'WHERE     EDIT\na.json:7  "TracingConfig": { "Mode": "Active" }\n\nnote  1 of 1 templates were changed\n',
    ])
  })

  it('says of a file that cannot be written that it is not done, not that it was not read', async ({ state }) => {
    // The new text is written beside the file, under a longer name.
    const long = `${'b'.repeat(245)}.yaml`
    put(state, { 'a.yaml': DARK, [long]: DARK })
    const { status, stdout } = await run(['template', 'fix', 'a.yaml', long], { cwd: state })
    expect(status).toBe(6)
    expect(stdout).toContain(`Not done\n${long} cannot be written: ENAMETOOLONG.`)
  })

  it('is a filter for standard input', async ({ state }) => {
    const { status, stdout } = await run(['template', 'fix', '-'], { cwd: state, input: DARK })
    expect(status).toBe(0)
    expect(stdout.startsWith(DARK)).toBe(true)
    const off = await run(['template', 'fix', '-', '--off', '-q'], { cwd: state, input: TRACED })
    expect(off.stdout).toBe(TRACED.replace('Active', 'PassThrough'))
  })
})
