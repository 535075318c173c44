/** An error as AWS would answer it; the service's wire format decides how it is written. */

export interface AwsErrorDetail {
  /** Further fields of the body, such as Lambda's `Reason`. */
  fields?: Readonly<Record<string, string>>
  headers?: Readonly<Record<string, string>>
}

export class AwsError extends Error {
  override readonly name = 'AwsError'

  /** @param text undefined where AWS answers a null message */
  constructor(
    readonly status: number,
    readonly code: string,
    readonly text: string | undefined,
    readonly detail: AwsErrorDetail = {},
  ) {
    super(text ?? code)
  }
}
