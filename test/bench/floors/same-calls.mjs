// The calls that `xtrace enable NAME` makes where the role may write already, as side by side as it makes them, and nothing else.
import { Agent, request } from 'node:http'

const [name] = process.argv.slice(2)
const { AWS_ENDPOINT_URL: url, AWS_ACCESS_KEY_ID: key } = process.env
const agent = new Agent({ keepAlive: true })

const send = (service, method, path, body, type) =>
  new Promise((resolve, reject) => {
    const authorization = `AWS4-HMAC-SHA256 Credential=${key}/20260101/us-east-1/${service}/aws4_request`
    const headers = { authorization, ...(body && { 'content-type': type, 'content-length': Buffer.byteLength(body) }) }
    const call = request(`${url}${path}`, { method, agent, headers }, (answer) => {
      let text = ''
      answer.on('data', (chunk) => {
        text += chunk
      })
      answer.on('end', () => (answer.statusCode === 200 ? resolve(text) : reject(new Error(text))))
    })
    call.on('error', reject)
    call.end(body)
  })

const lambda = (method, path, body) =>
  send('lambda', method, path, body && JSON.stringify(body), 'application/json').then(JSON.parse)
const iam = (Action, words) => {
  const form = new URLSearchParams({ Action, Version: '2010-05-08', ...words })
  return send('iam', 'POST', '/', String(form), 'application/x-www-form-urlencoded')
}
const all = (text, tag) => [...text.matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, 'g'))].map(([, value]) => value)

const configuration = `/2015-03-31/functions/${name}/configuration`
const { Role, RevisionId } = await lambda('GET', configuration)
await Promise.all([
  lambda('GET', `/2015-03-31/functions/${name}/aliases?MaxItems=50`),
  lambda('GET', `/2015-03-31/event-source-mappings?FunctionName=${name}&MaxItems=100`),
])
const RoleName = Role.slice(Role.lastIndexOf('/') + 1)
const [, attached] = await Promise.all([
  iam('GetRole', { RoleName }),
  iam('ListAttachedRolePolicies', { RoleName }),
  iam('ListRolePolicies', { RoleName }),
])
await Promise.all(
  all(attached, 'PolicyArn').map(async (PolicyArn) => {
    const [VersionId] = all(await iam('GetPolicy', { PolicyArn }), 'DefaultVersionId')
    await iam('GetPolicyVersion', { PolicyArn, VersionId })
  }),
)
await lambda('PUT', configuration, { TracingConfig: { Mode: 'Active' }, RevisionId })
const { TracingConfig } = await lambda('GET', configuration)
if (TracingConfig.Mode !== 'Active') throw new Error(`${name} is ${TracingConfig.Mode}`)
agent.destroy()
