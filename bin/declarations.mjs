// Writes the types of what an entry exports as one file: those declarations of the sources that it needs, with their comments.
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isolatedDeclarationSync, parseSync } from 'rolldown/experimental'

/**
 * @param entry path of a source that exports declarations of its own, names of other sources, and whole sources
 * @returns the text of a declaration file that imports nothing
 * @throws Error where a type is not written down, or two declarations have one name
 */
export function declarationsOf(entry) {
  const modules = new Map()
  const moduleOf = (file) => {
    if (!modules.has(file)) modules.set(file, readModule(file))
    return modules.get(file)
  }
  const exported = exportsOf(entry, moduleOf)
  const needed = new Map()
  const todo = [...exported].map((name) => find(name, entry, moduleOf))
  for (let found = todo.shift(); found; found = todo.shift()) {
    const known = needed.get(found.name)
    if (known && known.file !== found.file)
      throw new Error(`${found.name} is declared in ${known.file} and in ${found.file}: rename one of them`)
    if (known) continue
    needed.set(found.name, found)
    for (const name of typesIn(found.node)) {
      const used = find(name, found.file, moduleOf)
      // What nobody declares is TypeScript's own.
      if (used) todo.push(used)
    }
  }
  const texts = [...needed.values()].map(({ name, text, comment }) =>
    [comment, exported.has(name) ? `export ${text}` : text].filter(Boolean).join('\n'),
  )
  // Without this everything that is declared would be exported.
  return `${texts.join('\n\n')}\n\nexport {}\n`
}

/** The declarations of a source by their names, what it imports, and what it exports from elsewhere. */
function readModule(file) {
  const source = readFileSync(file, 'utf8').replaceAll(/ as const satisfies .*/g, ' as const')
  const { code, errors } = isolatedDeclarationSync(file, source)
  const { program, comments } = parseSync(file.replace(/ts$/, 'd.ts'), code)
  const module = { declarations: new Map(), imports: new Map(), stars: [], names: new Set(), errors }
  for (const statement of program.body) {
    if (statement.specifiers?.length || statement.type === 'ExportAllDeclaration') readNames(statement, file, module)
    const declaration = declarationIn(statement, file, code, comments)
    if (!declaration) continue
    module.declarations.set(declaration.name, declaration)
    if (statement.declaration) module.names.add(declaration.name)
  }
  for (const declaration of module.declarations.values()) spellOut(declaration, module.declarations)
  return module
}

/** Of an import, or of an export that declares nothing. */
function readNames({ type, source, specifiers = [] }, file, { imports, stars, names }) {
  const from = source && join(dirname(file), source.value.replace(/\.js$/, '.ts'))
  if (type === 'ExportAllDeclaration') stars.push(from)
  for (const { local, imported, exported } of specifiers) {
    if (from) imports.set((exported ?? local).name, { from, name: (imported ?? local).name })
    if (exported) names.add(exported.name)
  }
}

function declarationIn(statement, file, code, comments) {
  const node = statement.declaration ?? statement
  const name = (node.id ?? node.declarations?.[0].id)?.name
  if (name === undefined) return undefined
  // The comment at the top of a file is about the file.
  const before = comments.findLast(
    ({ start, end }) => start > 0 && end <= statement.start && code.slice(end, statement.start).trim() === '',
  )
  const text = code.slice(node.start, node.end).replace(/^(?=class|function|const)/, 'declare ')
  return { file, name, node, text, comment: before && code.slice(before.start, before.end) }
}

/** `keyof typeof TABLE` as the union of its keys: that is what a reader wants to know of the table. */
function spellOut(declaration, declarations) {
  const [, table] = /= keyof typeof (\w+);$/.exec(declaration.text) ?? []
  const members = declarations.get(table)?.node.declarations[0].id.typeAnnotation?.typeAnnotation.members
  if (!members) return
  const keys = members.map(({ key }) => JSON.stringify(key.name ?? key.value))
  declaration.text = `type ${declaration.name} =\n\t| ${keys.join('\n\t| ')};`
  declaration.node = undefined
}

/** Names that a source exports. */
function exportsOf(file, moduleOf) {
  const { names, stars } = moduleOf(file)
  return new Set([...names, ...stars.flatMap((star) => [...exportsOf(star, moduleOf)])])
}

/** The declaration that a name stands for in a source. */
function find(name, file, moduleOf) {
  const { declarations, imports, stars, errors } = moduleOf(file)
  const own = declarations.get(name)
  if (own?.node?.type === 'VariableDeclaration' && errors.length > 0)
    throw new Error(`${file}: the type of ${name} must be written down: ${errors[0].message}`)
  if (own) return own
  const imported = imports.get(name)
  if (imported && imported.name !== name) throw new Error(`${file} calls ${imported.name} by another name, ${name}`)
  if (imported) return find(name, imported.from, moduleOf)
  const star = stars.find((one) => exportsOf(one, moduleOf).has(name))
  return star && find(name, star, moduleOf)
}

/** Which field of these nodes names what is referred to. */
const REFERRING = {
  TSTypeReference: 'typeName',
  TSTypeQuery: 'exprName',
  TSInterfaceHeritage: 'expression',
  TSClassImplements: 'expression',
  ClassDeclaration: 'superClass',
}

/** Names of types, and of values whose types are asked for, in a declaration. */
function* typesIn(node) {
  if (typeof node !== 'object' || node === null) return
  if (node.type === 'TSImportType') throw new Error('a type that is imported in place is not looked for')
  const name = node[REFERRING[node.type]]
  if (name) yield (name.left ?? name).name
  for (const child of Object.values(node)) yield* typesIn(child)
}
