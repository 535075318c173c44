/** ListFunctions and ListVersionsByFunction, fifty a page. */
import type { Context } from '../wire/service.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { validation } from './errors.js'
import { findFunction, readName, regionOf } from './function-name.js'
import { type FunctionView, listedConfiguration, viewOf } from './function-view.js'
import { type LambdaInput, writeMarker } from './input.js'
import type { LambdaResult } from './operation.js'

const PAGE = 50

export function listFunctions(input: LambdaInput, context: Context): LambdaResult {
  const wanted = input.query.get('FunctionVersion')
  if (wanted !== null && wanted !== 'ALL') {
    throw validation(wanted, 'functionVersion', 'Member must satisfy enum value set: [ALL]')
  }
  const functions = regionOf(context).sortedFunctions
  const [from, skipped] = readPosition(input.marker())
  const items: FunctionView[] = []
  const size = input.pageSize(PAGE)
  let skip = skipped
  for (let index = positionOf(functions, from); index < functions.length; index += 1) {
    const lambda = functions[index]
    if (lambda === undefined) break
    lambda.settle(context.now, context.settings)
    const views = wanted === 'ALL' ? everyVersion(lambda) : [viewOf(lambda, undefined)]
    const room = size - items.length
    items.push(...views.slice(skip, skip + room))
    if (items.length === size) {
      const rest = views.length > skip + room
      const next = rest ? lambda.name : functions[index + 1]?.name
      const marker = next === undefined ? undefined : writeMarker(`${next}:${rest ? skip + room : 0}`)
      return page('Functions', items, marker)
    }
    skip = 0
  }
  return page('Functions', items, undefined)
}

export function listVersionsByFunction(input: LambdaInput, context: Context): LambdaResult {
  const { name } = readName(input.param('FunctionName'), 'read', context)
  const views = everyVersion(findFunction({ name, qualifier: undefined }, context))
  const from = Number(input.marker() ?? 0)
  const to = from + input.pageSize(PAGE)
  return page('Versions', views.slice(from, to), to < views.length ? writeMarker(String(to)) : undefined)
}

function everyVersion(lambda: LambdaFunction): FunctionView[] {
  const published = lambda.latestPublished === undefined ? [] : ['$LATEST.PUBLISHED']
  return ['$LATEST', ...published, ...lambda.versions.keys()].map((version) => viewOf(lambda, version))
}

function page(key: 'Functions' | 'Versions', views: readonly FunctionView[], marker: string | undefined): LambdaResult {
  const NextMarker = marker === undefined ? {} : { NextMarker: marker }
  return { status: 200, body: { ...NextMarker, [key]: views.map(listedConfiguration) } }
}

/** Where a page begins: a function's name, and how many of its versions came before. */
function readPosition(marker: string | undefined): readonly [name: string, skip: number] {
  const [name = '', skip = '0'] = (marker ?? '').split(':')
  return [name, Number(skip)]
}

/** Index of the first function that is not before the name. */
function positionOf(functions: readonly LambdaFunction[], name: string): number {
  let low = 0
  let high = functions.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((functions[middle]?.name ?? '') < name) low = middle + 1
    else high = middle
  }
  return low
}
