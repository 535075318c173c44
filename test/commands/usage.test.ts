/** Wrong usage, credentials and accounts: refused alike in every command, before anything is asked that could be harmful. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { describe, it } from '../support/it.js'
import { inBothModes } from '../support/report-json.js'
import { home, run, SECRET_KEY } from '../support/xtrace.js'

const NO_KEYS = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined }

const USAGE: ReadonlyArray<readonly [what: string, words: string[], code: string, word: string]> = [
  ['no name at all', ['show'], 'USAGE', 'No function was named'],
  ['no choice at all', ['enable'], 'USAGE', 'No function was chosen'],
  ['a plan that is not named', ['apply'], 'USAGE', 'PLAN is missing: '],
  ['a run that is not named', ['resume'], 'USAGE', 'RUN is missing: Id of the run'],
  ['no shell', ['completion'], 'USAGE', 'SHELL is missing: bash, zsh, fish.'],
  ['two runs', ['undo', 'last', 'last'], 'USAGE', 'last'],
  ['a malformed name', ['enable', 'my function!'], 'MALFORMED_NAME', '"my function!"'],
  ['a malformed name among good ones', ['disable', 'orders', 'arn:aws:s3:::bucket'], 'MALFORMED_NAME', 'arn:aws:s3'],
  ['$latest in lower case', ['show', 'orders:$latest'], 'MALFORMED_NAME', '$LATEST in capitals'],
  ['a name of 65 characters', ['show', 'x'.repeat(65)], 'MALFORMED_NAME', 'at most 64'],
  ['a flag that does not exist', ['enable', 'orders', '--force'], 'USAGE', '--force'],
  ['a flag that every object has', ['audit', '--__proto__'], 'USAGE', 'There is no flag --__proto__.'],
  ['a file that is none', ['audit', '--output', '-'], 'USAGE', 'without --output the result goes to standard output'],
  ['a file without a name', ['audit', '--output', ''], 'USAGE', '--output is empty: is a variable unset?'],
  ['a form of findings for figures', ['cost', '--format', 'sarif'], 'USAGE', 'sarif'],
  ['a word that is no region', ['audit', '--region', 'virginia'], 'USAGE', '"virginia" is not the name of a region.'],
  ['a word that is no account', ['audit', '--expect-account', 'mine'], 'USAGE', '12 digits'],
  ['a kind of grant that does not exist', ['enable', 'orders', '--permissions', 'admin'], 'USAGE', 'admin'],
  ['a command that needs no name', ['runs', 'orders'], 'USAGE', 'orders'],
  ['a glob that does not mean what it seems to', ['enable', '--match', '[!a]*', '--yes'], 'USAGE', '[^ab]'],
  ['an aggregator of nothing', ['audit', '--aggregator', 'all'], 'USAGE', '--source config'],
  ['never and something else', ['audit', '--fail-on', 'never,drift'], 'USAGE', '--fail-on'],
  ['a gap that is nowhere', ['audit', '--accept-gap', 'mars'], 'USAGE', 'mars'],
  ['AWS Config of accounts without an aggregator', ['audit', '--source', 'config', '--org'], 'USAGE', '--aggregator'],
  ['an audit of a version', ['audit', 'orders:1'], 'USAGE', 'orders:1'],
  ['names in many accounts', ['audit', 'orders', '--org'], 'USAGE', '--org'],
  ['one file for two things', ['audit', '--output', 'a.json', '--save-plan', './a.json'], 'USAGE', 'twice'],
  ['a partition that is none', ['permissions', '--partition', 'x y'], 'USAGE', 'x y'],
  ['rules for names', ['verify', 'orders', '--rules', 'nosuch.yml'], 'USAGE', '--rules goes with a selection'],
  ['rules without a name', ['audit', '--rules', ''], 'USAGE', '--rules is empty: is a variable unset?'],
  ['a plan without a name', ['apply', ''], 'USAGE', 'The name of a file is empty: is a variable unset?'],
  [
    'a role for no other account',
    ['audit', '--assume-role', 'Reader'],
    'USAGE',
    '--assume-role is about other accounts',
  ],
  ['an id for no other account', ['enable', 'orders', '--external-id', 'x'], 'USAGE', '--external-id is about other'],
  [
    'a role that is none in a policy',
    ['permissions', '--assume-role', 'a b'],
    'USAGE',
    '"a b" is not the name of a role.',
  ],
  ['a role of a policy for one account', ['permissions', '--assume-role', 'Reader'], 'USAGE', '--uses organization'],
  ['a reader that would write', ['permissions', 'show', '--uses', 'publish'], 'USAGE', 'show only reads'],
  [
    'a reader that would take away',
    ['permissions', 'audit', '--uses', 'selection,revoke'],
    'USAGE',
    'audit only reads',
  ],
  ['an unknown command to print the policy of', ['permissions', 'destroy'], 'USAGE', 'destroy'],
  ['a command that does not exist', ['enabel', 'orders'], 'USAGE', 'enabel'],
]

describe.concurrent('wrong usage', () => {
  for (const [what, words, code, word] of USAGE) {
    it(`ends with 2 for ${what}`, async ({ open }) => {
      const aws = await open()
      const refusal = await inBothModes(words, { aws })
      expect(refusal).toMatchObject({ code, exit: 2 })
      expect(refusal.message).toContain(word)
      expect(aws.calls).toEqual([])
    })
  }

  for (const [command, file, ending] of [
    ['audit', 'a.pdf', '.pdf'],
    ['cost', 'a.sarif', '.sarif'],
  ] as const)
    it(`ends with 2 for ${command} into ${file}, whose name promises another form, unless the form is said`, async ({
      open,
      state,
    }) => {
      const aws = await open()
      const refused = await run([command, '--output', file], { aws, cwd: state })
      expect([refused.status, refused.stdout, aws.calls]).toEqual([2, '', []])
      expect(refused.stderr).toContain(`${file}: no form of this result has the ending ${ending}.`)
      const said = await run([command, '--output', file, '--format', 'csv'], { aws, cwd: state })
      expect(said.status, said.stderr).toBe(0)
    })

  it('is told of by the command that was used wrongly, as far as there is one', async () => {
    const schemas = await Promise.all(
      [['runs', 'x'], ['cost', '--x'], ['template', 'x'], ['x']].map(async (words) => {
        const { json } = await run([...words, '--json'])
        return json<{ schema: string }>().schema
      }),
    )
    expect(schemas).toEqual(['xtrace/runs@1', 'xtrace/cost@1', 'xtrace/xtrace@1', 'xtrace/xtrace@1'])
  })

  it('names the three ways to give a region where there is none', async ({ open }) => {
    const aws = await open()
    for (const words of [['enable', 'orders'], ['audit']]) {
      const refusal = await inBothModes(words, { aws, env: { AWS_REGION: undefined } })
      expect(refusal).toMatchObject({ code: 'NO_REGION', exit: 2 })
      const ways = refusal.suggestions.join('\n')
      for (const way of ['--region', 'AWS_REGION', 'profile']) expect(ways).toContain(way)
    }
    expect(aws.calls).toEqual([])
  })

  it('refuses a default region that is none, with the place it comes from', async ({ open }) => {
    const aws = await open()
    for (const [variable, env] of [
      ['AWS_REGION', { AWS_REGION: 'mars' }],
      ['AWS_DEFAULT_REGION', { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'mars' }],
    ] as const) {
      const refusal = await inBothModes(['audit'], { aws, env })
      expect(refusal).toMatchObject({ code: 'USAGE', exit: 2 })
      expect(refusal.message).toBe(`"mars", of ${variable}, is not the name of a region.`)
    }
    expect(aws.calls).toEqual([])
  })

  it('refuses an endpoint that is no URL, by the name of its variable', async () => {
    const refusal = await inBothModes(['show', 'orders'], { env: { AWS_ENDPOINT_URL: 'notaurl' } })
    expect(refusal).toMatchObject({ code: 'USAGE', exit: 2 })
    expect(refusal.message).toContain('AWS_ENDPOINT_URL is "notaurl"')
  })

  for (const words of [['show', 'orders'], ['audit'], ['enable', '--all', '--yes'], ['cost']])
    it(`ends ${words[0]} with 2 where the profile has an endpoint that is no URL`, async () => {
      const config = join(home(), `config-with-endpoint-${words[0]}`)
      writeFileSync(config, '[default]\nendpoint_url = me:secret@nowhere\n')
      const env = { AWS_ENDPOINT_URL: undefined, AWS_CONFIG_FILE: config }
      const { status, stdout, json } = await run([...words, '--json'], { env })
      expect(status, stdout).toBe(2)
      expect(json()).toMatchObject({ error: { code: 'USAGE', message: expect.stringContaining('"nowhere"') } })
      expect(stdout).not.toContain('secret')
    })

  it('takes the region from the profile, and from the variable of the AWS CLI', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders', region: 'eu-west-1' }] })
    const config = join(home(), 'config-with-region')
    writeFileSync(config, '[profile team]\nregion = eu-west-1\n')
    const runs = await Promise.all([
      run(['show', 'orders', '--profile', 'team'], {
        aws,
        env: { ...NO_KEYS, AWS_REGION: undefined, AWS_CONFIG_FILE: config, ...credentialsFile('team') },
      }),
      run(['show', 'orders'], { aws, env: { AWS_REGION: undefined, AWS_DEFAULT_REGION: 'eu-west-1' } }),
    ])
    for (const { status, stderr } of runs) expect(status, stderr).toBe(0)
  })

  it('says which line of standard input is no name, and refuses an empty one', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    const malformed = await inBothModes(['enable', '-'], { aws, input: 'orders\n# fine\nbad!name\n' })
    expect(malformed).toMatchObject({ code: 'MALFORMED_NAME', exit: 2 })
    expect(malformed.message).toContain('line 3')
    for (const input of ['', '\r\n# nobody\n\n']) {
      const empty = await inBothModes(['enable', '-'], { aws, input })
      expect(empty).toMatchObject({ code: 'USAGE', exit: 2 })
      expect(empty.message).toContain('names no function')
    }
    expect(aws.calls).toEqual([])
  })
})

describe.concurrent('credentials', () => {
  it('ends with 4 where there are none', async ({ open }) => {
    const aws = await open()
    for (const words of [
      ['enable', 'orders'],
      ['audit', '--expect-account', '123456789012'],
    ])
      expect(await inBothModes(words, { aws, env: NO_KEYS })).toMatchObject({ code: 'NO_CREDENTIALS', exit: 4 })
    expect(aws.calls).toEqual([])
  })

  it('ends with 4 for a profile that does not exist', async ({ open }) => {
    const aws = await open()
    const words = ['enable', 'orders', '--profile', 'nobody']
    expect(await inBothModes(words, { aws })).toMatchObject({ code: 'NO_CREDENTIALS', exit: 4 })
    expect(aws.calls, 'the keys of the environment are not used').toEqual([])
  })

  for (const words of [['enable', 'orders'], ['audit']]) {
    it(`ends ${words[0]} with 4 when the token has expired`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders' }], faults: [{ match: {}, kind: 'expired-token' }] })
      const refusal = await inBothModes(words, { aws })
      expect(refusal).toMatchObject({ code: 'EXPIRED_CREDENTIALS', exit: 4 })
      expect(aws.writes()).toEqual([])
    })

    it(`ends ${words[0]} with 4 on another account than the expected one, with no other call`, async ({ open }) => {
      const aws = await open({ functions: [{ name: 'orders' }] })
      const refusal = await inBothModes([...words, '--expect-account', '999999999999'], { aws })
      expect(refusal).toMatchObject({ code: 'UNEXPECTED_ACCOUNT', exit: 4 })
      expect(refusal.message).toContain('999999999999')
      expect(refusal.message).toContain('123456789012')
      expect(new Set(aws.calls.map(({ operation }) => operation))).toEqual(new Set(['GetCallerIdentity']))
    })
  }

  it('goes on where the account is the expected one', async ({ open }) => {
    const aws = await open({ functions: [{ name: 'orders' }] })
    const { status } = await run(['enable', 'orders', '--expect-account', '123456789012'], { aws })
    expect(status).toBe(0)
    expect(aws.calls[0]?.operation).toBe('GetCallerIdentity')
    expect(aws.mode('orders')).toBe('Active')
  })

  it('says that nobody answers where the endpoint is dead, soon and without a trace of the program', async () => {
    const refusal = await inBothModes(['show', 'orders'], { aws: { url: 'http://127.0.0.1:9' } })
    expect(refusal).toMatchObject({ code: 'CONNECTION_LOST', exit: 5 })
    expect(refusal.message).toContain('ECONNREFUSED')
  })
})

/** A file with keys for one profile, as the variable that names it. */
function credentialsFile(profile: string): Record<string, string> {
  const file = join(home(), `credentials-of-${profile}`)
  writeFileSync(file, `[${profile}]\naws_access_key_id = AKIA123456789012TEST\naws_secret_access_key = ${SECRET_KEY}\n`)
  return { AWS_SHARED_CREDENTIALS_FILE: file }
}
