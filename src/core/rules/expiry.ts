/** Whether an exemption still holds. */
import type { Demand } from './rules.js'

/** @param today `YYYY-MM-DD`, in UTC; an exemption holds through the day that it names */
export function hasExpired(demand: Demand, today: string): boolean {
  return demand.expires !== undefined && demand.expires < today
}
