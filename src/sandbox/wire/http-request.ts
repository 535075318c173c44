/** An HTTP request, read to its end. */
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http'

export interface HttpRequest {
  readonly method: string
  /** Percent-decoded, empty segments dropped. */
  readonly segments: readonly string[]
  readonly query: URLSearchParams
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

export async function readRequest(incoming: IncomingMessage): Promise<HttpRequest> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const [path = '/', search = ''] = (incoming.url ?? '/').split('?', 2)
  return {
    method: incoming.method ?? 'GET',
    segments: path
      .split('/')
      .filter((segment) => segment !== '')
      .map(decodeSegment),
    query: new URLSearchParams(search),
    headers: incoming.headers,
    body: Buffer.concat(chunks).toString('utf8'),
  }
}

/** A stray percent sign stands for itself. */
function decodeSegment(segment: string): string {
  return /%(?![0-9a-f]{2})/i.test(segment) ? segment : safeDecode(segment)
}

function safeDecode(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch (error) {
    if (error instanceof URIError) return segment
    throw error
  }
}
