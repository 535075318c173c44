/** Appending: in order, on disk before it is answered, many at a time, and never silently lost. */
import { existsSync } from 'node:fs'
import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { XtraceError } from '../../../src/errors.js'
import { JournalFile, type JournalTools, readJournalText } from '../../../src/rollout/journal/journal.js'
import { lineOf, NO_CHECK } from '../../../src/rollout/journal/journal-line.js'
import { done, ended, HEADER, STEP, started } from '../../core/run/build-run.js'

const first = lineOf(HEADER, NO_CHECK)
const FIRST = Buffer.from(`${first.line}\n`)

/** A file in memory that says what was done to it, and can be told to fail. */
class FakeFile {
  readonly calls: string[] = []
  bytes = FIRST
  /** Bytes that one write takes at most. */
  most = Number.POSITIVE_INFINITY
  writes: () => Error | undefined = () => undefined
  syncs: () => Error | undefined = () => undefined

  async write(buffer: Uint8Array, offset: number, length: number) {
    const bytesWritten = Math.min(length, this.most)
    this.calls.push('write')
    const error = this.writes()
    if (error) throw error
    this.bytes = Buffer.concat([this.bytes, buffer.subarray(offset, offset + bytesWritten)])
    return { bytesWritten, buffer }
  }

  async datasync() {
    this.calls.push('sync')
    const error = this.syncs()
    if (error) throw error
  }

  async truncate(length: number) {
    this.calls.push('truncate')
    this.bytes = this.bytes.subarray(0, length)
  }

  async close() {
    this.calls.push('close')
  }
}

function journalOn(file: FakeFile, more: Partial<JournalTools> = {}): JournalFile {
  return new JournalFile({
    file: file as unknown as JournalTools['file'],
    end: { check: first.check, length: FIRST.length },
    checkpoint: () => undefined,
    closed: async () => undefined,
    ...more,
  })
}

const read = (bytes: Buffer) => readJournalText(bytes.toString(), 'journal').entries
const many = Array.from({ length: 1000 }, (_, index) => started(`step ${index}`))
const full = () => Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })

test('an entry is answered when it is on disk, not before', async () => {
  const file = new FakeFile()
  const heard: string[] = []
  let sync = (): Promise<void> => Promise.reject(new Error('nothing is being synced'))
  file.datasync = () =>
    new Promise((resolve) => {
      sync = async () => resolve()
    })
  const appended = journalOn(file)
    .append(started(STEP.a))
    .then(() => heard.push('answered'))
  await new Promise(setImmediate)
  expect(read(file.bytes)).toEqual([started(STEP.a)])
  expect(heard).toEqual([])
  await sync()
  await appended
  expect(heard).toEqual(['answered'])
})

test('a thousand at once share one write and one sync, in the order of the calls', async () => {
  const file = new FakeFile()
  const journal = journalOn(file)
  await Promise.all(many.map((entry) => journal.append(entry)))
  expect(file.calls).toEqual(['write', 'sync'])
  expect(read(file.bytes)).toEqual(many)
})

test('who comes while a sync is under way shares the next one', async () => {
  const file = new FakeFile()
  const journal = journalOn(file)
  const waiting = [journal.append(done('one'))]
  file.syncs = () => {
    if (waiting.length === 1) waiting.push(journal.append(done('two')), journal.append(done('three')))
    return undefined
  }
  await waiting[0]
  await Promise.all(waiting)
  expect(file.calls).toEqual(['write', 'sync', 'write', 'sync'])
  expect(read(file.bytes)).toEqual([done('one'), done('two'), done('three')])
})

test('a write that the system cuts short goes on where it stopped', async () => {
  const file = new FakeFile()
  file.most = 7
  await journalOn(file).append(started(STEP.a))
  expect(file.calls.filter((call) => call === 'write').length).toBeGreaterThan(5)
  expect(read(file.bytes)).toEqual([started(STEP.a)])
})

describe('when the disk fails', () => {
  test('every later append fails too, even if the disk has recovered', async () => {
    const file = new FakeFile()
    const journal = journalOn(file)
    await journal.append(started(STEP.a))
    file.writes = full
    await expect(journal.append(done(STEP.a))).rejects.toThrow(/cannot be written: ENOSPC/)
    file.writes = () => undefined
    await expect(journal.append(ended)).rejects.toThrow(/cannot be written: ENOSPC/)
    expect(read(file.bytes)).toEqual([started(STEP.a)])
  })

  test('those that share the write and those that wait behind it fail with it', async () => {
    const file = new FakeFile()
    const journal = journalOn(file)
    let late: Promise<unknown> | undefined
    file.syncs = () => {
      late = journal.append(ended).catch((error: unknown) => error)
      return full()
    }
    const both = await Promise.allSettled([journal.append(started(STEP.a)), journal.append(started(STEP.b))])
    expect(both.map((one) => one.status)).toEqual(['rejected', 'rejected'])
    expect(await late).toBeInstanceOf(XtraceError)
    expect(file.calls.filter((call) => call === 'write')).toHaveLength(1)
  })

  test('half a line is taken back, so that the run can be read', async () => {
    const file = new FakeFile()
    const journal = journalOn(file)
    await journal.append(started(STEP.a))
    file.most = 20
    file.writes = () => (file.calls.length > 4 ? full() : undefined)
    await expect(journal.append(started(STEP.b))).rejects.toThrow(XtraceError)
    expect(file.calls).toContain('truncate')
    expect(read(file.bytes)).toEqual([started(STEP.a)])
  })

  test('a system that takes nothing, and says nothing, is not asked for ever', async () => {
    const file = new FakeFile()
    file.most = 0
    await expect(journalOn(file).append(ended)).rejects.toThrow('cannot be written: the system took nothing')
    expect(read(file.bytes)).toEqual([])
  })

  test.runIf(existsSync('/dev/full'))('a real one that is full', async () => {
    const file = await open('/dev/full', 'a')
    const journal = new JournalFile({
      file,
      end: { check: '', length: 0 },
      checkpoint: () => undefined,
      closed: async () => undefined,
    })
    await expect(journal.append(ended)).rejects.toMatchObject({
      code: 'FAULT',
      message: expect.stringContaining('ENOSPC'),
    })
    await journal.close()
  })
})

test('a process that may write no longer does not', async () => {
  const file = new FakeFile()
  const lost = new XtraceError('RUN_LOCKED', 'The lock was lost.')
  let may = true
  const journal = journalOn(file, {
    checkpoint: () => {
      if (!may) throw lost
    },
  })
  await journal.append(started(STEP.a))
  may = false
  await expect(journal.append(done(STEP.a))).rejects.toBe(lost)
  expect(read(file.bytes)).toEqual([started(STEP.a)])
})

describe('closing', () => {
  test('writes what waits, closes the file, then says so once; nothing is taken any more', async () => {
    const file = new FakeFile()
    const journal = journalOn(file, { closed: async () => void file.calls.push('closed') })
    const appended = journal.append(ended)
    await Promise.all([journal.close(), journal.close()])
    await appended
    expect(file.calls).toEqual(['write', 'sync', 'close', 'closed'])
    await expect(journal.append(ended)).rejects.toThrow(/closed/)
    expect(read(file.bytes)).toEqual([ended])
  })

  test('gives the lock back even if the file cannot be closed', async () => {
    const file = new FakeFile()
    file.close = () => Promise.reject(new Error('EIO'))
    const journal = journalOn(file, { closed: async () => void file.calls.push('closed') })
    await expect(journal.close()).rejects.toThrow('EIO')
    expect(file.calls).toEqual(['closed'])
  })
})

describe('a real file', () => {
  let folder: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'journal-'))
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('holds a thousand entries that were appended at once, in order', async () => {
    const path = join(folder, 'journal')
    const file = await open(path, 'a')
    await file.write(FIRST)
    const journal = new JournalFile({
      file,
      end: { check: first.check, length: FIRST.length },
      checkpoint: () => undefined,
      closed: async () => undefined,
    })
    await Promise.all(many.map((entry) => journal.append(entry)))
    expect(read(await readFile(path))).toEqual(many)
    await journal.close()
  })
})
