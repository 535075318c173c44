/** Standard output whose reader is slow, or goes away. */
import { afterEach, describe, expect, test, vi } from 'vitest'
import { writeOut } from '../../../src/cli/output/closed-output.js'

afterEach(() => void vi.restoreAllMocks())

/** Takes what is written as a pipe does that holds more, or no more. */
function pipe(holdsMore: boolean) {
  return vi.spyOn(process.stdout, 'write').mockReturnValue(holdsMore)
}

async function isReady(writing: Promise<void>): Promise<boolean> {
  const turn = new Promise<'later'>((resolve) => setImmediate(resolve, 'later'))
  return (await Promise.race([writing, turn])) !== 'later'
}

describe('writing to standard output', () => {
  test('is ready for more at once where the reader keeps up', async () => {
    const write = pipe(true)
    expect(await isReady(writeOut('a line\n'))).toBe(true)
    expect(write).toHaveBeenCalledExactlyOnceWith('a line\n')
  })

  for (const event of ['drain', 'close'])
    test(`waits for a slow reader, until ${event}, each time anew`, async () => {
      const before = process.stdout.listenerCount(event)
      pipe(false)
      for (let time = 0; time < 2; time++) {
        const several = Array.from({ length: 20 }, () => writeOut('a line\n'))
        expect(await isReady(Promise.all(several).then(() => undefined))).toBe(false)
        expect(process.stdout.listenerCount(event)).toBe(before + 1)
        process.stdout.emit(event)
        expect(await isReady(Promise.all(several).then(() => undefined))).toBe(true)
        expect(process.stdout.listenerCount(event)).toBe(before)
      }
    })
})
