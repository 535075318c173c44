/** The words that fleets name their functions with, and how they number them. */

export const TEAMS: readonly string[] = [
  'orders',
  'payments',
  'search',
  'billing',
  'media',
  'identity',
  'shipping',
  'pricing',
]
export const JOBS: readonly string[] = ['api', 'worker', 'consumer', 'sync', 'export', 'cleanup', 'notifier', 'indexer']
export const RUNTIMES: readonly string[] = [
  'nodejs22.x',
  'nodejs20.x',
  'python3.13',
  'python3.12',
  'java21',
  'provided.al2023',
]

/** Five digits, so that names sort as their numbers do. */
export function padded(index: number): string {
  return String(index).padStart(5, '0')
}
