/** The journal of one run: an append-only file, on disk before an append is answered, and its reading. */
import type { FileHandle } from 'node:fs/promises'
import type { JournalEntry, RunHeader } from '../../core/run.js'
import { Malformed } from '../../core/strict-fields.js'
import { XtraceError } from '../../errors.js'
import { contentOf, entry, header, lineOf, NO_CHECK } from './journal-line.js'

export interface Journal {
  /**
   * Resolves when the entry is on disk. Order is that of the calls.
   * @throws XtraceError; after the first failure every append fails, since a gap would be a lie
   */
  append(entry: JournalEntry): Promise<void>
  /** What was appended is written first. The second call does nothing. */
  close(): Promise<void>
}

export interface JournalEnd {
  /** The check of the last line. */
  check: string
  /** Bytes. */
  length: number
}

export interface JournalTools {
  file: Pick<FileHandle, 'write' | 'datasync' | 'truncate' | 'close'>
  /** Where the file ends now. */
  end: JournalEnd
  /** Throws when this process may write no longer. */
  checkpoint(): void
  /** Called once, after the file was closed. */
  closed(): Promise<void>
}

interface Waiting {
  line: string
  written(): void
  failed(error: XtraceError): void
}

export class JournalFile implements Journal {
  #check: string
  #length: number
  #waiting: Waiting[] = []
  #flushing: Promise<void> = Promise.resolve()
  #broken: XtraceError | undefined
  #closing: Promise<void> | undefined

  constructor(private readonly tools: JournalTools) {
    this.#check = tools.end.check
    this.#length = tools.end.length
  }

  append(content: JournalEntry): Promise<void> {
    if (this.#closing) return Promise.reject(new XtraceError('FAULT', 'The journal of the run is closed.'))
    if (this.#broken) return Promise.reject(this.#broken)
    const { line, check } = lineOf(content, this.#check)
    this.#check = check
    return new Promise((written, failed) => {
      this.#waiting.push({ line, written, failed })
      if (this.#waiting.length === 1) this.#flushing = this.#flushing.then(() => this.#flush())
    })
  }

  close(): Promise<void> {
    this.#closing ??= this.#flushing.then(async () => {
      try {
        await this.tools.file.close()
      } finally {
        await this.tools.closed()
      }
    })
    return this.#closing
  }

  /** All who came while the flush before was under way share this one. */
  async #flush(): Promise<void> {
    const batch = this.#waiting.splice(0)
    try {
      if (this.#broken) throw this.#broken
      this.tools.checkpoint()
      await this.#write(Buffer.from(batch.map(({ line }) => `${line}\n`).join('')))
    } catch (error) {
      this.#broken ??= error instanceof XtraceError ? error : cannotWrite(error)
      for (const { failed } of batch) failed(this.#broken)
      return
    }
    for (const { written } of batch) written()
  }

  async #write(bytes: Buffer): Promise<void> {
    try {
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await this.tools.file.write(bytes, done, bytes.length - done)
        if (bytesWritten === 0) throw new Error('the system took nothing')
        done += bytesWritten
      }
      await this.tools.file.datasync()
    } catch (error) {
      // Half a line would make the whole run unreadable; if this fails too, the reader will say so.
      await this.tools.file.truncate(this.#length).catch(() => undefined)
      throw error
    }
    this.#length += bytes.length
  }
}

function cannotWrite(cause: unknown): XtraceError {
  const why = cause instanceof Error ? cause.message : String(cause)
  return new XtraceError('FAULT', `The journal of the run cannot be written: ${why}.`, {
    suggestions: [
      'Make room on the disk or mend its permissions, then run xtrace resume last: nothing that is done is lost.',
    ],
    cause,
  })
}

export interface JournalContent {
  header: RunHeader
  entries: JournalEntry[]
  end: JournalEnd
}

/**
 * @param source the file's name, for messages
 * @throws XtraceError UNREADABLE_RUN with the number of the first line that is not as it was written
 */
export function readJournalText(text: string, source: string): JournalContent {
  const lines = text.split('\n')
  const rest = lines.pop() ?? ''
  const entries: JournalEntry[] = []
  let first: RunHeader | undefined
  let check = NO_CHECK
  let number = 1
  try {
    refuseNewer(lines[0] ?? rest)
    for (const line of lines) {
      const its = contentOf(line, check)
      check = its.check
      if (first === undefined) first = header(its.content, 'header')
      else entries.push(entry(its.content, 'entry'))
      number++
    }
    if (rest !== '') throw new Malformed('the line', 'was cut off')
    if (first === undefined) throw new Malformed('the file', 'is empty')
    return { header: first, entries, end: { check, length: Buffer.byteLength(text) } }
  } catch (error) {
    if (!(error instanceof Malformed)) throw error
    throw new XtraceError('UNREADABLE_RUN', `${source} cannot be used, line ${number}: ${error.message}.`)
  }
}

/** Before the checks, which a newer release may take in another way. */
function refuseNewer(line: string): void {
  const schema = /^\{"type":"header","schema":"xtrace\/journal@(\d{1,9})"/.exec(line)?.[1]
  if (schema !== undefined && Number(schema) > 1)
    throw new Malformed('the journal', `was written by a newer xtrace (xtrace/journal@${schema}): update xtrace`)
}
