/** Files that somebody may hand to a reader by mistake, by bad luck or by bad will. */

const DEEP = 5_000
const bomb = (depth: number) =>
  `a0: &a0 x\n${Array.from({ length: depth }, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}*a${level}]\n`).join('')}`

/** Name → content; each is read within moments, or refused so. */
export const HOSTILE_FILES: Readonly<Record<string, string>> = {
  'an empty file': '',
  blanks: ' \t\r\n '.repeat(2_000),
  NUL: '\u0000',
  'NUL inside': 'version: 1\u0000\nrules: []\n',
  'byte order marks': '\ufeff\ufeff{}',
  'a lone surrogate': '"\ud800": \udc00',
  'carriage returns alone': 'version: 1\rrules: []\r',
  'mixed line ends': 'version: 1\r\nrules: []\n\rdefault:\r\r\n  tracing: Active\n',
  'brackets without end': '['.repeat(DEEP),
  'braces without end': '{"a":'.repeat(DEEP),
  'brackets that close': `${'['.repeat(DEEP)}${']'.repeat(DEEP)}`,
  'indents without end': Array.from({ length: 400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'dashes without end': '- '.repeat(DEEP),
  'question marks without end': '? '.repeat(1_000),
  'a bomb of aliases': `version: 1\n${bomb(30)}`,
  'an alias of itself': 'a: &a [*a]\nResources: *a\n',
  'a merge of itself': 'a: &a\n  <<: *a\nResources: *a\n',
  'anchors without end': '&a '.repeat(1_000),
  'tags without end': '!a '.repeat(1_000),
  'keys that are maps': '{? {a: b} : c}: d\n',
  'huge numbers': '{"version": 1e400, "schema": -1e999, "id": 123456789012345678901234567890}',
  'numbers of many digits': `version: ${'9'.repeat(100_000)}`,
  'one long word': 'x'.repeat(500_000),
  'one long key': `${'k'.repeat(100_000)}: 1`,
  'many keys': Array.from({ length: 3_000 }, (_, index) => `k${index}: 1`).join('\n'),
  'the same key often': 'version: 1\n'.repeat(3_000),
  'many documents': '---\n'.repeat(500),
  prototypes: '{"__proto__": {"polluted": true}, "constructor": {"prototype": {"polluted": true}}}',
  'prototypes in YAML':
    '__proto__:\n  polluted: true\nconstructor: {prototype: {polluted: true}}\nResources: {__proto__: {Type: x}}\n',
  'quotes without end': '"\\"'.repeat(DEEP),
  'escapes without end': `"${'\\u0000'.repeat(3_000)}`,
  'a block text of blanks': `a: |\n${'\n'.repeat(5_000)}  x`,
  'a folded text': `a: >\n${' x\n'.repeat(3_000)}`,
  'comments only': '#\n'.repeat(3_000),
  'a page': '<!DOCTYPE html><html><body><script>alert(1)</script></body></html>',
  credentials: '[default]\naws_secret_access_key = wJalrXUtnFEMI-K7MDENG\n',
  'escape sequences': '\u001b[2J\u001b]0;owned\u0007: 1\n',
  'signs that turn text around': '\u202e\u2066version\u2069: 1\n',
}
