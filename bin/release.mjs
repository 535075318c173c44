// Makes a release: npm run release VERSION. Writes version and changelog, checks everything, packs, commits and tags; to push
// and to publish are left to whoever runs it. With -- --dry-run it only says what it would do.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { withRelease } from './changelog.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const read = (name) => readFileSync(join(root, name), 'utf8')
const git = (...words) => execFileSync('git', words, { cwd: root, encoding: 'utf8' }).trim()
const run = (command, ...words) => execFileSync(command, words, { cwd: root, stdio: 'inherit' })

/** Three numbers, as text that sorts by size. */
const bySize = (version) => version.replaceAll(/\d+/g, (number) => number.padStart(9, '0'))

/** @throws Error where it is no version, or not the next one */
function versionFrom(words) {
  const [version = '', ...more] = words
  if (more.length > 0 || !/^(0|[1-9]\d*)(\.(0|[1-9]\d*)){2}$/.test(version))
    throw new Error('npm run release VERSION [-- --dry-run]: a version has three numbers, such as 0.2.0.')
  const { version: current } = JSON.parse(read('package.json'))
  if (bySize(version) < bySize(current)) throw new Error(`${version} is older than ${current}.`)
  if (git('tag', '--list', `v${version}`) !== '') throw new Error(`There is a tag v${version} already.`)
  return version
}

/** The text with the package's own version, which stands in the first places where there is one. */
function withVersion(text, version, places) {
  let left = places
  return text.replaceAll(/"version": "[^"]*"/g, (found) => (left-- > 0 ? `"version": "${version}"` : found))
}

function release(version, dryRun) {
  const changes = git('status', '--porcelain')
  if (changes !== '') throw new Error(`Commit or stash first:\n${changes}`)
  const texts = {
    'package.json': withVersion(read('package.json'), version, 1),
    'package-lock.json': withVersion(read('package-lock.json'), version, 2),
    'CHANGELOG.md': withRelease(read('CHANGELOG.md'), version, new Date().toISOString().slice(0, 10)),
  }
  const write = () => {
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(root, name), text)
  }
  const title = `Release ${version}`
  const steps = [
    [`write ${Object.keys(texts).join(', ')}`, write],
    ['run npm run check', () => run('npm', 'run', 'check')],
    ['run npm pack', () => run('npm', 'pack')],
    // Where the first release has its version and its changes already, there is nothing to commit.
    [`commit "${title}"`, () => run('git', 'commit', '--all', '--allow-empty', '--message', title)],
    [`tag v${version}`, () => run('git', 'tag', '--annotate', `v${version}`, '--message', title)],
  ]
  for (const [what, act] of steps) {
    console.log(dryRun ? `would ${what}` : `→ ${what}`)
    if (!dryRun) orSayHowToGoBack(act)
  }
  console.log(`\nThe rest is yours:\n  git push --follow-tags\n  npm publish xtrace-cli-${version}.tgz`)
}

function orSayHowToGoBack(act) {
  try {
    act()
  } catch (error) {
    throw new Error(`${error.message}\nNothing was pushed or published; git restore . takes back what was written.`)
  }
}

try {
  const { values, positionals } = parseArgs({ options: { 'dry-run': { type: 'boolean' } }, allowPositionals: true })
  release(versionFrom(positionals), values['dry-run'] === true)
} catch (error) {
  console.error(error.message)
  process.exitCode = 1
}
