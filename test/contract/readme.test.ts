/** The README as somebody reads it: links that lead somewhere, a way in, and the way of a newcomer in its order. */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../support/xtrace.js'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const TEXT = README.replace(/^```[\s\S]*?^```$/gm, '')
const SECTIONS = [...TEXT.matchAll(/^## (.+)$/gm)].map(([, heading = '']) => heading)
const HEADINGS = [...TEXT.matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) => heading)

/** As GitHub makes the anchor of a heading. */
function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}

function targets(text: string): string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target = '']) => target)
}

test('every link leads to a heading or a file that is there', () => {
  const anchors = HEADINGS.map((heading) => `#${anchor(heading)}`)
  expect(new Set(anchors).size, 'headings that would share an anchor').toBe(anchors.length)
  for (const target of targets(TEXT).filter((one) => !/^https?:/.test(one)))
    expect(target.startsWith('#') ? anchors.includes(target) : existsSync(join(ROOT, target)), target).toBe(true)
})

test('the contents stand before the first section, and name each of them once', () => {
  const [contents = ''] = TEXT.split('\n## ')
  expect(targets(contents).sort()).toEqual(SECTIONS.map((heading) => `#${anchor(heading)}`).sort())
  for (const heading of SECTIONS) expect(contents).toContain(`[${heading}](`)
})

test('a newcomer installs, starts the sandbox, looks, enables, rolls out and mends templates, in this order', () => {
  const steps = [
    '\n## Install\n',
    '\n$ xtrace sandbox\n',
    '\n$ xtrace audit ',
    '\n$ xtrace enable checkout-api\n',
    '\n## Rollouts\n',
    '\n$ xtrace resume last\n',
    '\n$ xtrace template fix template.yaml',
  ]
  const places = steps.map((step) => README.indexOf(step))
  expect(places).not.toContain(-1)
  expect(places).toEqual([...places].sort((a, b) => a - b))
})
