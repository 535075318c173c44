/** The page's script without a browser: sorting, filtering, paging and printing of the list. */
import { describe, expect, test, vi } from 'vitest'
import { report } from '../../../src/core/report.js'
import { renderHtml } from '../../../src/render/html/page.js'
import { SCRIPT } from '../../../src/render/html/script.js'
import { type FakeElement, startPage } from './fake-page.js'
import { OPTIONS } from './sample.js'

const HEADS = ['FUNCTION', 'REGION', 'VERDICT']
const ROWS = [
  ['orders-10', 'us-east-1', 'off'],
  ['Orders-9', 'eu-west-1', 'blind'],
  ['billing', 'us-east-1', 'off'],
  ['orders-9b', 'eu-west-1', ''],
]
const CHOICES = { 1: ['eu-west-1', 'us-east-1'], 2: ['', 'blind', 'off'] }
const many = (count: number) => Array.from({ length: count }, (_, n) => [`fn-${n}`, 'us-east-1', 'off'])

/** Presses the sort button of a column. */
function sortBy(page: ReturnType<typeof startPage>, column: number): FakeElement | undefined {
  const head = page.head.cells[column]
  head?.children[0]?.fire('click')
  return head
}

function choose(page: ReturnType<typeof startPage>, select: number, text: string): void {
  const choice = page.selects[select]
  if (choice) choice.value = text
  page.form.fire('input')
}

function type(page: ReturnType<typeof startPage>, text: string): void {
  page.search.value = text
  page.form.fire('input')
}

test('at the start every row is shown in the order of the report', () => {
  const page = startPage(HEADS, ROWS, CHOICES)
  expect(page.shown()).toEqual(ROWS.map((row) => row.join(' ')))
  expect(page.ids.found?.textContent).toBe('4 of 4')
  expect(page.pages.hidden).toBe(true)
  expect([...page.root.classList]).toEqual(['js', 'started'])
})

test('a heading sorts up, then down, then not at all; numbers by their value, letters whatever their case', () => {
  const page = startPage(HEADS, ROWS, CHOICES)
  const names = () => page.shown().map((row) => row.split(' ')[0])
  expect(sortBy(page, 0)?.getAttribute('aria-sort')).toBe('ascending')
  expect(names()).toEqual(['billing', 'Orders-9', 'orders-9b', 'orders-10'])
  expect(sortBy(page, 0)?.getAttribute('aria-sort')).toBe('descending')
  expect(names()).toEqual(['orders-10', 'orders-9b', 'Orders-9', 'billing'])
  expect(sortBy(page, 0)?.getAttribute('aria-sort')).toBeNull()
  expect(names()).toEqual(['orders-10', 'Orders-9', 'billing', 'orders-9b'])
})

test('equal rows keep the order of the report, and one column sorts at a time', () => {
  const page = startPage(HEADS, ROWS, CHOICES)
  const first = sortBy(page, 0)
  sortBy(page, 1)
  expect(first?.getAttribute('aria-sort')).toBeNull()
  expect(page.shown().map((row) => row.split(' ')[0])).toEqual(['Orders-9', 'orders-9b', 'orders-10', 'billing'])
})

describe('filters', () => {
  test.each([
    ['orders', ['orders-10', 'Orders-9', 'orders-9b']],
    [' ORDERS  west ', ['Orders-9', 'orders-9b']],
    ['west blind 9', ['Orders-9']],
    ['orders-9b blind', []],
    ['', ['orders-10', 'Orders-9', 'billing', 'orders-9b']],
  ])('every word of %j is somewhere in the row', (typed, names) => {
    const page = startPage(HEADS, ROWS, CHOICES)
    type(page, typed)
    expect(page.shown().map((row) => row.split(' ')[0])).toEqual(names)
    expect(page.ids.found?.textContent).toBe(`${names.length} of 4`)
  })

  test('choices narrow each other and the search, and an empty cell can be chosen', () => {
    const page = startPage(HEADS, ROWS, CHOICES)
    choose(page, 0, 'eu-west-1')
    expect(page.shown()).toHaveLength(2)
    choose(page, 1, '')
    expect(page.shown()).toEqual(['orders-9b eu-west-1 '])
    choose(page, 1, 'off')
    expect(page.shown()).toEqual([])
  })

  test('sorting keeps what was filtered', () => {
    const page = startPage(HEADS, ROWS, CHOICES)
    choose(page, 1, 'off')
    sortBy(page, 0)
    expect(page.shown()).toEqual(['billing us-east-1 off', 'orders-10 us-east-1 off'])
  })

  test('a verdict of the key chooses it in the list', () => {
    const page = startPage(HEADS, ROWS, CHOICES)
    page.links[1]?.fire('click')
    expect(page.shown()).toEqual(['Orders-9 eu-west-1 blind'])
  })

  test('where a verdict cannot be chosen, the key does nothing', () => {
    const page = startPage(HEADS, ROWS, { 1: CHOICES[1] })
    page.links[1]?.fire('click')
    expect(page.shown()).toHaveLength(4)
  })

  test('resetting shows all again, and sending the form does nothing', () => {
    const page = startPage(HEADS, ROWS, CHOICES)
    type(page, 'billing')
    page.search.value = ''
    page.form.fire('reset')
    for (const task of page.later) task()
    expect(page.shown()).toHaveLength(4)
    let prevented = false
    page.form.fire('submit', { preventDefault: () => (prevented = true) })
    expect(prevented).toBe(true)
  })
})

describe('pages', () => {
  test('a hundred rows at a time', () => {
    const page = startPage(HEADS, many(1250))
    const { previous, next } = page.ids
    expect(page.pages.hidden).toBe(false)
    expect([page.shown().length, page.ids.page?.textContent]).toEqual([100, '1–100 of 1,250'])
    expect([previous?.disabled, next?.disabled]).toEqual([true, false])
    for (let turns = 0; turns < 12; turns++) next?.fire('click')
    expect([page.shown().length, page.ids.page?.textContent]).toEqual([50, '1,201–1,250 of 1,250'])
    expect([previous?.disabled, next?.disabled]).toEqual([false, true])
    previous?.fire('click')
    expect(page.shown()[0]).toBe('fn-1100 us-east-1 off')
  })

  test('a filter begins at its first page', () => {
    const page = startPage(HEADS, many(1250))
    page.ids.next?.fire('click')
    type(page, 'fn-12')
    expect(page.ids.page?.textContent).toBe('1–61 of 61')
    type(page, 'nowhere')
    expect(page.ids.page?.textContent).toBe('none')
  })

  test('all at once, and back', () => {
    const page = startPage(HEADS, many(101))
    page.ids.all?.fire('click')
    expect([page.shown().length, page.ids.all?.textContent]).toEqual([101, 'Show 100'])
    page.ids.all?.fire('click')
    expect([page.shown().length, page.ids.all?.textContent]).toEqual([100, 'Show all'])
  })

  test('paper gets every row that was found, in the order of the screen', () => {
    const page = startPage(HEADS, many(250))
    type(page, 'fn-1')
    sortBy(page, 0)
    page.window.fire('beforeprint')
    expect(page.shown()).toHaveLength(111)
    page.window.fire('afterprint')
    expect(page.shown()).toHaveLength(100)
  })
})

describe('copying', () => {
  const button = (kind: string, commands: string[]) => {
    const codes = commands.map((textContent) => ({ textContent }))
    return {
      textContent: 'Copy',
      dataset: {},
      classList: { contains: (name: string) => name === kind },
      previousElementSibling: codes[0],
      parentElement: { querySelectorAll: (selector: string) => (selector === '.command code' ? codes : []) },
    }
  }

  test.each([
    ['copy', ['xtrace enable orders'], 'xtrace enable orders'],
    ['copy-all', ['xtrace enable a', 'xtrace enable b'], 'xtrace enable a\nxtrace enable b'],
  ])('%s: the commands and nothing else, and the button says so for a while', async (kind, commands, text) => {
    const page = startPage(HEADS, ROWS)
    const target = button(kind, commands)
    page.document.fire('click', { target })
    await vi.waitFor(() => expect(target.textContent).toBe('Copied'))
    expect(page.copied).toEqual([text])
    page.document.fire('click', { target })
    await vi.waitFor(() => expect(page.later).toHaveLength(2))
    for (const task of page.later) task()
    expect(target.textContent).toBe('Copy')
  })

  test('a click elsewhere copies nothing', () => {
    const page = startPage(HEADS, ROWS)
    page.document.fire('click', { target: button('other', ['rm -r /']) })
    expect(page.copied).toEqual([])
  })
})

test('the button changes from one colour scheme to the other and names where it leads', () => {
  const { ids, root } = startPage(HEADS, ROWS)
  expect(ids.theme?.textContent).toBe('Dark')
  ids.theme?.fire('click')
  expect([root.dataset.theme, ids.theme?.textContent]).toEqual(['dark', 'Light'])
  ids.theme?.fire('click')
  expect([root.dataset.theme, ids.theme?.textContent]).toEqual(['light', 'Dark'])
})

test('everything that the script looks for by name is in the page', () => {
  const list = { main: true as const, columns: ['A'], rows: [['x'], ['x'], ['y'], ['y']] }
  const page = renderHtml(report('audit', {}, { table: [list] }), OPTIONS)
  const names = [...SCRIPT.matchAll(/getElementById\('(\w+)'\)/g)].map(([, id]) => id)
  expect(names.length).toBeGreaterThan(3)
  for (const id of [...names, 'previous', 'next', 'all']) expect(page).toContain(`id="${id}"`)
  expect(page).toMatch(/<section id="list">[\s\S]*<select data-column="0">[\s\S]*<table>[\s\S]*class="pages"/)
})
