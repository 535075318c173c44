/** A template as text, read only when its turn comes. */
import type { Template } from '../../core/template/read-template.js'
import { readTemplate } from '../../core/template/read-template.js'
import { asXtraceError, type XtraceError } from '../../errors.js'

export const STANDARD_INPUT = '-'

export interface TemplateSource {
  /** As the user named it. */
  file: string
  /** One that was named must be a template; one that was found in a folder may be any file. */
  named: boolean
  /** @throws XtraceError UNREADABLE_FILE or UNREADABLE_TEMPLATE */
  read(): Promise<string>
}

export type TemplateReading = { file: string; template: Template } | { file: string; error: XtraceError }

/** What every template has that holds a function, whatever its language. */
const FUNCTION_TYPE = /AWS::(Lambda|Serverless)::Function/

/** @returns undefined for a file of a folder that is something else */
export async function readSource({ file, named, read }: TemplateSource): Promise<TemplateReading | undefined> {
  try {
    const text = await read()
    if (!named && !FUNCTION_TYPE.test(text)) return undefined
    return { file, template: readTemplate(text, file) }
  } catch (thrown) {
    const error = asXtraceError(thrown)
    if (error.code === 'FAULT') throw thrown
    return { file, error }
  }
}
