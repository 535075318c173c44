/** A small command line with everything in it that a shell has to complete, and with every character that a shell takes amiss. */
import type { Grammar } from '../../../src/cli/completion/grammar.js'

export const SAMPLE: Grammar = {
  regions: ['eu-west-1', 'us-east-1'],
  topics: new Map([['template', "What the team's templates say"]]),
  commands: [
    {
      words: ['audit'],
      summary: 'Say of every function: traced?',
      argument: { kind: 'free' },
      flags: [
        {
          long: 'fail-on',
          description: 'What fails',
          repeatable: true,
          value: { name: 'KIND', values: { kind: 'words', words: ['drift', 'never'], list: true } },
        },
        {
          long: 'format',
          description: 'Form [of the] result',
          repeatable: false,
          value: { name: 'FORMAT', values: { kind: 'words', words: ['table', 'html'], list: false } },
        },
        { long: 'help', short: 'h', description: 'Show help', repeatable: false },
        {
          long: 'match',
          description: `All of '*' and "?" and \\d: $HOME`,
          repeatable: true,
          value: { name: 'GLOB', values: { kind: 'free' } },
        },
        {
          long: 'output',
          short: 'o',
          description: 'Where to',
          repeatable: false,
          value: { name: 'FILE', values: { kind: 'files' } },
        },
        {
          long: 'profile',
          description: 'Whose account',
          repeatable: false,
          value: { name: 'NAME', values: { kind: 'profiles' } },
        },
        {
          long: 'region',
          short: 'r',
          description: 'Where',
          repeatable: true,
          value: { name: 'REGION', values: { kind: 'regions', list: true } },
        },
      ],
    },
    {
      words: ['completion'],
      summary: 'Print this script',
      argument: { kind: 'words', words: ['bash', 'fish'], list: false },
      flags: [],
    },
    {
      words: ['template', 'check'],
      summary: 'Check templates',
      argument: { kind: 'files' },
      flags: [
        {
          long: 'format',
          description: 'Form of the result',
          repeatable: false,
          value: { name: 'FORMAT', values: { kind: 'words', words: ['table', 'sarif'], list: false } },
        },
        { long: 'quiet', short: 'q', description: 'No notes', repeatable: false },
      ],
    },
    { words: ['undo'], summary: 'Take a run back', argument: { kind: 'runs' }, flags: [] },
  ],
}
