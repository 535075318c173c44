/** The page as a whole: nothing but text comes of text, nothing is loaded, nothing runs but what its policy names. */
import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { report } from '../../../src/core/report.js'
import { clean } from '../../../src/render/clean.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { hostileReport } from '../hostile-report.js'
import { skeletonOf, tagsOf, textOf } from './page-tags.js'
import { OPTIONS, sampleReport, TEXTS } from './sample.js'

const HOSTILE = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  ' onfocus=alert(1) autofocus ',
  '</style><script>alert(1)</script>',
  '</script><script>alert(1)</script>',
  '</title><svg/onload=alert(1)>',
  '</textarea></pre></table></details>',
  '<!-- -->',
  '<![CDATA[',
  '&lt;script&gt;',
  '&#60;b&#62;',
  'javascript:alert(1)',
  '";}*{background:url(//evil.example)}',
  '\\3c/style\\3e',
  '{{alert(1)}}',
  '\u202e<b>\u0000\u001b]0;x\u0007',
  '\ud800<i>\udfff',
  '\uff1cscript\uff1e',
]

const TAGS =
  'html head meta title style script body header div p h1 h2 h3 button main section nav ul ol li a small b code span pre details summary svg rect text table caption thead tbody tr th td form label input output select option footer time'.split(
    ' ',
  )
const ATTRIBUTES =
  'lang charset http-equiv content name type id class href data-verdict data-column tabindex role scope open autocomplete spellcheck value x y width height aria-label aria-hidden aria-live'.split(
    ' ',
  )

/** The same report with texts that are as equal and as unequal to each other as the given ones, and mean no harm. */
function harmlessTwin(texts: readonly string[]): (n: number) => string {
  const shown = texts.map(clean)
  return (n) => {
    const first = shown.indexOf(shown[n] ?? '')
    return shown[n] === '' ? '' : `${String.fromCharCode(97 + first)}${'x'.repeat((shown[n]?.length ?? 1) - 1)}`
  }
}

function pageOf(texts: readonly string[], title = OPTIONS.title): string {
  return renderHtml(
    sampleReport((n) => texts[n] ?? ''),
    { ...OPTIONS, title },
  )
}

const texts = fc.array(
  fc.oneof(
    fc.constantFrom(...HOSTILE),
    fc.string({ unit: fc.constantFrom(...'<>"\'&/=! -;{}\\`\n\u202eab'), maxLength: 12 }),
  ),
  { minLength: TEXTS, maxLength: TEXTS },
)

describe('text stays text', () => {
  test('no text adds, takes away or changes a tag or an attribute', () => {
    fc.assert(
      fc.property(texts, (given) => {
        const twin = harmlessTwin(given)
        const harmless = renderHtml(sampleReport(twin), OPTIONS)
        expect(skeletonOf(pageOf(given, given[0]))).toEqual(skeletonOf(harmless))
      }),
      { numRuns: 40 },
    )
  })

  test('whatever the report, the page knows no other tags, attributes, classes and anchors than its own', () => {
    fc.assert(
      fc.property(hostileReport, (any) => {
        for (const { name, attributes } of tagsOf(renderHtml(any, OPTIONS)).slice(1)) {
          expect(TAGS).toContain(name.replace('/', ''))
          for (const attribute of Object.keys(attributes)) expect(ATTRIBUTES).toContain(attribute)
          expect(attributes.class ?? '').toMatch(/^[a-z -]*$/)
          expect(attributes.id ?? '').toMatch(/^[a-z]*(-\d)?$/)
          expect(attributes.href ?? '').toMatch(/^(#[a-z]+(-\d)?)?$/)
        }
      }),
      { numRuns: 25 },
    )
  })

  test('what is shown is what was written, without control characters', () => {
    const page = pageOf(HOSTILE)
    for (const shown of [
      '&lt;script&gt;alert(1)&lt;/script&gt;',
      '&quot;&gt;&lt;img src=x',
      '&amp;lt;script&amp;gt;',
      '&lt;b&gt;]0;x',
    ])
      expect(page).toContain(shown)
    expect(page.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Bidi_Control}]/u)
  })

  test('the style holds headings of columns as strings, and nothing else that was given', () => {
    const style = textOf(pageOf(Array.from({ length: TEXTS }, (_, n) => (n === 6 ? '"}</style>é' : 'x'))), 'style')
    expect(style).toContain(String.raw`content:"\22 \7d \3c \2f style\3e \e9 "`)
    expect(style).not.toContain('</style>é')
  })

  test('the script is the same whatever the report', () => {
    const script = textOf(pageOf(HOSTILE), 'script')
    expect(script).toBe(textOf(renderHtml(report('audit', {}), { ...OPTIONS, title: '<b>' }), 'script'))
    expect(script).not.toMatch(
      /innerHTML|outerHTML|insertAdjacent|document\.write|eval|Function\(|fetch|XMLHttp|import\b/,
    )
  })
})

describe('the policy', () => {
  const page = pageOf(Array.from({ length: TEXTS }, (_, n) => `text ${n}`))
  const policy = tagsOf(page).find(({ attributes }) => attributes['http-equiv'])?.attributes.content ?? ''
  const hashOf = (source: string) => `'sha256-${createHash('sha256').update(source).digest('base64')}'`

  test('allows the one style and the one script of the page, and nothing else', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `style-src ${hashOf(textOf(page, 'style'))}`,
      `script-src ${hashOf(textOf(page, 'script'))}`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
    const names = tagsOf(page).map(({ name }) => name)
    expect(names.filter((name) => name === 'style' || name === 'script')).toEqual(['style', 'script'])
  })

  test('stands before what it rules', () => {
    const names = tagsOf(page).map(({ name, attributes }) => attributes['http-equiv'] ?? name)
    expect(names.slice(0, 5)).toEqual(['!doctype', 'html', 'head', 'meta', 'Content-Security-Policy'])
  })

  test('no attribute asks for what it forbids, and nothing comes from elsewhere', () => {
    for (const { attributes } of tagsOf(page))
      for (const [name, value] of Object.entries(attributes)) {
        expect(name).not.toMatch(/^(on.*|style|src|srcset|action|data|poster|background|ping)$/)
        if (name === 'href') expect(value).toMatch(/^#[a-z0-9-]+$/)
      }
    expect(page).not.toMatch(/https?:|\/\/[a-z]|url\(|@import|@font-face/i)
  })
})

test('the frame: language, width, colour schemes, title, version and time', () => {
  const page = renderHtml(report('audit', {}), OPTIONS)
  expect(page).toMatch(/^<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n/)
  expect(page).toContain('<meta name="viewport" content="width=device-width, initial-scale=1">')
  expect(page).toContain('<meta name="color-scheme" content="light dark">')
  expect(page).toContain('<title>Tracing of 111122223333</title>')
  expect(page).toContain('<h1>Tracing of 111122223333</h1>')
  expect(page).toContain('Made by xtrace 1.2.3 on <time>2026-11-22T20:05:02Z</time>.')
})

test('the command is named above the title, unless it is the title', () => {
  expect(renderHtml(report('audit', {}), OPTIONS)).toContain('<p class="kicker">xtrace audit</p>')
  expect(renderHtml(report('audit', {}), { ...OPTIONS, title: 'xtrace audit' })).not.toContain('class="kicker"')
})

test('every link of the page leads to a place in it, and no place has two names', () => {
  const tags = tagsOf(pageOf(Array.from({ length: TEXTS }, (_, n) => `text ${n}`)))
  const ids = tags.flatMap(({ attributes }) => attributes.id ?? [])
  expect(new Set(ids).size).toBe(ids.length)
  for (const { attributes } of tags) if (attributes.href) expect(ids).toContain(attributes.href.slice(1))
})

test('the same report gives the same page', () => {
  expect(pageOf(HOSTILE)).toBe(pageOf([...HOSTILE]))
})

test('no outcome is ever called clean', () => {
  for (const outcome of [
    'ok',
    'drift',
    'incomplete',
    'refused',
    'fault',
    'usage',
    'credentials',
    'stale',
    'interrupted',
  ] as const)
    expect(renderHtml(report('audit', {}, { outcome }), OPTIONS)).not.toMatch(/\bclean\b/i)
})

test('a small report, whole but for style and script', async () => {
  const page = pageOf(Array.from({ length: TEXTS }, (_, n) => `text-${n}`))
  const bare = page
    .replace(textOf(page, 'style'), '…')
    .replace(textOf(page, 'script'), '…')
    .replace(/sha256-[^']+/g, 'sha256-…')
  await expect(bare).toMatchFileSnapshot('golden/page.html')
})
