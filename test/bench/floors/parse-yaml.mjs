// Reads every template of a folder with the yaml package, lines of nodes included, and does nothing with it.
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'

const [folder] = process.argv.slice(2)
for (const file of readdirSync(folder))
  parseAllDocuments(readFileSync(join(folder, file), 'utf8'), { logLevel: 'silent' })
