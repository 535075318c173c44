/** Where SARIF says that a finding is: in a file where one holds it, else at a path that stands for the function. */
import { splitFunctionArn } from '../core/lambda-function.js'
import type { Finding } from '../core/report.js'
import { clean } from './clean.js'

/**
 * GitHub refuses a whole upload in which one result has no physical location ("expected a physical location"). A
 * deployed function is in no file: `lambda/ACCOUNT/REGION/NAME` is the same in every run and reads well in its list.
 */
export function sarifLocation({ subject, place }: Finding): object {
  const { name } = splitFunctionArn(subject)
  return {
    physicalLocation: {
      artifactLocation: { uri: place ? fileUri(place.file) : functionUri(subject) },
      region: place ? { startLine: place.line, startColumn: place.column } : { startLine: 1 },
    },
    logicalLocations: [{ name: clean(name), fullyQualifiedName: clean(subject), kind: 'function' }],
  }
}

/** Relative to the repository, as it was named; absolute paths become `file:` URIs. */
function fileUri(file: string): string {
  const path = clean(file)
    .replaceAll('\\', '/')
    .replace(/^(\.\/+)+/, '')
  const drive = /^[a-zA-Z]:(?=\/)/.exec(path)?.[0] ?? ''
  const encoded = path.slice(drive.length).split('/').map(encodeURIComponent).join('/')
  if (drive) return `file:///${drive}${encoded}`
  return encoded.startsWith('/') ? `file://${encoded}` : encoded
}

function functionUri(arn: string): string {
  const { account, region, name } = splitFunctionArn(clean(arn))
  const parts = account && region && name ? [account, region, name] : [clean(arn)]
  return ['lambda', ...parts].map(encodeURIComponent).join('/')
}
