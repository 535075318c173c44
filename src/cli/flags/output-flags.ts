/** The flags that say in what form a result comes, and where it goes. */
import * as Flags from '@oclif/core/flags'
import { XtraceError } from '../../errors.js'
import { fileName } from './file-name.js'

const FORMATS = ['table', 'json', 'ndjson'] as const
const FIGURE_FORMATS = [...FORMATS, 'csv', 'markdown', 'html'] as const
export const REPORT_FORMATS = [...FORMATS, 'csv', 'markdown', 'sarif', 'junit', 'html'] as const

/** How the result is printed; every command has these. */
export const outputFlags = {
  json: Flags.boolean({
    default: false,
    description: 'Print the result as JSON (the same as --format json).',
    helpGroup: 'OUTPUT',
  }),
  format: Flags.option({ options: FORMATS, helpGroup: 'OUTPUT' })({
    description: 'Form of the result; ndjson is one function or event a line, as it happens.',
    default: 'table',
  }),
  'no-color': Flags.boolean({
    default: false,
    description: 'No colour; the environment variable NO_COLOR does the same.',
    helpGroup: 'OUTPUT',
  }),
  quiet: Flags.boolean({ default: false, char: 'q', description: 'No progress and no notes.', helpGroup: 'OUTPUT' }),
}

const REPORT_FORM =
  'Form of the result; with --output the ending of its name tells, and table is the default otherwise.'

async function outputName(text: string): Promise<string> {
  if (text === '-')
    throw new XtraceError('USAGE', '--output - names no file: without --output the result goes to standard output.')
  return fileName('--output')(text)
}

/** For commands whose result is a report to hand on. */
export const reportFlags = {
  ...outputFlags,
  format: Flags.option({ options: REPORT_FORMATS, helpGroup: 'OUTPUT' })({ description: REPORT_FORM }),
  output: Flags.string({
    char: 'o',
    helpValue: 'FILE',
    helpGroup: 'OUTPUT',
    description: 'Write the result to a file, whole or not at all.',
    parse: outputName,
  }),
}

/** For reports that find nothing wrong: forms that hold nothing but findings would be empty. */
export const figureFlags = {
  ...reportFlags,
  format: Flags.option({ options: FIGURE_FORMATS, helpGroup: 'OUTPUT' })({ description: REPORT_FORM }),
}
