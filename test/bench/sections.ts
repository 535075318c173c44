/** What is measured, and how much of it: in full, and in less than a minute. */
import type { Figure } from './report/figure.js'
import type { Size } from './report/report.js'
import { measureAudit } from './sections/audit.js'
import { measureCost } from './sections/cost.js'
import { measureLoops } from './sections/loops.js'
import { measureOneFunction } from './sections/one-function.js'
import { measureRollout } from './sections/rollout.js'
import { measureStartup } from './sections/startup.js'
import { measureTemplates } from './sections/templates.js'
import { measureVerify } from './sections/verify.js'

export interface BenchSection {
  title: string
  measure(size: Size): Promise<Figure[]>
  /** How the quick run differs. */
  quick: string
}

const REGIONS = ['us-east-1', 'eu-west-1', 'ap-southeast-2']

/** By the word that picks one. */
export const SECTIONS: Readonly<Record<string, BenchSection>> = {
  startup: {
    title: 'Start-up',
    measure: (size) => (size === 'full' ? measureStartup(31, true) : measureStartup(11, false)),
    quick: '11 rounds, not 31, of the two that have a promise to keep',
  },
  one: {
    title: 'One function',
    measure: (size) => measureOneFunction(size === 'full' ? 21 : 3),
    quick: '3 rounds, not 21',
  },
  rollout: {
    title: 'Rollout',
    measure: (size) =>
      size === 'full'
        ? measureRollout({ functions: 1000, roles: 25, regions: REGIONS, iamDelayMs: 3000 }, true)
        : measureRollout({ functions: 90, roles: 25, regions: REGIONS.slice(0, 1), iamDelayMs: 3000 }, false),
    quick: '90 functions in one region, not 1000 in three; the one with faults is left out',
  },
  loops: {
    title: 'Rollout as it is done today',
    measure: (size) => measureLoops(size === 'full' ? 60 : 5, size),
    quick: '5 functions, not 60: too few to be throttled, and to judge by; two of the ways are left out',
  },
  audit: {
    title: 'Audit',
    measure: (size) => (size === 'full' ? measureAudit(10_000, 17, 200) : measureAudit(450, 3)),
    quick: '450 functions in 3 regions, not 10,000 in 17; the organization is left out',
  },
  cost: {
    title: 'Cost',
    measure: (size) => measureCost(size === 'full' ? 5000 : 1000),
    quick: '1000 functions, not 5000',
  },
  verify: {
    title: 'Verify',
    measure: (size) => measureVerify(size === 'full' ? 500 : 30),
    quick: '30 functions, not 500',
  },
  templates: {
    title: 'Templates',
    measure: (size) => (size === 'full' ? measureTemplates(500, 7) : measureTemplates(40, 3)),
    quick: '40 templates and 3 rounds, not 500 and 7',
  },
}
