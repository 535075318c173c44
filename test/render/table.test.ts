/** Reports for people, compared with golden files: what a terminal shows is in `golden/`. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Cell, type Report, report, type Section, type Tone } from '../../src/core/report.js'
import { renderTable, type TableStyle } from '../../src/render/table.js'
import { audit } from './audit-report.js'
import { hostileReport } from './hostile-report.js'
import { verify, waterfall } from './waterfall-report.js'

const PLAIN: TableStyle = { paint: (_, text) => text, notes: true }
/** Colours as marks that can be read: `‹good:traced›`. */
const COLOURED: TableStyle = { ...PLAIN, paint: (tone, text) => (tone === 'plain' ? text : `‹${tone}:${text}›`) }

const cell = (tone: Tone, text: string): Cell => ({ text, tone })

const functions: Section = {
  columns: ['FUNCTION', 'REGION', 'MODE', 'VERDICT', 'BECAUSE'],
  rows: [
    [
      cell('strong', 'orders'),
      'us-east-1',
      'Active',
      cell('good', 'traced'),
      'Active; AWSXRayDaemonWriteAccess allows both',
    ],
    [
      cell('strong', 'payments-settlement-worker'),
      'ap-southeast-2',
      'PassThrough → Active',
      cell('bad', 'blind'),
      'Active, but inline policy guard, statement "NoTraces" denies xray:PutTraceSegments and nothing else can give it back',
    ],
    [cell('strong', 'fn'), 'eu-west-1', '', cell('warn', 'unknown'), ''],
  ],
}
const facts: Section = {
  title: 'orders',
  rows: [
    [cell('dim', 'verdict'), cell('bad', 'stale')],
    [cell('dim', 'because'), 'alias live serves version 2, locked in PassThrough'],
    [
      cell('dim', 'permission'),
      'yes: AWSXRayDaemonWriteAccess allows xray:PutTraceSegments and xray:PutTelemetryRecords',
    ],
    [cell('dim', 'arn'), cell('dim', 'arn:aws:lambda:us-east-1:111122223333:function:orders')],
  ],
}
const aliases: Section = {
  columns: ['ALIAS', 'VERSION', 'MODE'],
  rows: [
    ['live', '2', 'PassThrough'],
    ['beta', '3, 4 at 10 %', 'Active'],
  ],
}
const notes = ['role orders was given the policy AWSXRayDaemonWriteAccess', 'orders: also carries Datadog']

const show = report('show', {}, { table: [facts, aliases], notes })
const change = report('enable', {}, { table: [functions], notes })
const hostile = report(
  'show',
  {},
  {
    table: [
      {
        title: 'or\u001b[2Jders',
        rows: [
          ['tag', 'a\u202eb'],
          [cell('bad', '\u009b31m'), 'two\nlines\tand\ra half'],
        ],
      },
      {
        columns: ['A', 'B'],
        rows: [
          ['wide 東京', 'x'],
          ['naïve', 'x'],
          ['😀', 'x'],
        ],
      },
    ],
    notes: ['note\u0007 with\r\n a break'],
  },
)
const odd = report(
  'show',
  {},
  {
    table: [
      { title: 'a section without rows', columns: ['A', 'B'], rows: [] },
      { title: 'ragged rows', rows: [['one'], ['one', 'two'], ['one', 'two', 'three'], [], ['', '', 'three']] },
      { rows: [['no title, no columns', 'x']] },
    ],
  },
)

test.each<[file: string, what: Report, style: TableStyle]>([
  ['functions', change, PLAIN],
  ['functions-120', change, { ...PLAIN, width: 120 }],
  ['functions-80', change, { ...PLAIN, width: 80 }],
  ['functions-40', change, { ...PLAIN, width: 40 }],
  ['functions-coloured-120', change, { ...COLOURED, width: 120 }],
  ['sections', show, PLAIN],
  ['sections-60', show, { ...PLAIN, width: 60 }],
  ['sections-coloured', show, COLOURED],
  ['quiet', show, { ...PLAIN, notes: false }],
  ['hostile', hostile, PLAIN],
  ['odd', odd, PLAIN],
  ['audit', audit, PLAIN],
  ['audit-coloured', audit, COLOURED],
  ['audit-60', audit, { ...PLAIN, width: 60 }],
  ['waterfall', verify, PLAIN],
  ['waterfall-120', verify, { ...PLAIN, width: 120 }],
  ['waterfall-80', verify, { ...PLAIN, width: 80 }],
  ['waterfall-60', verify, { ...PLAIN, width: 60 }],
  ['waterfall-coloured-80', verify, { ...COLOURED, width: 80 }],
])('%s', async (file, what, style) => {
  await expect(renderTable(what, style)).toMatchFileSnapshot(`golden/${file}.txt`)
})

describe('what is no table', () => {
  test('nothing to show is nothing', () => {
    expect(renderTable(report('show', {}), PLAIN)).toBe('')
  })

  test('only notes', () => {
    expect(renderTable(report('show', {}, { notes: ['one', 'two'] }), PLAIN)).toBe('note  one\nnote  two\n')
  })

  test('a document is printed as it is, without table and notes', () => {
    expect(renderTable({ ...show, text: '{\n  "Version": "2012-10-17"\n}' }, COLOURED)).toBe(
      '{\n  "Version": "2012-10-17"\n}\n',
    )
    expect(renderTable({ ...show, text: '' }, PLAIN)).toBe('\n')
  })
})

const draw = (...table: Section[]) => renderTable(report('audit', {}, { table }), PLAIN)

describe('groups', () => {
  test('are in the order in which their values come first, and keep the order of their rows', () => {
    const rows = [
      ['a', 'x'],
      ['b', 'y'],
      ['c', 'x'],
      ['d', 'y'],
    ]
    expect(draw({ rows, groupBy: 1 })).toBe('\nx (2)\na\nc\n\ny (2)\nb\nd\n')
  })

  test('have the tone of the first cell of their value, and are strong', () => {
    const rows = [['a', cell('warn', 'x')], ['b', cell('bad', 'x')], ['c']]
    const text = renderTable(report('audit', {}, { table: [{ rows, groupBy: 1 }] }), COLOURED)
    expect(text).toBe('\n‹strong:‹warn:x (2)››\na\nb\n\n‹strong:(1)›\nc\n')
  })

  test('wrap to the width that the column leaves free', () => {
    const because = 'no statement of its role allows xray:PutTraceSegments'
    const section: Section = { columns: ['F', 'VERDICT', 'BECAUSE'], rows: [['fn', 'blind', because]], groupBy: 1 }
    expect(renderTable(report('audit', {}, { table: [section] }), { ...PLAIN, width: 40 })).toBe(
      'F   BECAUSE\n\nblind (1)\nfn  no statement of its role allows\n    xray:PutTraceSegments\n',
    )
  })

  test('a value is one group however it is written, and cannot break out of its line', () => {
    expect(
      draw({
        rows: [
          ['a', 'x\ny'],
          ['b', cell('bad', 'x y\u001b')],
        ],
        groupBy: 1,
      }),
    ).toBe('\nx y (2)\na\nb\n')
  })
})

describe('columns', () => {
  test('that are wide are left out, wherever they stand, and with them what they would shift', () => {
    const columns = [{ text: 'W', wide: true as const }, 'A', { text: 'V', wide: true as const }, 'N']
    const rows = [['long text', 'a', 'another', '7']]
    expect(draw({ columns, rows, counts: { labels: 2 } })).toBe('A  N\na  7\n')
    expect(draw({ columns, rows, groupBy: 1 })).toBe('N\n\na (1)\n7\n')
  })

  test('of counts end where their heading ends, and none is a dot', () => {
    const rows = [
      ['a', '0', '10'],
      ['0', '100', '0'],
    ]
    expect(draw({ columns: ['ON', 'B', 'C'], rows, counts: { labels: 1 } })).toBe(
      'ON    B   C\na     ·  10\n0   100   ·\n',
    )
    expect(draw({ rows, counts: { labels: 1 } })).toBe('a    ·  10\n0  100   ·\n')
  })

  test('of numbers elsewhere stay as they are', () => {
    expect(
      draw({
        columns: ['A', 'N', 'B'],
        rows: [
          ['a', '0', 'b'],
          ['a', '10', 'b'],
        ],
      }),
    ).toBe('A  N   B\na  0   b\na  10  b\n')
  })

  test('one overlong cell shifts its own row, not every other', () => {
    const long = 'x'.repeat(300)
    const [first, second] = draw({
      rows: [
        [long, 'a'],
        ['y', 'b'],
      ],
    }).split('\n')
    expect(first).toBe(`${long}  a`)
    expect(second).toBe(`y${' '.repeat(257)}b`)
  })
})

describe('timelines', () => {
  const at = (width: number, section: Section = waterfall) =>
    renderTable(report('verify', {}, { table: [section] }), { ...PLAIN, width })

  test('take the width that is left, to the last column', () => {
    for (const width of [80, 100, 133, 200]) {
      const [, heading = '', whole = ''] = at(width).split('\n')
      expect(heading).toHaveLength(width)
      expect(whole).toHaveLength(width)
      expect(heading).toMatch(/NOTE +0 +1,200 ms$/)
      expect(whole).toMatch(/ █+$/)
    }
  })

  test('are left out where too little is left, and nothing wraps for them', () => {
    const { timeline: _, ...bare } = waterfall
    const plain = at(60)
    expect(plain).not.toMatch(/[█▏▕▐]/)
    expect(plain.split('\n').map((line) => line.replace(/ +/g, ' '))).toEqual(
      at(60, bare)
        .split('\n')
        .map((line) => line.replace(/ +/g, ' ')),
    )
    const widths = Array.from({ length: 45 }, (_, index) => 56 + index)
    const narrowest = widths.find((width) => /█/.test(at(width)))
    expect(narrowest).toBe(66)
    expect([67, 68].map((width) => at(width).split('\n')[1]?.endsWith('1,200 ms'))).toEqual([false, true])
    for (const width of widths) expect(at(width).split('\n')).toHaveLength(waterfall.rows.length + 3)
  })

  test('stand in one column behind rows that are short, and in their groups', () => {
    const section: Section = {
      columns: ['A', 'ON', 'B'],
      rows: [
        ['a', 'x', 'b'],
        ['c', 'y'],
        ['d', 'x', 'b'],
      ],
      groupBy: 1,
      timeline: {
        totalMs: 4,
        bars: [
          { startMs: 0, lengthMs: 4, tone: 'plain' },
          { startMs: 2, lengthMs: 2, tone: 'plain' },
          { startMs: 3, lengthMs: 1, tone: 'plain' },
        ],
      },
    }
    expect(at(14, section)).toBe('A  B  0   4 ms\n\nx (2)\na  b  ████████\nd  b        ██\n\ny (1)\nc         ████\n')
  })

  test('a row without a bar has none', () => {
    const section: Section = {
      rows: [['a'], ['b']],
      timeline: { totalMs: 1, bars: [{ startMs: 0, lengthMs: 1, tone: 'plain' }] },
    }
    expect(at(11, section)).toBe('a  ████████\nb\n')
  })

  test('times end in one column beside them, and nowhere else', () => {
    const rows = [
      ['x', '5 ms'],
      ['x', '1,000 ms'],
    ]
    expect(draw({ columns: ['A', 'T'], rows })).toBe('A  T\nx  5 ms\nx  1,000 ms\n')
    const timeline = { totalMs: 1, bars: [] }
    expect(at(11, { columns: ['A', 'T'], rows, timeline })).toBe('A         T\nx      5 ms\nx  1,000 ms\n')
  })
})

test('ten thousand rows take no second, megabytes in a cell no memory', () => {
  const rows = Array.from({ length: 10_000 }, (_, index) => [
    `fn-${index}`,
    index % 3 ? 'traced' : 'off',
    'because of it',
  ])
  const before = process.cpuUsage()
  const text = draw({
    columns: ['FUNCTION', 'VERDICT', 'BECAUSE'],
    rows: [...rows, ['y'.repeat(2 ** 20), 'off', '']],
    groupBy: 1,
  })
  expect(process.cpuUsage(before).user / 1_000).toBeLessThan(1_000)
  expect(text.split('\n')).toHaveLength(10_007)
  expect(text.length).toBeLessThan(2 ** 20 + 10_000 * 280)
})

const word = fc.string({ unit: fc.constantFrom(...'abcdefgh-:'), minLength: 1, maxLength: 24 })
const sentence = fc.array(word, { maxLength: 12 }).map((words) => words.join(' '))
const rows = fc.array(fc.tuple(word, word, sentence), { minLength: 1, maxLength: 5 })
/** Columns in which such a row needs no folding: two words with their gaps, and what a last column has at least. */
const ENOUGH = 24 + 2 + 24 + 2 + 24

function lines(cells: string[][], style: TableStyle): string[] {
  return renderTable(report('show', {}, { table: [{ rows: cells }] }), style)
    .slice(0, -1)
    .split('\n')
}

test('columns begin where they should, in every row and under every wrapped line', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: ENOUGH, max: 200 }), (cells, width) => {
      const second = Math.max(...cells.map(([first]) => first.length)) + 2
      const third = second + Math.max(...cells.map(([, middle]) => middle.length)) + 2
      const rendered = lines(cells, { ...PLAIN, width })
      const heads = rendered.filter((line) => !line.startsWith(' '))
      expect(heads.map((line) => line.slice(0, second).trimEnd())).toEqual(cells.map(([first]) => first))
      expect(heads.map((line) => line.slice(second, third).trimEnd())).toEqual(cells.map(([, middle]) => middle))
      for (const line of rendered.filter((one) => one.startsWith(' '))) expect(line.search(/\S/)).toBe(third)
    }),
  )
})

test('between words where there is room: no line is wider than the terminal, and no word is lost', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: ENOUGH, max: 200 }), (cells, width) => {
      const rendered = lines(cells, { ...PLAIN, width })
      for (const line of rendered) expect(line.length).toBeLessThanOrEqual(width)
      const words = (text: string) => text.split(/\s+/).filter((one) => one !== '')
      expect(words(rendered.join(' '))).toEqual(words(cells.flat().join(' ')))
    }),
  )
})

describe('on a terminal that is too narrow', () => {
  const table = fc.record({
    title: sentence,
    columns: fc.tuple(word, word, word, word),
    rows: fc.array(fc.tuple(sentence, word, fc.integer({ min: 1 }).map(String), sentence), {
      minLength: 1,
      maxLength: 4,
    }),
    counts: fc.constantFrom(undefined, { labels: 2 }, { labels: 3 }),
  })

  test('no line is wider, and no letter is lost', () => {
    fc.assert(
      fc.property(table, fc.integer({ min: 5, max: 120 }), ({ counts, ...section }, width) => {
        const what = report('audit', {}, { table: [{ ...section, ...(counts && { counts }) }], notes: [section.title] })
        const rendered = renderTable(what, { ...PLAIN, width })
        for (const line of rendered.split('\n')) expect(line.length).toBeLessThanOrEqual(width)
        const letters = [section.title, ...section.columns, ...section.rows.flat(), 'note', section.title].join('')
        expect([...rendered.replace(/\s/g, '')].sort()).toEqual([...letters.replace(/\s/g, '')].sort())
      }),
    )
  })

  const columns = ['FUNCTION', 'MODE', 'BECAUSE']
  const because = 'no statement of its role allows it'
  const at = (width: number, section: Section) =>
    renderTable(report('audit', {}, { table: [section] }), { ...PLAIN, width })

  test('a row goes on in a second line, under a heading that does so too', () => {
    const section: Section = { columns, rows: [['orders', 'PassThrough', because]] }
    const room = 'FUNCTION'.length + 2 + 'PassThrough'.length + 2 + 24
    expect(at(room, section)).toBe(
      'FUNCTION  MODE         BECAUSE\n' +
        'orders    PassThrough  no statement of its role\n                       allows it\n',
    )
    expect(at(room - 1, section)).toBe(
      'FUNCTION  MODE\n  BECAUSE\norders    PassThrough\n  no statement of its role allows it\n',
    )
    expect(at(20, section)).toBe(
      'FUNCTION\n  MODE\n  BECAUSE\norders\n  PassThrough\n  no statement of\n  its role allows it\n',
    )
  })

  test('columns stand under each other in every line, and a line of nothing is left out', () => {
    const section: Section = {
      columns: ['NAME', 'REGION', 'CALLS', 'TRACES'],
      rows: [
        ['orders', 'us-east-1', '1,000', '20'],
        ['a', 'eu-west-1', '1', '1,000'],
        ['b', 'eu-west-1', '', ''],
      ],
      counts: { labels: 2 },
    }
    expect(at(18, section)).toBe(
      'NAME    REGION\n  CALLS  TRACES\norders  us-east-1\n  1,000      20\na       eu-west-1\n      1   1,000\n' +
        'b       eu-west-1\n',
    )
  })

  test('a cell that is longer than any terminal wraps too, wherever it stands', () => {
    const rows = [
      ['x'.repeat(700), 'a'],
      ['y', 'b'],
    ]
    expect(at(300, { rows })).toBe(`${'x'.repeat(300)}\n${'x'.repeat(300)}\n${'x'.repeat(100)}\n  a\ny\n  b\n`)
  })

  test('titles wrap, with all of their tones', () => {
    const section: Section = { title: 'Phases of orders', rows: [['a', cell('warn', 'of many words')]], groupBy: 1 }
    const text = renderTable(report('audit', {}, { table: [section] }), { ...COLOURED, width: 9 })
    expect(text).toBe('‹strong:Phases of›\n‹strong:orders›\n\n‹strong:‹warn:of many››\n‹strong:‹warn:words (1)››\na\n')
  })
})

test.each([
  [
    'an ARN',
    'arn:aws:lambda:us-east-1:111122223333:function:orders',
    ['arn:aws:lambda:us-east-1', ':111122223333:function:o', 'rders'],
  ],
  ['a word in the middle', `see ${'x'.repeat(30)} there`, ['see', 'x'.repeat(24), 'xxxxxx there']],
  ['characters of two code units', '😀'.repeat(30), ['😀'.repeat(24), '😀'.repeat(6)]],
  ['two words that just fit', 'aaaaaaaaaaa bbbbbbbbbbbb then', ['aaaaaaaaaaa bbbbbbbbbbbb', 'then']],
  ['a word that just fits', 'y'.repeat(24), ['y'.repeat(24)]],
])('%s: lines are as long as the room, and what is longer is cut between characters', (_, text, wrapped) => {
  expect(lines([['a', text]], { ...PLAIN, width: 27 }).map((line) => line.slice(3))).toEqual(wrapped)
})

test('colours change nothing but the colours', () => {
  fc.assert(
    fc.property(rows, fc.integer({ min: 40, max: 200 }), (cells, width) => {
      const toned = cells.map((row) => row.map((text) => cell('bad', text)))
      const ansi: TableStyle = {
        ...PLAIN,
        width,
        paint: (tone, text) => (tone === 'plain' || text === '' ? text : `\u001b[31m${text}\u001b[39m`),
      }
      const table = (style: TableStyle) => renderTable(report('show', {}, { table: [{ rows: toned }] }), style)
      expect(table(ansi).replaceAll('\u001b[31m', '').replaceAll('\u001b[39m', '')).toBe(table({ ...PLAIN, width }))
    }),
  )
})

test('whatever the report: no control character, and no section breaks a line that another wrote', () => {
  fc.assert(
    fc.property(hostileReport, fc.integer({ min: 1, max: 200 }), (what, width) => {
      expect(renderTable(what, { ...PLAIN, width }).replaceAll('\n', '')).not.toMatch(
        /[\p{Cc}\p{Bidi_Control}\u2028\u2029]/u,
      )
    }),
  )
})

test('no line ends in blanks', () => {
  for (const what of [show, change, hostile, odd, audit, verify])
    for (const width of [20, 40, 80, 200]) expect(renderTable(what, { ...PLAIN, width })).not.toMatch(/[ \t]\n/)
})
