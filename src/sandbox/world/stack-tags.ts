/** The tags that CloudFormation gives to what it deploys. */

interface Place {
  readonly region: string
  readonly account: string
}

/** @param name of the function, from which its logical id is made */
export function stackTags(stack: string, name: string, { region, account }: Place): Record<string, string> {
  const logicalId = name
    .split('-')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
  return {
    'aws:cloudformation:stack-name': stack,
    'aws:cloudformation:stack-id': `arn:aws:cloudformation:${region}:${account}:stack/${stack}/5f1c2d30-0a1b-11f0-9c3d-0e8a5b7c6d21`,
    'aws:cloudformation:logical-id': logicalId,
  }
}
