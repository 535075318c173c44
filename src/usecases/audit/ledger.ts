/** Adds up what was found, account by account, and keeps no more of it than the report needs. */
import { compareWithBaseline } from '../../core/drift/baseline.js'
import type { RepairCase } from '../../core/drift/repair-plan.js'
import type { FindingId } from '../../core/finding-kinds.js'
import type { FunctionRow } from '../../core/function-row.js'
import type { Role } from '../../core/policy/role.js'
import type { Coverage, Finding } from '../../core/report.js'
import { BUILT_IN_RULES } from '../../core/rules/rules.js'
import { VERDICTS, type Verdict } from '../../core/verdict.js'
import type { Assessed } from './assess-function.js'
import type { AccountAudit } from './audit-account.js'
import { isAccepted } from './gaps.js'
import { HeldAgainst } from './held-against.js'
import type { AuditRequest, AuditTools } from './request.js'
import { wantedByName } from './wanted-by-name.js'

export type Counts = Record<Verdict, number>

export interface PlaceCounts {
  account: string
  region: string
  counts: Counts
}

/** Off, blind, stale: where a change made it so, the change says it. */
const TOLD_BY_CHANGE: ReadonlySet<FindingId> = new Set<FindingId>(['XT001', 'XT002', 'XT003'])

export class Ledger {
  readonly accounts = new Set<string>()
  readonly counts = noCounts()
  /** Places without functions are not in it. */
  readonly places = new Map<string, PlaceCounts>()
  /** Empty where they are handed out as they come, and so are the findings. */
  readonly rows: FunctionRow[] = []
  readonly findings: Finding[] = []
  findingCount = 0
  /** Functions that the baseline did not look at. */
  beyondBaseline = 0
  readonly unread: AccountAudit['unread'] = []
  readonly coverage: Coverage[] = []
  readonly notes: string[] = []
  /** Kept only for a plan. */
  readonly cases: RepairCase[] = []
  readonly roles = new Map<string, Role>()
  readonly #baseline
  readonly #heldAgainst: HeldAgainst | undefined
  #toHandOut: object[] = []

  constructor(
    private readonly request: AuditRequest,
    private readonly tools: AuditTools,
  ) {
    this.#baseline = request.baseline && compareWithBaseline(request.baseline, request)
    this.#heldAgainst = request.templates && new HeldAgainst(request.templates)
  }

  /** Whether functions and findings are handed out as they come. */
  get handsOut(): boolean {
    return this.tools.handOut !== undefined
  }

  /** Resolves when the next account may come. */
  async absorb({ account, coverage, assessed, unread, roles, notes }: AccountAudit): Promise<void> {
    this.accounts.add(account)
    for (const place of coverage) this.coverage.push(this.#markAccepted(place))
    this.notes.push(...notes)
    this.unread.push(...unread)
    if (this.handsOut) this.#toHandOut.push(...unread)
    for (const one of assessed) this.#take(one)
    if (this.tools.savePlan) for (const [arn, role] of roles) this.roles.set(arn, role)
    await this.#handOut()
  }

  /** When every account is in: looks for what the baseline had and is there no more, and what was compared with no template. */
  async finish(): Promise<void> {
    this.notes.push(...(this.#heldAgainst?.notes() ?? []))
    if (!this.#baseline) return
    const wanted = wantedByName(this.request.choice)
    if (wanted) this.#report(this.#baseline.goneFrom(this.coverage, wanted))
    else this.notes.push('functions that are gone since the baseline are not looked for: the choice is not by name')
    await this.#handOut()
  }

  #take(one: Assessed): void {
    const { row } = one
    const findings = this.#findingsOf(one)
    this.counts[row.verdict]++
    this.#heldAgainst?.take(row)
    this.#placeOf(row).counts[row.verdict]++
    const rows: object[] = this.handsOut ? this.#toHandOut : this.rows
    rows.push(row)
    this.#report(findings)
    if (this.tools.savePlan && findings.length > 0) this.cases.push({ ...one, findings })
  }

  /** Against a baseline only what is new counts: changes, and what the rules of a file did not find then. */
  #findingsOf({ row, findings }: Assessed): Finding[] {
    const baseline = this.#baseline
    if (!baseline) return findings
    if (!baseline.covers(row)) {
      this.beyondBaseline++
      return findings
    }
    const changes = baseline.changesOf(row)
    if (this.request.rules === BUILT_IN_RULES) return changes
    const told = (finding: Finding) => baseline.knew(finding) || (changes.length > 0 && TOLD_BY_CHANGE.has(finding.id))
    return [...changes, ...findings.filter((finding) => !told(finding))]
  }

  #report(findings: readonly Finding[]): void {
    this.findingCount += findings.length
    if (this.handsOut) this.#toHandOut.push(...findings.map((finding) => ({ event: 'finding', ...finding })))
    else this.findings.push(...findings)
  }

  async #handOut(): Promise<void> {
    const rows = this.#toHandOut
    this.#toHandOut = []
    if (rows.length > 0) await this.tools.handOut?.(rows)
  }

  #placeOf({ account, region }: FunctionRow): PlaceCounts {
    const key = `${account} ${region}`
    const place = this.places.get(key) ?? { account, region, counts: noCounts() }
    this.places.set(key, place)
    return place
  }

  #markAccepted(place: Coverage): Coverage {
    const accepted = place.status !== 'read' && isAccepted(place, this.request.acceptedGaps)
    return accepted ? { ...place, accepted } : place
  }
}

export function noCounts(): Counts {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, 0])) as Counts
}

export function addCounts(a: Counts, b: Counts): Counts {
  return Object.fromEntries(VERDICTS.map((verdict) => [verdict, a[verdict] + b[verdict]])) as Counts
}
