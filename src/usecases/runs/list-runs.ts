/** Lists the runs of this machine, newest first. */
import { type Cell, type Report, report, type Tone } from '../../core/report.js'
import type { RunSummary } from '../../core/run.js'
import type { RunStore } from '../../rollout/journal/run-store.js'

export async function listRuns(store: RunStore): Promise<Report<{ runs: RunSummary[] }>> {
  const runs = await store.list()
  const columns = ['RUN', 'COMMAND', 'STARTED', 'STATE', 'DONE', 'FAILED', 'LEFT', 'REFUSED']
  return report(
    'runs',
    { runs },
    {
      table: [{ columns: runs.length > 0 ? columns : [], rows: runs.map(cells) }],
      notes: runs.length > 0 ? [] : ['no run has been made on this machine yet'],
    },
  )
}

const TONES: Record<RunSummary['state'], Tone> = {
  running: 'plain',
  finished: 'good',
  incomplete: 'bad',
  undone: 'dim',
  unreadable: 'bad',
}

function cells(run: RunSummary): Cell[] {
  const command = run.of === undefined ? run.command : `${run.command} of ${run.of}`
  const tone = TONES[run.state]
  return [
    { text: run.id, tone: 'strong' },
    command,
    run.startedAt,
    { text: run.state, tone },
    String(run.done),
    String(run.failed),
    String(run.left),
    String(run.refused),
  ]
}
