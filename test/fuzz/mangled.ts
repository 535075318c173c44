/** Valid data with something in it that does not belong there, or without something that does. */
import fc from 'fast-check'

/** Of a field that should hold something else. */
const ODD_VALUES: readonly unknown[] = [
  null,
  42,
  -1,
  1e308,
  true,
  '',
  'x'.repeat(10_000),
  [],
  [null],
  {},
  { a: { b: [] } },
  '\u0000\ud800',
  '__proto__',
]

/** Up to three places in the value hold another one, or nothing. */
export function mangledJson(valid: object): fc.Arbitrary<unknown> {
  const edit = fc.record({
    place: fc.constantFrom(...placesIn(valid)),
    value: fc.option(fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue({ maxDepth: 2 })), { nil: undefined }),
  })
  return fc
    .array(edit, { minLength: 1, maxLength: 3 })
    .map((edits) => edits.reduce<unknown>((body, { place, value }) => withValue(body, place, value), valid))
    .map((body): unknown => JSON.parse(JSON.stringify(body) ?? 'null'))
}

/** Every path to a value, the root's own among them. */
function placesIn(value: unknown, path: readonly string[] = []): Array<readonly string[]> {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([key, one]) => placesIn(one, [...path, key]))]
}

function withValue(body: unknown, [key, ...rest]: readonly string[], value: unknown): unknown {
  if (key === undefined) return value
  if (typeof body !== 'object' || body === null) return body
  const copy = Array.isArray(body) ? [...body] : { ...body }
  const changed = withValue(Reflect.get(copy, key), rest, value)
  if (changed === undefined) Reflect.deleteProperty(copy, key)
  else Reflect.set(copy, key, changed)
  return copy
}

/** Pieces are cut out, doubled, or put in. */
export function mangledText(valid: string, signs: readonly string[]): fc.Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(valid.length),
    cut: fc.nat(30),
    put: fc.oneof(
      fc.constantFrom('', ...signs),
      fc.nat(valid.length).map((from) => valid.slice(from, from + 20)),
    ),
  })
  return fc
    .array(edit, { minLength: 1, maxLength: 4 })
    .map((edits) => edits.reduce((text, { at, cut, put }) => text.slice(0, at) + put + text.slice(at + cut), valid))
}
