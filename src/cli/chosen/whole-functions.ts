/** Refuses versions and aliases where a command is about whole functions. */
import { type FunctionRef, isPublished } from '../../core/function-ref.js'
import { XtraceError } from '../../errors.js'

/** @throws XtraceError USAGE: audits, metrics and traces tell functions apart, not their versions */
export function refuseVersions(refs: readonly FunctionRef[], command: 'audit' | 'verify' | 'cost'): void {
  const version = refs.find(isPublished)
  if (!version) return
  throw new XtraceError(
    'USAGE',
    `${version.text} names a version or an alias; xtrace ${command} is about whole functions.`,
    {
      suggestions: [
        `xtrace ${command} ${version.name}`,
        `xtrace show ${version.text} says what that version is locked in.`,
      ],
    },
  )
}
