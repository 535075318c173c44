/** The pieces of code that the README shows. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../support/xtrace.js'

const README = readFileSync(join(ROOT, 'README.md'), 'utf8')

/** @param section its heading; all of them if not said */
export function readmeBlocks(language: string, section?: string): string[] {
  const text = section === undefined ? README : (README.split(`\n## ${section}\n`)[1]?.split('\n## ')[0] ?? '')
  return [...text.matchAll(/```(\w+)\n([\s\S]*?)\n```/g)].flatMap(([, name, code]) =>
    name === language && code !== undefined ? [code] : [],
  )
}
