/** What must never leave the gateways, and a search for it in all that does. */
import { expect } from 'vitest'
import { KEYS } from './environment.js'

export const SECRETS = {
  variable: 'hunter2-of-the-database',
  codeUrl: 'https://awslambda-us-east-1-tasks.s3.amazonaws.com/snapshots/orders?X-Amz-Signature=9f86d081884c7d65',
  accessKey: KEYS.AWS_SECRET_ACCESS_KEY,
  sessionToken: KEYS.AWS_SESSION_TOKEN,
}

/** In the whole value: for an error its fields, text, stack and causes, as far as anything could print them. */
export function expectNoSecretIn(value: unknown): void {
  const text = everythingIn(value)
  for (const secret of [...Object.values(SECRETS), 'X-Amz-Signature', 'hunter2']) expect(text).not.toContain(secret)
}

function everythingIn(value: unknown): string {
  if (!(value instanceof Error)) return JSON.stringify(value) ?? ''
  return [JSON.stringify(value), value.message, value.stack, everythingIn(value.cause)].join('\n')
}
