/** The tagging gateway over the AWS SDK, for one account and region: which functions carry which tags. */
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceGroupsTaggingAPIClientConfig,
  type TagFilter as SdkTagFilter,
  type Tag,
} from '@aws-sdk/client-resource-groups-tagging-api'
import type { TagFilter } from '../core/selection.js'
import { type Attempts, attempt } from './attempts.js'
import type { TaggingGateway } from './gateways.js'

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
    for await (const { arn } of this.#functions(filters)) arns.add(arn)
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
    for await (const { arn, tags } of this.#functions(filters)) {
      const named = tags.flatMap(({ Key, Value }) => (Key && wanted.has(Key) ? [[Key, Value ?? '']] : []))
      if (named.length > 0) found.set(arn, Object.fromEntries(named))
    }
    return found
  }

  async *#functions(TagFilters: SdkTagFilter[]): AsyncGenerator<{ arn: string; tags: Tag[] }> {
    let token: string | undefined
    do {
      const command = new GetResourcesCommand({
        ResourceTypeFilters: ['lambda:function'],
        ResourcesPerPage: 100,
        ...(TagFilters.length > 0 && { TagFilters }),
        ...(token !== undefined && { PaginationToken: token }),
      })
      const page = await attempt(
        { service: 'tagging', operation: 'GetResources' },
        'repeatable',
        () => this.#client.send(command),
        this.attempts,
      )
      for (const { ResourceARN: arn, Tags: tags = [] } of page.ResourceTagMappingList ?? [])
        if (arn) yield { arn, tags }
      token = page.PaginationToken || undefined
    } while (token !== undefined)
  }
}
