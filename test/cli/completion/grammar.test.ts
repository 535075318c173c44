/** What the completion scripts are made of is what the manifest says. */
import { expect, test } from 'vitest'
import {
  type FlagGrammar,
  grammarOf,
  type ManifestCommand,
  type ManifestFlag,
} from '../../../src/cli/completion/grammar.js'

const command = (id: string, more: Partial<ManifestCommand> = {}): ManifestCommand => ({
  id,
  flags: {},
  args: {},
  ...more,
})

function flagFrom(flag: Partial<ManifestFlag> & { name: string }): FlagGrammar | undefined {
  const { commands } = grammarOf([command('audit', { flags: { it: { type: 'option', ...flag } } })], [])
  return commands[0]?.flags.find(({ long }) => long === flag.name)
}

const valuesOf = (flag: Partial<ManifestFlag> & { name: string }) => flagFrom(flag)?.value?.values

test('commands are sorted by the words that are typed', () => {
  const { commands } = grammarOf([command('undo'), command('template:fix'), command('audit')], [])
  expect(commands.map(({ words }) => words)).toEqual([['audit'], ['template', 'fix'], ['undo']])
})

test('what is hidden stays hidden', () => {
  const flags: ManifestCommand['flags'] = { debug: { name: 'debug', type: 'boolean', hidden: true } }
  const { commands } = grammarOf([command('secret', { hidden: true }), command('audit', { flags })], [])
  expect(commands.map(({ words }) => words)).toEqual([['audit']])
  expect(commands[0]?.flags.map(({ long }) => long)).toEqual(['help'])
})

test('a topic is a word that begins several commands, and no command', () => {
  const topics = [{ name: 'template', description: 'About them, at length; and more.' }, { name: 'audit' }]
  const grammar = grammarOf([command('audit'), command('template:check')], topics)
  expect([...grammar.topics]).toEqual([['template', 'About them, at length']])
})

test('every command has --help', () => {
  const { commands } = grammarOf([command('runs')], [])
  expect(commands[0]?.flags).toEqual([{ long: 'help', short: 'h', description: 'Show help', repeatable: false }])
})

test('of a description the first statement is told, without its end', () => {
  const told = (description: string) => flagFrom({ name: 'x', description })?.description
  expect(told('Region, repeatable or a comma list; the default is another.')).toBe('Region, repeatable or a comma list')
  expect(told('Change a few first, cumulatively: --waves 1,10%,100%.')).toBe('Change a few first, cumulatively')
  expect(told('Instruction set. Or not.')).toBe('Instruction set')
  expect(told('What xtrace.yml says of eu-west-1.')).toBe('What xtrace.yml says of eu-west-1')
})

test('a flag that takes no value has none', () => {
  expect(flagFrom({ name: 'yes', char: 'y', type: 'boolean', description: 'Do not ask.' })).toEqual({
    long: 'yes',
    short: 'y',
    description: 'Do not ask',
    repeatable: false,
  })
})

test('the values of a flag are told by its options, by what its value is called, or by its name', () => {
  expect(valuesOf({ name: 'format', options: ['table', 'json'] })).toEqual({
    kind: 'words',
    words: ['table', 'json'],
    list: false,
  })
  expect(valuesOf({ name: 'fail-on', options: ['drift'], delimiter: ',' })).toMatchObject({ list: true })
  expect(valuesOf({ name: 'region', helpValue: 'REGION', delimiter: ',' })).toEqual({ kind: 'regions', list: true })
  expect(valuesOf({ name: 'accept-gap', helpValue: 'REGION' })).toEqual({ kind: 'regions', list: false })
  expect(valuesOf({ name: 'rules', helpValue: 'FILE' })).toEqual({ kind: 'files' })
  expect(valuesOf({ name: 'template', helpValue: '[STACK=]FILE' })).toEqual({ kind: 'files' })
  expect(valuesOf({ name: 'profile', helpValue: 'NAME' })).toEqual({ kind: 'profiles' })
  expect(valuesOf({ name: 'stack', helpValue: 'NAME' })).toEqual({ kind: 'free' })
})

test('a value has a name, if only that of its flag', () => {
  expect(flagFrom({ name: 'rate', helpValue: 'N' })?.value?.name).toBe('N')
  expect(flagFrom({ name: 'format' })?.value?.name).toBe('FORMAT')
})

test('arguments are told by their options, or by their name', () => {
  const argumentOf = (name: string, options?: string[]) =>
    grammarOf([command('it', { args: { one: { name, ...(options && { options }) } } })], []).commands[0]?.argument
  expect(argumentOf('shell', ['bash'])).toEqual({ kind: 'words', words: ['bash'], list: false })
  expect(argumentOf('plan')).toEqual({ kind: 'files' })
  expect(argumentOf('files')).toEqual({ kind: 'files' })
  expect(argumentOf('run')).toEqual({ kind: 'runs' })
  expect(argumentOf('functions')).toEqual({ kind: 'free' })
})

test('all regions of all partitions are known', () => {
  const { regions } = grammarOf([], [])
  expect(regions).toEqual(expect.arrayContaining(['us-east-1', 'cn-north-1', 'us-gov-west-1', 'eusc-de-east-1']))
})
