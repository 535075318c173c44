/** Reads the tags of a region's functions: for rules that ask for them, and for the stacks that own what was found. */
import type { AwsAccess } from '../../aws/gateways.js'
import type { Reading } from '../../core/verdict.js'
import { reading } from '../read/reading.js'

export type Tags = ReadonlyMap<string, Readonly<Record<string, string>>>

/** What CloudFormation puts on every function that it makes; the others come with it. See ownerFromTags. */
const MARK_OF_A_STACK = 'aws:cloudformation:stack-name'
const OWNER_TAGS = [MARK_OF_A_STACK, 'aws:cloudformation:logical-id', 'lambda:createdBy']

/** @param keys of the tags that rules ask for, on top of those that name the owner */
export async function readTags(aws: AwsAccess, region: string, keys: readonly string[]): Promise<Reading<Tags>> {
  return reading(async () => {
    const tagging = await aws.tagging(region)
    return tagging.tagsOfFunctions([MARK_OF_A_STACK, ...keys], [...OWNER_TAGS, ...keys])
  })
}
