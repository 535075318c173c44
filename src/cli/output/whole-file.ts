/** Files that are written whole or not at all, and read with one clear line where they cannot be. */
import { randomBytes } from 'node:crypto'
import { readFile, realpath, rename, rm, stat, writeFile } from 'node:fs/promises'
import { XtraceError } from '../../errors.js'

/**
 * Follows a link to the file it names.
 * @param mode of a new file; absent: as the umask says
 * @throws XtraceError UNWRITABLE_FILE
 */
export async function writeWhole(file: string, text: string | Iterable<string>, mode?: number): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file)
    const known = await stat(target).catch(() => undefined)
    // A device or a pipe is written to; only a regular file may be replaced.
    if (known && !known.isFile()) return await writeFile(target, text)
    const temporary = `${target}.${randomBytes(4).toString('hex')}.tmp`
    try {
      await writeFile(temporary, text, { flag: 'wx', mode: mode ?? known?.mode ?? 0o666 })
      await rename(temporary, target)
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
  } catch (error) {
    throw unusable('UNWRITABLE_FILE', file, error)
  }
}

/** @throws XtraceError UNREADABLE_FILE */
export async function readWhole(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error: unknown) => {
    throw unusable('UNREADABLE_FILE', file, error)
  })
}

const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder',
  ENOSPC: 'the disk is full',
  ENOTDIR: 'a part of its path is no folder',
  EROFS: 'the disk can only be read',
}

export function unusable(which: keyof typeof CANNOT, file: string, error: unknown): XtraceError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : String(error)
  if (file === '')
    return new XtraceError('USAGE', 'The name of a file is empty: is a variable unset?', { cause: error })
  return new XtraceError(which, `${file} cannot ${CANNOT[which]}: ${REASONS[code] ?? code}.`, { cause: error })
}

const CANNOT = { UNREADABLE_FILE: 'be read', UNWRITABLE_FILE: 'be written' } as const
