/** The difference between two texts, as `patch` and `git apply` take it. */
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff'

export function unifiedDiff(file: string, before: string, after: string): string {
  return createTwoFilesPatch(`a/${file}`, `b/${file}`, before, after, undefined, undefined, {
    context: 3,
    headerOptions: FILE_HEADERS_ONLY,
  })
}
