/** What an IAM or STS action is to its service. */
import type { QueryInput } from '../wire/query-xml.js'
import type { Context } from '../wire/service.js'
import type { XmlValue } from '../wire/xml.js'

/** Gives the content of the `…Result` element; undefined where the answer has none. @throws AwsError */
export type QueryAction = (input: QueryInput, context: Context) => XmlValue
