/** What a template does not trace, as findings with their place in the file. */
import { FINDING_KINDS, type FindingId } from '../../core/finding-kinds.js'
import type { Finding } from '../../core/report.js'
import { shellWord } from '../../core/shell-word.js'
import type { CheckedFunction, TemplateVerdict } from '../../core/template/check-template.js'

const KIND_OF: Partial<Record<TemplateVerdict, FindingId>> = { off: 'XT201', blind: 'XT202', conditional: 'XT203' }

export function findingsOf(file: string, checked: readonly CheckedFunction[]): Finding[] {
  return checked.flatMap((one) => {
    const id = KIND_OF[one.verdict]
    if (!id) return []
    const { logicalId, line, column, because } = one
    const { severity } = FINDING_KINDS[id]
    const subject = `${file}#${logicalId}`
    return [
      {
        id,
        severity,
        subject,
        message: because,
        evidence: evidenceOf(one),
        repair: repairOf(file, one),
        place: { file, line, column },
      },
    ]
  })
}

function evidenceOf({ role, dependsOn }: CheckedFunction): string[] {
  return [...(role ? [`role: ${role.permission.because}`] : []), ...dependsOn.map((what) => `depends on ${what}`)]
}

function repairOf(file: string, { verdict, dependsOn }: CheckedFunction): string {
  if (verdict === 'conditional')
    return `say what holds with --parameter, or make it Active whatever ${dependsOn.join(' and ')} is`
  return `xtrace template fix ${shellWord(file)}`
}
