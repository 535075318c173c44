/** A server where AWS should be: it gives the answers that a test has laid ready, round and round. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, vi } from 'vitest'

/** Of status 200, and whole. */
export function goodAnswer(body: unknown): FalseAnswer {
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return { status: 200, headers: {}, body: text, cut: false }
}

export interface FalseAnswer {
  status: number
  headers: Record<string, string>
  body: string
  /** Cut off in the middle of the body. */
  cut: boolean
}

/** No answer of any AWS service. */
const FOREIGN_BODIES: readonly string[] = [
  '',
  ' ',
  'null',
  '[]',
  '{}',
  '"text"',
  '42',
  '{"a":',
  '{"__proto__": {"polluted": true}}',
  '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>',
  '<!DOCTYPE html><p>Sign in to the guest network</p>',
  '<?xml version="1.0"?><a/>',
  '<a><b></a>',
  '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>',
  'upstream connect error or disconnect/reset before headers',
  '\u0000\u0001\u0002',
  '\ufeff{}',
  `${'['.repeat(5_000)}${']'.repeat(5_000)}`,
]

const STATUSES = [200, 200, 200, 201, 204, 206, 301, 302, 307, 400, 401, 403, 404, 407, 409, 412, 418, 429, 500, 503]

const HEADERS: ReadonlyArray<Record<string, string>> = [
  {},
  {},
  { 'content-type': 'text/html' },
  { 'content-type': 'application/json', 'x-amzn-errortype': 'Odd:http://internal.amazon.com/' },
  { 'content-type': 'application/json', 'x-amzn-errortype': '__proto__' },
  { 'content-encoding': 'gzip' },
  { 'retry-after': 'Wed, 21 Oct 2026 07:28:00 GMT' },
  { 'retry-after': '-5' },
  { 'retry-after': '1e12' },
  { 'x-amzn-requestid': '<script>' },
]

/** @param whole an answer that AWS might give: a piece of it comes, or something else altogether */
export function foreignAnswer(whole: string): fc.Arbitrary<FalseAnswer> {
  const piece = fc.nat(whole.length - 1).map((length) => whole.slice(0, length))
  return fc.record({
    status: fc.constantFrom(...STATUSES),
    headers: fc.constantFrom(...HEADERS),
    body: fc.oneof(fc.constantFrom(...FOREIGN_BODIES), piece),
    cut: fc.boolean(),
  })
}

/** Stands where AWS_ENDPOINT_URL points during the tests of a file. @returns how to lay answers ready */
export function falseAws(): (...answers: FalseAnswer[]) => void {
  let ready: FalseAnswer[] = []
  let given = 0
  let server: Server
  beforeAll(async () => {
    server = createServer((incoming, outgoing) => {
      incoming.resume()
      const now = ready[given++ % ready.length]
      if (now === undefined) return outgoing.destroy()
      const { status, headers, body, cut } = now
      if (cut) {
        outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) + 10 })
        outgoing.write(body, () => outgoing.destroy())
      } else {
        outgoing.writeHead(status, headers)
        outgoing.end(body)
      }
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  })
  afterAll(() => {
    vi.unstubAllEnvs()
    server.closeAllConnections()
    server.close()
  })
  return (...answers) => {
    ready = answers
    given = 0
  }
}
