/** Reads the settings of a new function from the flags of `create`, and refuses what Lambda would refuse. */
import { readFile, stat } from 'node:fs/promises'
import type { FunctionCode, NewFunction } from '../../aws/gateways.js'
import { parseFunctionRef } from '../../core/function-ref.js'
import { XtraceError } from '../../errors.js'

export interface NewFunctionFlags {
  role: string
  runtime?: string | undefined
  handler?: string | undefined
  'zip-file'?: string | undefined
  's3-bucket'?: string | undefined
  's3-key'?: string | undefined
  's3-object-version'?: string | undefined
  'image-uri'?: string | undefined
  memory?: number | undefined
  timeout?: number | undefined
  env?: string[] | undefined
  layer?: string[] | undefined
  architecture?: 'x86_64' | 'arm64' | undefined
  description?: string | undefined
  tag?: string[] | undefined
  publish: boolean
}

/** Bytes; Lambda takes larger packages from S3 only. */
const LARGEST_ZIP = 50 * 1024 * 1024
const ROLE_NAME = /^[\w+=,.@-]{1,64}$/
const ROLE_ARN = /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/
const ENV_NAME = /^[a-zA-Z][a-zA-Z0-9_]*$/

/** @throws XtraceError USAGE or UNREADABLE_FILE, before any call is made */
export async function newFunctionFrom(name: string, flags: NewFunctionFlags): Promise<NewFunction> {
  const ref = parseFunctionRef(name)
  if (ref.text !== ref.name)
    throw usage(`"${name}" is not a bare name: a new function has no ARN and no qualifier yet.`)
  if (!ROLE_NAME.test(flags.role) && !ROLE_ARN.test(flags.role))
    throw usage(`--role "${flags.role}" is neither the name nor the ARN of a role.`)
  refuseContradictions(flags)
  const environment = pairs('--env', flags.env, ENV_NAME)
  const tags = pairs('--tag', flags.tag, /./)
  return {
    name,
    role: flags.role,
    code: await codeOf(flags),
    publish: flags.publish,
    ...(flags.runtime !== undefined && { runtime: flags.runtime }),
    ...(flags.handler !== undefined && { handler: flags.handler }),
    ...(flags.memory !== undefined && { memory: flags.memory }),
    ...(flags.timeout !== undefined && { timeout: flags.timeout }),
    ...(environment && { environment }),
    ...(flags.layer && { layers: flags.layer }),
    ...(flags.architecture && { architecture: flags.architecture }),
    ...(flags.description !== undefined && { description: flags.description }),
    ...(tags && { tags }),
  }
}

function refuseContradictions(flags: NewFunctionFlags): void {
  const sources = (['zip-file', 's3-bucket', 'image-uri'] as const).filter((flag) => flags[flag] !== undefined)
  if (sources.length !== 1)
    throw usage('The code comes from exactly one of --zip-file, --s3-bucket with --s3-key, or --image-uri.')
  const image = flags['image-uri'] !== undefined
  if (image && (flags.runtime !== undefined || flags.handler !== undefined || flags.layer)) {
    throw usage(
      'A container image brings its own runtime, handler and layers: leave --runtime, --handler and --layer out.',
    )
  }
  if (!image && (flags.runtime === undefined || flags.handler === undefined))
    throw usage('A zip package needs --runtime and --handler.')
}

async function codeOf(flags: NewFunctionFlags): Promise<FunctionCode> {
  if (flags['image-uri'] !== undefined) return { imageUri: flags['image-uri'] }
  if (flags['zip-file'] !== undefined) return { zip: await readZip(flags['zip-file']) }
  return {
    s3Bucket: flags['s3-bucket'] ?? '',
    s3Key: flags['s3-key'] ?? '',
    ...(flags['s3-object-version'] !== undefined && { s3ObjectVersion: flags['s3-object-version'] }),
  }
}

/** The AWS CLI's fileb:// is taken off, so that a command can be carried over. */
async function readZip(given: string): Promise<Uint8Array> {
  const file = given.replace(/^fileb?:\/\//, '')
  const found = await stat(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, error.code === 'ENOENT' ? 'does not exist' : `cannot be read (${error.code})`)
  })
  if (!found.isFile()) throw unreadable(file, 'is not a file')
  if (found.size > LARGEST_ZIP)
    throw unreadable(file, 'is larger than 50 MB: upload it to S3 and use --s3-bucket and --s3-key')
  const bytes = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    throw unreadable(file, `cannot be read (${error.code})`)
  })
  if (bytes.subarray(0, 2).toString('latin1') !== 'PK') throw unreadable(file, 'is not a zip file')
  return bytes
}

/** The value is never repeated in a message: it may be a secret. */
function pairs(flag: string, given: string[] | undefined, keyPattern: RegExp): Record<string, string> | undefined {
  if (!given) return undefined
  const entries = given.map((text): [string, string] => {
    const at = text.indexOf('=')
    if (at < 1) throw usage(`${flag} takes KEY=VALUE.`)
    const key = text.slice(0, at)
    if (!keyPattern.test(key)) throw usage(`${flag}: "${key}" is not a name that Lambda takes.`)
    return [key, text.slice(at + 1)]
  })
  return Object.fromEntries(entries)
}

function usage(message: string): XtraceError {
  return new XtraceError('USAGE', message, { suggestions: ['xtrace create --help shows every flag with examples.'] })
}

function unreadable(file: string, why: string): XtraceError {
  return new XtraceError('UNREADABLE_FILE', `${file} ${why}.`)
}
