/** SelectResourceConfig and SelectAggregateResourceConfig. */
import type { JsonInput } from '../wire/json-input.js'
import type { Context } from '../wire/service.js'
import { holds } from './condition.js'
import { configurationItem } from './configuration-item.js'
import { invalidNextToken, validation } from './errors.js'
import { pageSize, requiredText } from './input.js'
import { aggregatedPlaces, findAggregator, ownPlace, type Place } from './place.js'
import { project, selectionOf } from './projection.js'
import { type Query, readQuery } from './query.js'

const PAGE = 25
const LONGEST_QUERY = 4096

export function selectResourceConfig(input: JsonInput, context: Context): object {
  const query = expressionOf(input)
  return answer(query, () => [ownPlace(context)], input)
}

export function selectAggregateResourceConfig(input: JsonInput, context: Context): object {
  const query = expressionOf(input)
  const aggregator = findAggregator(requiredText(input, 'ConfigurationAggregatorName'), context)
  return answer(query, (from) => aggregatedPlaces(aggregator, context.world, from), input)
}

/** @throws AwsError ValidationException or InvalidExpressionException */
function expressionOf(input: JsonInput): Query {
  const text = requiredText(input, 'Expression')
  if (text.length > LONGEST_QUERY) {
    const constraint = `Member must have length less than or equal to ${LONGEST_QUERY}`
    throw validation(`'${text}'`, 'expression', constraint)
  }
  return readQuery(text)
}

/** @param placesFrom gives the places in order, at least those of that account and the ones after it */
function answer(query: Query, placesFrom: (account: string) => Iterable<Place>, input: JsonInput): object {
  const size = pageSize(input, PAGE)
  const selection = selectionOf(query.fields)
  const from = readToken(input.text('NextToken'))
  const Results: string[] = []
  let NextToken: string | undefined
  for (const { item, position } of itemsFrom(from, placesFrom(from.split(' ', 1)[0] ?? ''))) {
    if (query.where !== undefined && !holds(query.where, item)) continue
    if (Results.length === size) {
      NextToken = Buffer.from(position).toString('base64')
      break
    }
    Results.push(JSON.stringify(project(item, selection) ?? {}))
  }
  const QueryInfo = { SelectFields: query.fields.map((Name) => ({ Name })) }
  return { QueryInfo, Results, ...(NextToken === undefined ? {} : { NextToken }) }
}

/** @param from position of the first item: account, region and name; '' for all */
function* itemsFrom(from: string, places: Iterable<Place>) {
  for (const place of places) {
    const prefix = `${place.account} ${place.region} `
    if (prefix < from && !from.startsWith(prefix)) continue
    for (const recorded of place.recorded) {
      const position = prefix + recorded.name
      if (position >= from) yield { position, item: configurationItem(recorded, place) }
    }
  }
}

/** The position that a page begins at. @throws AwsError InvalidNextTokenException */
function readToken(token: string | undefined): string {
  if (token === undefined) return ''
  const position = Buffer.from(token, 'base64').toString('utf8')
  if (!/^\d{12} [\w-]+ [\w.-]+$/.test(position)) throw invalidNextToken()
  return position
}
