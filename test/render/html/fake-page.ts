/** As much of a browser as the page's script touches, so that it can be run without one. */
import { runInNewContext } from 'node:vm'
import { SCRIPT } from '../../../src/render/html/script.js'

type Listener = (event: object) => unknown

/** An element: its children, what it says, and who listens. */
export class FakeElement {
  textContent: string
  children: FakeElement[] = []
  dataset: Record<string, string> = {}
  options: { value: string }[] = []
  selectedIndex = 0
  hidden = false
  disabled = false
  scrollTop = -1
  typed = ''
  #listeners: [string, Listener][] = []
  #attributes = new Map<string, string>()

  constructor(textContent = '', children: FakeElement[] = []) {
    this.textContent = textContent
    this.children = children
  }

  /** Of a select: the text of its choice. Of anything else: what was typed. */
  get value(): string {
    return this.options[this.selectedIndex]?.value ?? this.typed
  }
  set value(text: string) {
    this.typed = text
    if (this.options.length > 0) this.selectedIndex = this.options.findIndex(({ value }) => value === text)
  }
  get cells(): FakeElement[] {
    return this.children
  }
  get rows(): FakeElement[] {
    return this.children
  }
  replaceChildren(...children: FakeElement[]): void {
    this.children = children
  }
  append(child: FakeElement): void {
    this.children.push(child)
  }
  addEventListener(name: string, listener: Listener): void {
    this.#listeners.push([name, listener])
  }
  getAttribute(name: string): string | null {
    return this.#attributes.get(name) ?? null
  }
  setAttribute(name: string, value: string): void {
    this.#attributes.set(name, value)
  }
  removeAttribute(name: string): void {
    this.#attributes.delete(name)
  }
  fire(name: string, event: object = {}): void {
    for (const [heard, listener] of this.#listeners) if (heard === name) listener(event)
  }
}

/** @param choices column → the texts to choose from */
export function startPage(heads: string[], rows: string[][], choices: Record<number, string[]> = {}) {
  const body = new FakeElement(
    '',
    rows.map(
      (row) =>
        new FakeElement(
          '',
          row.map((text) => new FakeElement(text)),
        ),
    ),
  )
  const head = new FakeElement(
    '',
    heads.map((text) => new FakeElement(text)),
  )
  const table = Object.assign(new FakeElement(), {
    tBodies: [body],
    tHead: { rows: [head] },
    parentElement: new FakeElement(),
  })
  const form = new FakeElement()
  const ids = Object.fromEntries(
    ['theme', 'search', 'previous', 'next', 'all', 'found', 'page'].map((id) => [id, new FakeElement()]),
  )
  const search = Object.assign(ids.search ?? new FakeElement(), { form })
  const selects = Object.entries(choices).map(([column, texts]) => {
    const select = new FakeElement()
    select.dataset.column = column
    select.options = ['all', ...texts].map((value) => ({ value }))
    return select
  })
  const links = ['off', 'blind'].map((verdict) => Object.assign(new FakeElement(), { dataset: { verdict } }))
  const window = new FakeElement()
  const later: (() => void)[] = []
  const copied: string[] = []
  const pages = new FakeElement()
  const root = { classList: new Set<string>(), dataset: {} as Record<string, string> }
  const document = Object.assign(new FakeElement(), {
    documentElement: root,
    readyState: 'complete',
    getElementById: (id: string) => ids[id],
    querySelector: (selector: string) => (selector === '.pages' ? pages : selector === '#list table' ? table : null),
    querySelectorAll: (selector: string) => (selector === '#list select' ? selects : links),
    createElement: () => new FakeElement(),
  })
  runInNewContext(SCRIPT, {
    document,
    addEventListener: (name: string, listener: Listener) => window.addEventListener(name, listener),
    matchMedia: () => Object.assign(new FakeElement(), { matches: false }),
    setTimeout: (task: () => void) => later.push(task),
    navigator: { clipboard: { writeText: async (text: string) => copied.push(text) } },
  })
  const shown = () => body.children.map((row) => row.cells.map((cell) => cell.textContent).join(' '))
  return { document, head, form, search, selects, links, window, pages, root, ids, later, copied, shown }
}
