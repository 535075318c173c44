/** GetResources: the region's tagged functions, page by page. */
import type { JsonInput } from '../wire/json-input.js'
import type { Context } from '../wire/service.js'
import type { LambdaFunction } from '../world/lambda-function.js'
import { invalidParameter } from './errors.js'
import { readToken, writeToken } from './pagination-token.js'
import { tagFilter } from './tag-filters.js'

const PAGE = 50
const LARGEST_PAGE = 100
const FUNCTION_TYPES: ReadonlySet<string> = new Set(['lambda', 'lambda:function'])
/** AWS knows these; a list that ignored them would be wrong without saying so. */
const MISSING = ['ResourceARNList', 'TagsPerPage', 'IncludeComplianceDetails', 'ExcludeCompliantResources']

export function getResources(input: JsonInput, context: Context): object {
  const missing = MISSING.find((key) => input.body[key] !== undefined)
  if (missing !== undefined) throw invalidParameter(`The sandbox does not know ${missing}.`)
  const size = pageSize(input)
  const fits = tagFilter(input)
  const from = readToken(input.text('PaginationToken'), context.now)
  const listed = functionsAskedFor(input, context).filter(
    ({ name, tags }) => name >= from && Object.keys(tags).length > 0 && fits(tags),
  )
  const next = listed[size]
  return {
    PaginationToken: next === undefined ? '' : writeToken(next.name, context.now),
    ResourceTagMappingList: listed.slice(0, size).map(({ arn, tags }) => ({
      ResourceARN: arn,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
  }
}

function functionsAskedFor(input: JsonInput, { account, caller }: Context): readonly LambdaFunction[] {
  const types = input.texts('ResourceTypeFilters') ?? []
  const wanted = types.length === 0 || types.some((type) => FUNCTION_TYPES.has(type))
  return wanted ? account.region(caller.region).sortedFunctions : []
}

function pageSize(input: JsonInput): number {
  const size = input.number('ResourcesPerPage') ?? PAGE
  if (!Number.isInteger(size) || size < 1 || size > LARGEST_PAGE) {
    throw invalidParameter(`ResourcesPerPage must be between 1 and ${LARGEST_PAGE}.`)
  }
  return size
}
