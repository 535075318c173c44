/** The AWS CLI as it is installed on this machine, if it is. */
import { ended, type Program } from './program.js'

export const awsCli = (...words: string[]): Program => ({ file: 'aws', words })

let asked: Promise<string | null> | undefined

/** Its name and version; null where it is not installed. */
export function awsCliVersion(): Promise<string | null> {
  asked ??= askVersion()
  return asked
}

async function askVersion(): Promise<string | null> {
  try {
    const { status, stdout } = await ended(awsCli('--version'))
    return status === 0 ? (stdout.split(' ')[0] ?? null) : null
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null
    throw error
  }
}
