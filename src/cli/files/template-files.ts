/** The template files that a command line names: files, folders, globs, and standard input. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import picomatch from 'picomatch'
import { compare } from '../../core/compare.js'
import { XtraceError } from '../../errors.js'
import { STANDARD_INPUT, type TemplateSource } from '../../usecases/template/template-source.js'
import { standardInputBytes } from '../chosen/standard-input.js'
import { unusable } from '../output/whole-file.js'

/** In folders, templates are looked for in files with these endings. */
const ENDINGS = ['.yaml', '.yml', '.json', '.template']
/** Nobody keeps templates of their own there. */
const PASSED_OVER = new Set(['node_modules', '.git', '.aws-sam', 'cdk.out', '.serverless'])

/** @throws XtraceError USAGE when nothing is named, or a glob matches no file */
export async function templateSources(words: readonly string[], command: string): Promise<TemplateSource[]> {
  if (words.length === 0) {
    const suggestions = [
      `xtrace ${command} template.yaml`,
      `xtrace ${command} templates/`,
      `xtrace ${command} 'stacks/**/*.yaml'`,
    ]
    throw new XtraceError('USAGE', 'No template was named.', { suggestions })
  }
  const found = new Map<string, TemplateSource>()
  for (const word of words)
    for (const source of await sourcesOf(word)) found.set(source.file, found.get(source.file) ?? source)
  return [...found.values()]
}

async function sourcesOf(word: string): Promise<TemplateSource[]> {
  if (word === STANDARD_INPUT) {
    let text: Promise<string> | undefined
    const read = () => {
      text ??= standardInputBytes().then((bytes) => decoded(bytes, word))
      return text
    }
    return [{ file: word, named: true, read }]
  }
  if (word === '') throw new XtraceError('USAGE', 'The name of a template is empty: is a variable unset?')
  const known = await stat(word).catch(() => undefined)
  if (known?.isDirectory())
    return found(await filesUnder(word), (file) => ENDINGS.some((ending) => file.endsWith(ending)))
  const { base, isGlob } = picomatch.scan(word)
  if (known || !isGlob) return [fileSource(word, true)]
  const matches = picomatch(word.replace(/^\.\//, ''))
  const matching = found(await filesUnder(base || '.'), (file) => matches(file))
  if (matching.length > 0) return matching
  throw new XtraceError('USAGE', `${word} matches no file.`)
}

function found(files: readonly string[], isWanted: (file: string) => boolean): TemplateSource[] {
  return files.filter(isWanted).map((file) => fileSource(file, false))
}

function fileSource(file: string, named: boolean): TemplateSource {
  return {
    file,
    named,
    read: async () => {
      const bytes = await readFile(file).catch((error: unknown) => {
        throw unusable('UNREADABLE_FILE', file, error)
      })
      return decoded(bytes, file)
    },
  }
}

/** Paths begin as the folder was named, in order; links to folders are not followed. */
async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
    throw unusable('UNREADABLE_FILE', folder, error)
  })
  const inside = entries
    .sort((a, b) => compare(a.name, b.name))
    .map(async (entry) => {
      if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : filesUnder(join(folder, entry.name))
      return [join(folder, entry.name)]
    })
  return (await Promise.all(inside)).flat()
}

/** A byte that is no UTF-8 would come back as another one when the file is written. */
function decoded(bytes: Buffer, file: string): string {
  const text = bytes.toString('utf8')
  if (Buffer.from(text, 'utf8').equals(bytes)) return text
  const before = text.slice(0, text.indexOf('\uFFFD')).split('\n')
  const place = `${file}:${before.length}:${(before.at(-1)?.length ?? 0) + 1}`
  throw new XtraceError('UNREADABLE_TEMPLATE', `${place}: not UTF-8: the file is binary, or in another encoding`)
}
