/** The tagging gateway over the AWS SDK, for one account and region: which functions carry which tags. */
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceGroupsTaggingAPIClientConfig,
  type ResourceTagMapping,
  type TagFilter as SdkTagFilter,
} from '@aws-sdk/client-resource-groups-tagging-api'
import type { TagFilter } from '../core/selection.js'
import type { Attempts } from './attempts.js'
import { optional, required } from './fields.js'
import type { TaggingGateway } from './gateways.js'
import { pagesOf } from './pages.js'

interface TaggedFunction {
  arn: string
  tags: Array<[key: string, value: string]>
}

export class TaggingOverSdk implements TaggingGateway {
  readonly #client: ResourceGroupsTaggingAPIClient

  constructor(
    config: ResourceGroupsTaggingAPIClientConfig,
    private readonly attempts: Attempts,
  ) {
    this.#client = new ResourceGroupsTaggingAPIClient(config)
  }

  async taggedFunctions(tags: readonly TagFilter[]): Promise<Set<string>> {
    const filters = tags.map(({ key, values }) => ({ Key: key, ...(values.length > 0 && { Values: values }) }))
    const arns = new Set<string>()
    for await (const page of this.#functions(filters)) for (const { arn } of page) arns.add(arn)
    return arns
  }

  /** AWS can ask for all of several keys only, not for any: then every function with tags is listed, once. */
  async tagsOfFunctions(
    having: readonly string[],
    keys: readonly string[] = having,
  ): Promise<Map<string, Record<string, string>>> {
    const wanted = new Set(keys)
    const found = new Map<string, Record<string, string>>()
    const marks = [...new Set(having)]
    if (marks.length === 0) return found
    const filters = marks.length === 1 ? marks.map((Key) => ({ Key })) : []
    for await (const page of this.#functions(filters)) {
      for (const { arn, tags } of page) {
        const named = tags.filter(([key]) => wanted.has(key))
        if (named.length > 0) found.set(arn, Object.fromEntries(named))
      }
    }
    return found
  }

  #functions(TagFilters: SdkTagFilter[]): AsyncGenerator<TaggedFunction[]> {
    const input = {
      ResourceTypeFilters: ['lambda:function'],
      ResourcesPerPage: 100,
      ...(TagFilters.length > 0 && { TagFilters }),
    }
    return pagesOf(
      {
        service: 'tagging',
        operation: 'GetResources',
        send: (PaginationToken) => this.#client.send(new GetResourcesCommand({ ...input, PaginationToken })),
        read: (answer) => ({
          items: required(answer, 'ResourceTagMappingList', 'list').map(taggedFunctionOf),
          next: optional(answer, 'PaginationToken', 'text'),
        }),
      },
      this.attempts,
    )
  }
}

function taggedFunctionOf(mapping: ResourceTagMapping): TaggedFunction {
  const tags = optional(mapping, 'Tags', 'list') ?? []
  return {
    arn: required(mapping, 'ResourceARN', 'text'),
    tags: tags.map((tag) => [required(tag, 'Key', 'text'), optional(tag, 'Value', 'text') ?? '']),
  }
}
