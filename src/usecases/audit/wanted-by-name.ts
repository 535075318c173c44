/** Whether a function that is gone would have been chosen: of it nothing but its ARN is known. */
import { splitFunctionArn } from '../../core/lambda-function.js'
import { selectsName } from '../../core/selection.js'
import type { Choice } from '../read/choose.js'

/** @returns undefined where the choice asks for more than a name */
export function wantedByName(choice: Choice): ((arn: string) => boolean) | undefined {
  // A named function that is gone is told of already.
  if ('refs' in choice) return () => false
  const { tags, runtimes } = choice.selection
  if (tags.length > 0 || runtimes.length > 0) return undefined
  const named = selectsName(choice.selection)
  return (arn) => named(splitFunctionArn(arn).name)
}
