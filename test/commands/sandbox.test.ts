/** `xtrace sandbox`: a child process that other commands can use, until it is told to stop. */
import { expect } from 'vitest'
import { describe, it, until } from '../support/it.js'
import { inBothModes, type ReportJson } from '../support/report-json.js'
import { run, start } from '../support/xtrace.js'

describe.concurrent('sandbox', () => {
  it('prints what to export, serves the demo account to other commands, and ends with 0 at Ctrl-C', async () => {
    const sandbox = start(['sandbox', '--port', '0', '--settle', '100', '--iam-delay', '200'])
    await until(() => sandbox.printed().includes('Ctrl-C'))
    const exported = [...sandbox.printed().matchAll(/^export (\w+)=(\S+)$/gm)].map(([, name, value]) => [name, value])
    const env = Object.fromEntries(exported) as Record<string, string>
    expect(Object.keys(env)).toEqual(['AWS_ENDPOINT_URL', 'AWS_REGION', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
    const audit = await run(['audit', '--json'], { env })
    expect(audit.status).toBe(3)
    expect(audit.json<ReportJson>().data.functions.length).toBeGreaterThan(20)
    expect((await run(['enable', 'checkout-api'], { env })).status).toBe(0)
    expect((await run(['enable', 'checkout-api:1'], { env })).status).toBe(5)
    sandbox.child.kill('SIGINT')
    const { status, stderr } = await sandbox.ended
    expect(status, stderr).toBe(0)
    expect(stderr).toMatch(/\d+ requests were answered/)
  })

  it('prints one JSON document, starts empty if wanted, and ends with 0 when it is terminated', async () => {
    const sandbox = start(['sandbox', '--port', '0', '--seed', 'empty', '--json'])
    await until(() => sandbox.printed().trimEnd().endsWith('\n}'))
    const { schema, data } = JSON.parse(sandbox.printed()) as { schema: string; data: Record<string, string> }
    expect(schema).toBe('xtrace/sandbox@1')
    expect(data.AWS_ENDPOINT_URL).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/)
    const audit = await run(['audit', '--json'], { env: data })
    expect(audit.status).toBe(0)
    expect(audit.json<ReportJson>().data.functions).toEqual([])
    sandbox.child.kill('SIGTERM')
    expect((await sandbox.ended).status).toBe(0)
  })

  it('ends with 2 where the port is in use', async ({ open }) => {
    const aws = await open()
    const refusal = await inBothModes(['sandbox', '--port', String(aws.sandbox.port)], {})
    expect(refusal).toMatchObject({ code: 'USAGE', exit: 2 })
    expect(refusal.message).toContain(`Port ${aws.sandbox.port} is in use`)
    expect(refusal.suggestions.join()).toContain('--port 0')
  })

  it('ends with 2 for a number that makes no sense', async () => {
    expect(await inBothModes(['sandbox', '--port', '70000'], {})).toMatchObject({ code: 'USAGE', exit: 2 })
  })
})
