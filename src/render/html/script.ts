/** What the page can do where scripts may run: sort, filter, page, copy and change colours. */

/** It makes no markup of text, asks nothing of any server, and keeps nothing. */
export const SCRIPT = String.raw`'use strict'
{
const root = document.documentElement
root.classList.add('js')

function start() {
  themeButton(document.getElementById('theme'))
  document.addEventListener('click', copyCommands)
  const table = document.querySelector('#list table')
  if (table) list(table)
  root.classList.add('started')
}

function themeButton(button) {
  const system = matchMedia('(prefers-color-scheme: dark)')
  const isDark = () => (root.dataset.theme ? root.dataset.theme === 'dark' : system.matches)
  const label = () => { button.textContent = isDark() ? 'Light' : 'Dark' }
  button.addEventListener('click', () => { root.dataset.theme = isDark() ? 'light' : 'dark'; label() })
  system.addEventListener('change', label)
  label()
}

async function copyCommands({ target }) {
  const all = target.classList.contains('copy-all')
  if (!all && !target.classList.contains('copy')) return
  const codes = all ? [...target.parentElement.querySelectorAll('.command code')] : [target.previousElementSibling]
  target.dataset.label ??= target.textContent
  target.textContent = (await copy(codes.map((code) => code.textContent).join('\n'))) ? 'Copied' : 'Not copied'
  setTimeout(() => { target.textContent = target.dataset.label }, 2000)
}

/** A page that did not come over HTTPS or from a file has no clipboard, only the old way. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    document.body.append(area)
    area.select()
    const done = document.execCommand('copy')
    area.remove()
    return done
  }
}

function list(table) {
  const SIZE = 100
  const body = table.tBodies[0]
  const heads = [...table.tHead.rows[0].cells]
  const rows = [...body.rows].map((row) => {
    const texts = Array.from(row.cells, (cell) => cell.textContent)
    return { row, texts, search: texts.join('\n').toLowerCase() }
  })
  const search = document.getElementById('search')
  const choices = [...document.querySelectorAll('#list select')]
  const buttons = ['previous', 'next', 'all'].map((id) => document.getElementById(id))
  document.querySelector('.pages').hidden = rows.length <= SIZE
  let order = rows
  let shown = rows
  let page = 0
  let size = SIZE

  function filter() {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean)
    const wanted = choices.filter((choice) => choice.selectedIndex > 0).map((choice) => [choice.dataset.column, choice.value])
    shown = order.filter(
      ({ texts, search }) => wanted.every(([column, value]) => texts[column] === value) && words.every((word) => search.includes(word)),
    )
    page = 0
    draw()
  }

  function show(part) {
    body.replaceChildren()
    for (const { row } of part) body.append(row)
  }

  function draw() {
    const first = page * size
    const part = shown.slice(first, first + size)
    show(part)
    const number = (count) => count.toLocaleString('en')
    document.getElementById('found').textContent = number(shown.length) + ' of ' + number(rows.length)
    document.getElementById('page').textContent = part.length ? number(first + 1) + '–' + number(first + part.length) + ' of ' + number(shown.length) : 'none'
    buttons[0].disabled = page === 0
    buttons[1].disabled = first + size >= shown.length
    buttons[2].textContent = size === SIZE ? 'Show all' : 'Show ' + SIZE
  }

  /** Ascending, descending, and back to the order of the report. */
  function sort(head, column) {
    const now = head.getAttribute('aria-sort')
    for (const one of heads) one.removeAttribute('aria-sort')
    order = rows
    if (now !== 'descending') {
      const sign = now === 'ascending' ? -1 : 1
      const { compare } = new Intl.Collator('en', { numeric: true })
      order = [...rows].sort((a, b) => sign * compare(a.texts[column], b.texts[column]))
      head.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending')
    }
    filter()
  }

  function turn(to) {
    page = to
    draw()
    table.parentElement.scrollTop = 0
  }

  for (const [column, head] of heads.entries()) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = head.textContent
    button.addEventListener('click', () => sort(head, column))
    head.replaceChildren(button)
  }
  for (const link of document.querySelectorAll('[data-verdict]'))
    link.addEventListener('click', () => {
      const choice = choices.find(({ options }) => [...options].some(({ value }) => value === link.dataset.verdict))
      if (!choice) return
      choice.value = link.dataset.verdict
      filter()
    })
  const form = search.form
  form.addEventListener('submit', (event) => event.preventDefault())
  form.addEventListener('input', filter)
  form.addEventListener('reset', () => setTimeout(filter))
  buttons[0].addEventListener('click', () => turn(page - 1))
  buttons[1].addEventListener('click', () => turn(page + 1))
  buttons[2].addEventListener('click', () => { size = size === SIZE ? rows.length : SIZE; turn(0) })
  addEventListener('beforeprint', () => show(shown))
  addEventListener('afterprint', draw)
  filter()
}

if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', start)
else start()
}
`
