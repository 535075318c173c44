/** Endpoints that are set by hand: one that is no URL is refused by the name of its setting, without a password in it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { refuseEndpointVariables, refuseProfileEndpoints } from '../../src/aws/endpoints.js'
import { ownEnvironment } from './support/environment.js'

const folder = ownEnvironment()
const refusal = (message: string) =>
  expect.objectContaining({ code: 'USAGE', message: expect.stringContaining(message) })

describe('a variable', () => {
  test.each([
    ['AWS_ENDPOINT_URL', 'notaurl', 'AWS_ENDPOINT_URL is "notaurl"'],
    ['AWS_ENDPOINT_URL', 'localhost:4566', 'AWS_ENDPOINT_URL is "localhost:4566"'],
    ['AWS_ENDPOINT_URL_LAMBDA', 'ftp://me:secret@host/x', 'AWS_ENDPOINT_URL_LAMBDA is "ftp://host/x"'],
    ['AWS_ENDPOINT_URL_XRAY', 'http://me:sec/r@et@ho st', 'AWS_ENDPOINT_URL_XRAY is "http://ho st"'],
  ])('%s=%s is refused', (name, value, message) => {
    expect(() => refuseEndpointVariables({ [name]: value })).toThrow(refusal(message))
  })

  test.each([
    ['AWS_ENDPOINT_URL', 'http://127.0.0.1:4566'],
    ['AWS_ENDPOINT_URL', ''],
    ['AWS_ENDPOINT_URL_S3', 'notaurl'],
  ])('%s=%s is taken', (name, value) => {
    expect(() => refuseEndpointVariables({ [name]: value })).not.toThrow()
  })
})

test('a variable that the SDK is told to ignore is taken', () => {
  const env = { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }
  expect(() => refuseEndpointVariables({ ...env, AWS_ENDPOINT_URL: 'notaurl' })).not.toThrow()
})

describe('a profile', () => {
  const config = [
    '[default]',
    'endpoint_url = nowhere',
    '[profile good]',
    'endpoint_url = https://localhost:4566',
    '[profile deaf]',
    'endpoint_url = nowhere',
    'ignore_configured_endpoint_urls = true',
    '[profile team]',
    'services = local',
    '[services local]',
    'lambda =',
    '  endpoint_url = me:secret@here',
    '',
  ].join('\n')

  test.each([
    [undefined, {}, 'endpoint_url of profile default is "nowhere"'],
    ['team', {}, 'lambda.endpoint_url of services local is "here"'],
    [undefined, { AWS_PROFILE: 'team' }, 'lambda.endpoint_url of services local is "here"'],
  ])('%s with %j is refused', async (profile, env, message) => {
    await writeFile(join(folder(), 'config'), config)
    await expect(refuseProfileEndpoints(profile, env)).rejects.toThrow(refusal(message))
  })

  test.each([
    ['good', {}],
    ['nobody', {}],
    ['deaf', {}],
    [undefined, { AWS_ENDPOINT_URL: 'http://localhost:4566' }],
    [undefined, { AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: 'true' }],
  ])('%s with %j is taken', async (profile, env) => {
    await writeFile(join(folder(), 'config'), config)
    await expect(refuseProfileEndpoints(profile, env)).resolves.toBeUndefined()
  })
})
