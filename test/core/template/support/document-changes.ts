/** What differs between two templates, as an independent reader sees them. */
import { parseDocument } from 'yaml'

type Plain = string | Plain[] | { [key: string]: Plain }

/** A path of keys and indexes, and the value that is new there. */
export interface DocumentChange {
  path: string
  from: unknown
  to: unknown
}

export function documentChanges(before: string, after: string): DocumentChange[] {
  return compared(plain(before), plain(after), '')
}

/** Calls in their long form, so that short and long ones compare. */
function plain(text: string): Plain {
  const tags = [
    'Ref',
    'Sub',
    'GetAtt',
    'If',
    'Join',
    'Equals',
    'ImportValue',
    'Condition',
    'Not',
    'And',
    'Or',
    'FindInMap',
    'Split',
    'Select',
    'Transform',
    'Base64',
  ]
  const customTags = tags.flatMap((name) => {
    const key = name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`
    return [
      { tag: `!${name}`, resolve: (value: string) => ({ [key]: value }) },
      ...(['seq', 'map'] as const).map((collection) => ({
        tag: `!${name}`,
        collection,
        resolve: (value: { toJSON(): unknown }) => ({ [key]: value.toJSON() }),
      })),
    ]
  })
  const document = parseDocument(text, { customTags, schema: 'failsafe', merge: true })
  if (document.errors.length > 0) throw document.errors[0]
  return document.toJS({ maxAliasCount: 1000 })
}

function compared(from: unknown, to: unknown, path: string): DocumentChange[] {
  if (!isCollection(from) || !isCollection(to) || Array.isArray(from) !== Array.isArray(to))
    return JSON.stringify(from) === JSON.stringify(to) ? [] : [{ path, from, to }]
  const keys = new Set([...Object.keys(from), ...Object.keys(to)])
  return [...keys].flatMap((key) => compared(at(from, key), at(to, key), path === '' ? key : `${path}.${key}`))
}

function isCollection(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function at(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? Reflect.get(value, key) : undefined
}
