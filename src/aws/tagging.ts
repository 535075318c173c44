/** The tagging gateway over the AWS SDK, for one account and region: which functions carry some tags. */
import {
  GetResourcesCommand,
  ResourceGroupsTaggingAPIClient,
  type ResourceGroupsTaggingAPIClientConfig,
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
    const arns = new Set<string>()
    let token: string | undefined
    do {
      const command = new GetResourcesCommand({
        ResourceTypeFilters: ['lambda:function'],
        ResourcesPerPage: 100,
        TagFilters: tags.map(({ key, values }) => ({ Key: key, ...(values.length > 0 && { Values: values }) })),
        ...(token !== undefined && { PaginationToken: token }),
      })
      const page = await attempt(
        { service: 'tagging', operation: 'GetResources' },
        'repeatable',
        () => this.#client.send(command),
        this.attempts,
      )
      for (const resource of page.ResourceTagMappingList ?? []) if (resource.ResourceARN) arns.add(resource.ResourceARN)
      token = page.PaginationToken || undefined
    } while (token !== undefined)
    return arns
  }
}
