/** TagFilters: all of them must hold, each by any of its values. */
import { isObject, type JsonInput } from '../wire/json-input.js'
import { invalidParameter } from './errors.js'

type Tags = Readonly<Record<string, string>>

const MOST_FILTERS = 50
const MOST_VALUES = 20

/** Whether a resource's tags satisfy the request. @throws AwsError InvalidParameterException */
export function tagFilter(input: JsonInput): (tags: Tags) => boolean {
  const given = input.list('TagFilters') ?? []
  if (given.length > MOST_FILTERS) throw invalidParameter(`TagFilters can hold up to ${MOST_FILTERS} items.`)
  const filters = given.map(oneFilter)
  return (tags) => filters.every((fits) => fits(tags))
}

function oneFilter(filter: unknown): (tags: Tags) => boolean {
  const key = isObject(filter) ? filter.Key : undefined
  if (typeof key !== 'string' || key === '') throw invalidParameter('A TagFilter must have a Key.')
  const values = isObject(filter) && Array.isArray(filter.Values) ? filter.Values.map(String) : []
  if (values.length > MOST_VALUES) throw invalidParameter(`A TagFilter can hold up to ${MOST_VALUES} Values.`)
  return (tags) => {
    const value = Object.hasOwn(tags, key) ? tags[key] : undefined
    return value !== undefined && (values.length === 0 || values.includes(value))
  }
}
