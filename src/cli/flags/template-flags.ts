/** The flags of the commands on templates. */
import * as Args from '@oclif/core/args'
import * as Flags from '@oclif/core/flags'
import { XtraceError } from '../../errors.js'

export const templateArgs = {
  files: Args.string({
    name: 'FILE',
    ignoreStdin: true,
    description: 'Template, folder or glob, several if wanted; - is standard input.',
  }),
}

export const templateFlags = {
  parameter: Flags.string({
    multiple: true,
    multipleNonGreedy: true,
    helpValue: 'KEY=VALUE',
    description: 'Value of a parameter, or of a pseudo parameter such as AWS::Region; repeatable.',
  }),
}

/** @throws XtraceError USAGE */
export function parametersOf(words: readonly string[] = []): Map<string, string> {
  return new Map(
    words.map((word): [string, string] => {
      const at = word.indexOf('=')
      if (at > 0) return [word.slice(0, at), word.slice(at + 1)]
      throw new XtraceError('USAGE', `--parameter takes KEY=VALUE, and "${word}" is not that.`)
    }),
  )
}
