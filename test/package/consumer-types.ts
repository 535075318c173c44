/** What TypeScript says to programs that use the installed package. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'

const RESOLUTIONS = {
  node16: { module: ts.ModuleKind.Node16, moduleResolution: ts.ModuleResolutionKind.Node16 },
  bundler: { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
} as const

/** The types of the package are looked at too; of the platform no more is known than AbortSignal. */
const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2023,
  lib: ['lib.es2023.d.ts'],
  types: [],
  strict: true,
  exactOptionalPropertyTypes: true,
  noEmit: true,
  skipDefaultLibCheck: true,
}

/**
 * @param programs name → text
 * @returns name → the complaints about it; those about the package stand under ''
 */
export function complaints(
  folder: string,
  programs: Readonly<Record<string, string>>,
  resolution: keyof typeof RESOLUTIONS,
): Record<string, string[]> {
  const files = { ...programs, 'platform.d': 'interface AbortSignal { readonly aborted: boolean }\n' }
  const paths = Object.entries(files).map(([name, text]) => {
    const path = join(folder, name === 'platform.d' ? `${name}.ts` : `${name}.mts`)
    writeFileSync(path, text)
    return path
  })
  const said: Record<string, string[]> = {}
  for (const { file, messageText } of ts.getPreEmitDiagnostics(
    ts.createProgram(paths, { ...OPTIONS, ...RESOLUTIONS[resolution] }),
  )) {
    const name = Object.keys(programs).find((one) => file?.fileName.endsWith(`/${one}.mts`)) ?? ''
    said[name] = [...(said[name] ?? []), ts.flattenDiagnosticMessageText(messageText, '\n')]
  }
  return said
}
