/** Refuses options that are not there or are of another kind: a program in JavaScript may say anything, and a mistake must not widen a choice. */
import { XtraceError } from '../errors.js'
import type {
  AuditOptions,
  CostOptions,
  DisableOptions,
  EnableOptions,
  FunctionFilter,
  VerifyOptions,
  XtraceOptions,
} from './options.js'

type Kind =
  | 'text'
  | 'texts'
  | 'flag'
  | 'number'
  | 'callback'
  | 'object'
  | 'functions'
  | 'publish'
  | 'looked at elsewhere'

const ROLLOUT = { waves: 'text', maxErrors: 'text', dryRun: 'flag', maxChanges: 'text', confirm: 'callback' } as const

const OPEN: Record<keyof XtraceOptions, Kind> = {
  profile: 'text',
  regions: 'looked at elsewhere',
  accounts: 'looked at elsewhere',
  assumeRole: 'text',
  externalId: 'text',
  expectAccount: 'text',
  rate: 'looked at elsewhere',
  stateFolder: 'text',
  signal: 'object',
  onProgress: 'callback',
  clock: 'object',
}
const FILTER: Record<keyof FunctionFilter, Kind> = {
  all: 'flag',
  match: 'texts',
  exclude: 'texts',
  runtime: 'texts',
  tag: 'texts',
  stack: 'text',
}
const ENABLE: Record<keyof EnableOptions, Kind> = { ...ROLLOUT, permissions: 'text', publish: 'publish' }
const DISABLE: Record<keyof DisableOptions, Kind> = { ...ROLLOUT, revoke: 'flag' }
const AUDIT: Record<keyof AuditOptions, Kind> = {
  functions: 'functions',
  rules: 'text',
  baseline: 'text',
  latestOnly: 'flag',
}
const VERIFY: Record<keyof VerifyOptions, Kind> = { since: 'number', wait: 'number' }
const COST: Record<keyof CostOptions, Kind> = {
  functions: 'functions',
  days: 'number',
  pricePerMillion: 'number',
  freeTraces: 'number',
}
const OPTIONS = {
  openXtrace: OPEN,
  enable: ENABLE,
  disable: DISABLE,
  audit: AUDIT,
  verify: VERIFY,
  cost: COST,
  undo: { dryRun: 'flag' },
}

/** @throws XtraceError USAGE */
export function refuseOddOptions(method: keyof typeof OPTIONS, given: unknown): void {
  refuseOdd(method, given, OPTIONS[method] as Record<string, Kind>)
}

/** @throws XtraceError USAGE for what is neither a list of names nor a filter */
export function refuseOddFunctions(method: string, given: unknown): void {
  if (isTexts(given)) return
  if (Array.isArray(given) || typeof given !== 'object' || given === null)
    throw usage(`${method} takes a list of names, or conditions such as { match: ['api-*'] }.`)
  refuseOdd(method, given, FILTER)
}

/** @throws XtraceError USAGE */
export function refuseOddNumber(name: string, value: number, least: number, most: number): void {
  if (Number.isFinite(value) && value >= least && value <= most) return
  throw usage(`${name} takes a number from ${least} to ${most}, and not ${value}.`)
}

function refuseOdd(method: string, given: unknown, kinds: Record<string, Kind>): void {
  if (given === undefined) return
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    throw usage(`${method} takes its options as an object.`)
  for (const [key, value] of Object.entries(given)) {
    const kind = Object.hasOwn(kinds, key) ? kinds[key] : undefined
    if (kind === undefined) throw usage(`${method} has no option "${key}"; it takes ${Object.keys(kinds).join(', ')}.`)
    if (value !== undefined && !IS[kind](value)) throw usage(`${key} of ${method} takes ${WORDS[kind]}.`)
  }
}

const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every((one) => typeof one === 'string')

const IS: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === 'string',
  texts: isTexts,
  flag: (value) => typeof value === 'boolean',
  number: (value) => typeof value === 'number',
  callback: (value) => typeof value === 'function',
  object: (value) => typeof value === 'object' && value !== null,
  functions: (value) => typeof value === 'object' && value !== null,
  publish: (value) =>
    typeof value === 'boolean' ||
    (typeof value === 'object' && value !== null && 'alias' in value && typeof value.alias === 'string'),
  'looked at elsewhere': () => true,
}

const WORDS: Record<Kind, string> = {
  text: 'a text',
  texts: 'a list of texts',
  flag: 'true or false',
  number: 'a number',
  callback: 'a function',
  object: 'an object',
  functions: 'a list of names, or conditions',
  publish: 'true, false or { alias }',
  'looked at elsewhere': 'another value',
}

function usage(message: string): XtraceError {
  return new XtraceError('USAGE', message)
}
