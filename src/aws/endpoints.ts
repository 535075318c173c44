/** Refuses an endpoint that is set by hand and is none: the SDK would only say that there is an invalid URL. */
import { loadSharedConfigFiles } from '@smithy/core/config'
import { XtraceError } from '../errors.js'

const VARIABLE = 'AWS_ENDPOINT_URL'
const KEY = 'endpoint_url'
/** Then the SDK looks at none of them. */
const IGNORE = { variable: 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS', key: 'ignore_configured_endpoint_urls' }

/** As the variables and the services section of a profile call the services that are asked here. */
const SERVICES = [
  'LAMBDA',
  'IAM',
  'STS',
  'RESOURCE_GROUPS_TAGGING_API',
  'ACCOUNT',
  'EC2',
  'ORGANIZATIONS',
  'CONFIG_SERVICE',
  'XRAY',
  'CLOUDWATCH',
]

/** @throws XtraceError USAGE */
export function refuseEndpointVariables(env: NodeJS.ProcessEnv): void {
  if (env[IGNORE.variable] === 'true') return
  for (const name of [VARIABLE, ...SERVICES.map((service) => `${VARIABLE}_${service}`)]) refuseNoUrl(name, env[name])
}

/**
 * The variable of all services wins over the profile, which is then not looked at.
 * @throws XtraceError USAGE
 */
export async function refuseProfileEndpoints(profile: string | undefined, env: NodeJS.ProcessEnv): Promise<void> {
  if (env[VARIABLE] || env[IGNORE.variable] === 'true') return
  const name = profile ?? (env.AWS_PROFILE || 'default')
  const { configFile, credentialsFile } = await loadSharedConfigFiles()
  const settings = { ...credentialsFile[name], ...configFile[name] }
  if (settings[IGNORE.key] === 'true') return
  refuseNoUrl(`${KEY} of profile ${name}`, settings[KEY])
  const { services } = settings
  const section = services === undefined ? {} : (configFile[`services.${services}`] ?? {})
  for (const service of SERVICES) {
    const key = `${service.toLowerCase()}.${KEY}`
    refuseNoUrl(`${key} of services ${services}`, section[key])
  }
}

function refuseNoUrl(source: string, text: string | undefined): void {
  if (!text || isEndpoint(text)) return
  throw new XtraceError(
    'USAGE',
    `${source} is "${withoutCredentials(text)}", and that is not the URL of an endpoint.`,
    {
      suggestions: ['An endpoint looks like http://127.0.0.1:4566; where none is set, AWS itself is asked.'],
    },
  )
}

function isEndpoint(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol)
}

/** What is no URL may still hold a password: all before the last @ is left out. */
function withoutCredentials(text: string): string {
  return text.replace(/^(\w[\w+.-]*:\/\/)?.*@/s, '$1')
}
