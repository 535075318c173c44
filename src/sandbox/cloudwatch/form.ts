/** Query parameters with dots in their names, as the nested object that a JSON request would hold. */

type Nested = { [key: string]: Nested | string }

/** `Queries.member.1.Id=m` becomes `{Queries: [{Id: 'm'}]}`; the values stay texts. */
export function nestedForm(values: Readonly<Record<string, string>>): Readonly<Record<string, unknown>> {
  const root: Nested = {}
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split('.')
    const last = keys.pop() ?? ''
    let inner = root
    for (const key of keys) {
      const known = Object.hasOwn(inner, key) ? inner[key] : undefined
      const next = typeof known === 'object' ? known : {}
      inner[key] = next
      inner = next
    }
    inner[last] = value
  }
  return Object.fromEntries(Object.entries(root).map(([key, value]) => [key, withLists(value)]))
}

function withLists(value: Nested | string): unknown {
  if (typeof value === 'string') return value
  const { member } = value
  if (typeof member === 'object') {
    const numbers = Object.keys(member).sort((a, b) => Number(a) - Number(b))
    return numbers.map((number) => withLists(member[number] ?? ''))
  }
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withLists(inner)]))
}
