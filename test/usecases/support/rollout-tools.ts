/** What use cases that change something are handed: an account in memory, and runs kept in memory. */
import type { Plan } from '../../../src/core/plan/plan.js'
import { foldRun, type JournalEntry, markUndone, type RunHeader, summaryOf } from '../../../src/core/run.js'
import type { Journal } from '../../../src/rollout/journal/journal.js'
import type { OpenRun, RunStore } from '../../../src/rollout/journal/run-store.js'
import type { RolloutOptions, RolloutTools } from '../../../src/usecases/runs/carry-out.js'
import type { FakeWorld } from '../../rollout/support/fake-world.js'
import type { VirtualClock } from '../../rollout/support/virtual-clock.js'

interface KeptRun {
  header: RunHeader
  plan: Plan
  entries: JournalEntry[]
  open: boolean
}

/** Runs are named run-1, run-2 and so on; one that is open is not opened again. */
export class MemoryRuns implements RunStore {
  readonly all: KeptRun[] = []

  async create(header: Omit<RunHeader, 'type' | 'schema' | 'run' | 'plan'>, plan: Plan) {
    const run = `run-${this.all.length + 1}`
    const full: RunHeader = { ...header, type: 'header', schema: 'xtrace/journal@1', run, plan: plan.id }
    const kept = { header: full, plan, entries: [], open: true }
    this.all.push(kept)
    return { run, journal: journalOf(kept) }
  }

  async open(name: string): Promise<OpenRun> {
    const kept = this.all.find((one) => one.header.run === name)
    if (!kept || kept.open) throw new Error(`${name} is not there, or open already`)
    kept.open = true
    return { plan: kept.plan, state: foldRun(kept.plan, kept.header, kept.entries), journal: journalOf(kept) }
  }

  async list() {
    return markUndone(
      this.all.map(({ plan, header, entries, open }) => summaryOf(foldRun(plan, header, entries), open)).reverse(),
    )
  }
}

function journalOf(kept: KeptRun): Journal {
  return {
    append: async (entry) => {
      if (!kept.open) throw new Error('the journal is closed')
      kept.entries.push(entry)
    },
    close: async () => {
      kept.open = false
    },
  }
}

export function rolloutTools(world: FakeWorld, clock: VirtualClock): RolloutTools & { runs: MemoryRuns } {
  return { aws: world.aws(), clock, progress: { say: () => undefined }, runs: new MemoryRuns() }
}

export const ROLLOUT: RolloutOptions = { waves: [], recorded: {} }
