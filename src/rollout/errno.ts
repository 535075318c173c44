/** Reads the system's error code (ENOENT and the like) from whatever was thrown. */

export function errnoOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}
