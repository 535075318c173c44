/** AWS behind nock: writes down every request, and gives the answers that a test has laid ready. */
import nock from 'nock'
import { afterEach, beforeEach } from 'vitest'

/** A request as it went over the wire. */
export interface Sent {
  method: string
  host: string
  path: string
  query: Record<string, string>
  /** JSON parsed, a form as an object, '' where there is none. */
  body: unknown
}

/** What the signature and the User-Agent of a request say. */
export interface Signed {
  accessKey: string
  region: string
  service: string
  /** As sent: `20260601T000000Z`. */
  date: string
  userAgent: string
}

export type Answer = { status: number; body: unknown; headers?: Record<string, string> } | Error
type Handler = Answer | ((sent: Sent) => Answer)

export class FakeAws {
  readonly sent: Sent[] = []
  readonly signed: Signed[] = []
  readonly #next: Answer[] = []
  readonly #actions = new Map<string, Handler>()

  /** One answer for each request, in this order. */
  answers(...answers: Answer[]): void {
    this.#next.push(...answers)
  }

  /** The answer to every call of an IAM or STS action, whatever the order of the calls. */
  on(action: string, handler: Handler): void {
    this.#actions.set(action, handler)
  }

  /** The forms that were sent for an IAM or STS action. */
  forms(action: string): unknown[] {
    return this.sent.map(({ body }) => body).filter((body) => actionOf(body) === action)
  }

  listen(): void {
    const fake = this
    const scope = nock(/^https:\/\/[a-z0-9.-]+\.amazonaws\.[a-z.]+(:443)?$/).persist()
    for (const method of ['GET', 'POST', 'PUT', 'DELETE']) {
      scope.intercept(/.*/, method).reply(function (uri, body, respond) {
        const headers = this.req.headers as Record<string, string>
        const sent = fake.#note(method, uri, body, headers)
        const answer = fake.#answerTo(sent)
        if (answer instanceof Error) respond(answer, [500])
        else respond(null, [answer.status, answer.body as nock.ReplyBody, answer.headers ?? {}])
      })
    }
  }

  #note(method: string, uri: string, body: unknown, headers: Record<string, string>): Sent {
    const url = new URL(uri, 'https://aws')
    const sent: Sent = {
      method,
      host: String(headers.host),
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      body: parsed(body, headers['content-type'] ?? ''),
    }
    this.sent.push(sent)
    const [, accessKey = '', region = '', service = ''] =
      /Credential=([^/]+)\/\d+\/([^/]+)\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '') ?? []
    const date = String(headers['x-amz-date'])
    this.signed.push({ accessKey, region, service, date, userAgent: String(headers['user-agent']) })
    return sent
  }

  #answerTo(sent: Sent): Answer {
    const handler = this.#actions.get(actionOf(sent.body)) ?? this.#next.shift()
    if (handler === undefined) return new Error(`no answer was laid ready for ${sent.method} ${sent.path}`)
    return typeof handler === 'function' ? handler(sent) : handler
  }
}

/** nock itself parses `application/json` and nothing else. */
function parsed(body: unknown, contentType: string): unknown {
  if (contentType.includes('form-urlencoded')) return Object.fromEntries(new URLSearchParams(String(body)))
  return contentType.startsWith('application/x-amz-json') ? JSON.parse(String(body)) : body
}

function actionOf(body: unknown): string {
  return typeof body === 'object' && body !== null ? String(Reflect.get(body, 'Action')) : ''
}

/** A fresh AWS for each test of the file; nothing else can be reached. */
export function fakeAws(): () => FakeAws {
  let fake = new FakeAws()
  beforeEach(() => {
    fake = new FakeAws()
    nock.disableNetConnect()
    fake.listen()
  })
  afterEach(() => {
    nock.cleanAll()
    nock.enableNetConnect()
  })
  return () => fake
}
