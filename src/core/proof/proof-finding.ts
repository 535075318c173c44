/** A chain that is broken, as a finding: what was read that shows it, and what repairs it. */
import { assess } from '../drift/assess.js'
import { evidenceOf } from '../drift/evidence.js'
import { FINDING_KINDS, type FindingId } from '../finding-kinds.js'
import { functionRow } from '../function-row.js'
import type { Role } from '../policy/role.js'
import type { Finding } from '../report.js'
import { judge, type Observation } from '../verdict.js'
import type { Proof } from './chain.js'

/** @param role absent where it was not read */
export function proofFinding(seen: Observation, proof: Proof, role: Role | undefined): Finding | undefined {
  const broken = proof.links.find(({ state }) => state === 'broken')
  if (!broken) return undefined
  const judged = judge(seen)
  // What stands before any call is what an audit finds, in the same words.
  const standing = assess(functionRow(seen, judged), seen, { tracing: 'Active' }, { today: '', ...(role && { role }) })
  if (broken.link === 'mode' || broken.link === 'alias' || broken.link === 'permission')
    return standing.findings[0] ?? found('XT303', seen, proof, 'leave it as it is: X-Ray cannot trace it')
  const id = broken.link === 'segments' ? 'XT302' : 'XT301'
  return found(id, seen, proof, broken.next ?? '')
}

function found(id: FindingId, seen: Observation, { because, links }: Proof, repair: string): Finding {
  const evidence = [...evidenceOf(seen), ...links.map((one) => `${one.link}: ${one.because}`)]
  return { id, severity: FINDING_KINDS[id].severity, subject: seen.fn.arn, message: because, evidence, repair }
}
