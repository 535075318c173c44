/** A mistyped command or flag is answered with what was probably meant, in one line. */
import * as Flags from '@oclif/core/flags'
import * as Parser from '@oclif/core/parser'
import { describe, expect, test } from 'vitest'
import { unknownCommand, unknownFlags } from '../../src/cli/did-you-mean.js'
import { explained } from '../../src/cli/explained.js'

const COMMANDS = [
  ['audit'],
  ['enable'],
  ['disable'],
  ['permissions'],
  ['runs'],
  ['template', 'check'],
  ['template', 'fix'],
]

describe('an unknown command', () => {
  test.each([
    ['enabel', 'There is no command "enabel"; did you mean "enable"?'],
    ['ENABLE', 'There is no command "ENABLE"; did you mean "enable"?'],
    ['enabel orders', 'There is no command "enabel"; did you mean "enable"?'],
    ['dis', 'There is no command "dis"; did you mean "disable"?'],
    ['perm', 'There is no command "perm"; did you mean "permissions"?'],
    ['templates', 'There is no command "templates"; did you mean "template"?'],
    ['templte check', 'There is no command "templte"; did you mean "template check"?'],
    ['template chek app.yaml', 'There is no command "template chek"; did you mean "template check"?'],
    ['template app.yaml', 'There is no command "template app.yaml".'],
    ['trace', 'There is no command "trace".'],
    ['ru', 'There is no command "ru".'],
    ['runs orders', 'xtrace runs takes no argument, but it was given "orders".'],
    ['--region us-east-1', 'The first word is --region, and no command.'],
  ])('%s', (typed, message) => {
    expect(unknownCommand(typed.split(' '), COMMANDS)).toMatchObject({ code: 'USAGE', exit: 'usage', message })
  })

  test('points to the help of its topic, or of everything', () => {
    const [hint] = unknownCommand(['template', 'chek'], COMMANDS).suggestions
    expect(hint).toBe('xtrace template --help shows its commands.')
    expect(unknownCommand(['enabel'], COMMANDS).suggestions).toEqual(['xtrace --help shows every command.'])
    expect(unknownCommand(['--json'], COMMANDS).suggestions.join()).toContain('behind the command')
  })
})

describe('an unknown flag', () => {
  const known = ['region', 'all', 'all-regions', 'profile', 'json']
  test.each([
    [['--regoin'], 'There is no flag --regoin; did you mean --region?'],
    [['--regoin=us-east-1'], 'There is no flag --regoin; did you mean --region?'],
    [['--Region'], 'There is no flag --Region; did you mean --region?'],
    [['--prof'], 'There is no flag --prof; did you mean --profile?'],
    [['--regoin', '--jsn'], 'There are no flags --regoin, --jsn; did you mean --region, --json?'],
    [['--regoin', '--force'], 'There are no flags --regoin, --force; did you mean --region?'],
    [['--force'], 'There is no flag --force.'],
    [['-z'], 'There is no flag -z.'],
  ])('%s', (typed, message) => {
    expect(unknownFlags(typed, known)).toBe(message)
  })

  test('is what the parser of oclif complains about', async () => {
    const thrown = await Parser.parse(['--regoin=us-east-1'], { flags: { region: Flags.string() }, args: {} }).catch(
      (error: unknown) => error,
    )
    expect(explained(thrown, 'template:check')).toMatchObject({
      code: 'USAGE',
      message: 'There is no flag --regoin; did you mean --region?',
      suggestions: ['xtrace template check --help shows every flag with examples.'],
    })
  })
})
