/** The release script: what it refuses, what it would do, and what it does, in a small repository of its own. */
import { execFileSync, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it as base, describe, expect } from 'vitest'
import { ROOT } from '../support/xtrace.js'

const MANIFEST = { name: 'xtrace-cli', version: '0.9.0', scripts: { check: 'node check.cjs' }, files: ['check.cjs'] }
const LOCK = {
  name: 'xtrace-cli',
  version: '0.9.0',
  packages: { '': { version: '0.9.0' }, 'node_modules/a': { version: '1.0.0' } },
}
const CHANGELOG = `# Changelog

## [Unreleased]

### Fixed

- What was broken.

## [0.9.0] - 2026-11-01

- The first.
`

interface Repository {
  folder: string
  git(...words: string[]): string
  read(name: string): string
  release(...words: string[]): { status: number | null; printed: string }
}

const it = base.extend<{ repository: Repository }>({
  repository: async ({ onTestFinished }, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'xtrace-release-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    mkdirSync(join(folder, 'bin'))
    for (const script of ['release.mjs', 'changelog.mjs'])
      cpSync(join(ROOT, 'bin', script), join(folder, 'bin', script))
    writeFileSync(join(folder, 'package.json'), JSON.stringify(MANIFEST, null, 2))
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(LOCK, null, 2))
    writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG)
    writeFileSync(join(folder, '.gitignore'), '*.tgz\n.npm\n')
    // Is asked with the new version in place: what is released is what was checked.
    writeFileSync(join(folder, 'check.cjs'), `process.exit(require('./package.json').version === '1.0.0' ? 0 : 1)`)
    const env = {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_GLOBAL: '/dev/null',
      npm_config_update_notifier: 'false',
    }
    const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, env, encoding: 'utf8' }).trim()
    git('init', '--quiet', '--initial-branch=main')
    git('config', 'user.name', 'Somebody')
    git('config', 'user.email', 'somebody@example.com')
    git('add', '--all')
    git('commit', '--quiet', '--message', 'Begin')
    await use({
      folder,
      git,
      read: (name) => readFileSync(join(folder, name), 'utf8'),
      release: (...words) => {
        const { status, stdout, stderr } = spawnSync(process.execPath, ['bin/release.mjs', ...words], {
          cwd: folder,
          env,
          encoding: 'utf8',
        })
        return { status, printed: stdout + stderr }
      },
    })
  },
})

const TODAY = new Date().toISOString().slice(0, 10)

describe.concurrent('a release', () => {
  it('is only told of in a dry run', ({ repository: { git, release }, expect }) => {
    const { status, printed } = release('1.0.0', '--dry-run')
    expect(printed.split('\n')).toEqual([
      'would write package.json, package-lock.json, CHANGELOG.md',
      'would run npm run check',
      'would run npm pack',
      'would commit "Release 1.0.0"',
      'would tag v1.0.0',
      '',
      'The rest is yours:',
      '  git push --follow-tags',
      '  npm publish xtrace-cli-1.0.0.tgz',
      '',
    ])
    expect([status, git('status', '--porcelain'), git('tag')]).toEqual([0, '', ''])
  })

  it('is checked, packed, committed and tagged', ({ repository: { folder, git, read, release }, expect }) => {
    const { status, printed } = release('1.0.0')
    expect(status, printed).toBe(0)
    expect(JSON.parse(read('package.json'))).toEqual({ ...MANIFEST, version: '1.0.0' })
    expect(JSON.parse(read('package-lock.json'))).toMatchObject({
      version: '1.0.0',
      packages: { '': { version: '1.0.0' }, 'node_modules/a': { version: '1.0.0' } },
    })
    const section = `## [Unreleased]\n\n## [1.0.0] - ${TODAY}\n\n### Fixed\n\n- What was broken.\n\n## [0.9.0]`
    expect(read('CHANGELOG.md')).toBe(CHANGELOG.replace(/## \[Unreleased\][\s\S]*## \[0\.9\.0\]/, section))
    expect(existsSync(join(folder, 'xtrace-cli-1.0.0.tgz'))).toBe(true)
    expect([git('status', '--porcelain'), git('log', '--format=%s')]).toEqual(['', 'Release 1.0.0\nBegin'])
    expect(git('describe')).toBe('v1.0.0')
    expect(release('1.0.0').printed).toContain('There is a tag v1.0.0 already.')
    expect(release('1.1.0').printed).toContain('nothing that is unreleased')
  })

  it('ends where the check fails, before anything is packed or tagged', ({ repository: { git, release }, expect }) => {
    const { status, printed } = release('0.9.1')
    expect([status, git('tag'), git('log', '--format=%s')]).toEqual([1, '', 'Begin'])
    expect(printed).toContain('git restore .')
  })

  it('is refused for a tree with changes, and for what is no next version', ({ repository, expect }) => {
    const { folder, release } = repository
    for (const words of [[], ['v1.0.0'], ['1.0'], ['1.0.0-beta'], ['1.0.0', '2.0.0'], ['0.8.10'], ['1.0.0', '--force']])
      expect(release(...words).status, words.join(' ')).toBe(1)
    expect(release('0.10.0', '--dry-run').status).toBe(0)
    writeFileSync(join(folder, 'left-over.txt'), '')
    const { status, printed } = release('1.0.0', '--dry-run')
    expect([status, printed]).toEqual([1, 'Commit or stash first:\n?? left-over.txt\n'])
  })

  it('may be the first, with its section written already', ({ repository: { folder, git, release }, expect }) => {
    writeFileSync(join(folder, 'CHANGELOG.md'), CHANGELOG.replace(/### Fixed[\s\S]*?(?=## \[0)/, ''))
    git('commit', '--all', '--quiet', '--message', 'Write the changes')
    expect(release('0.9.0', '--dry-run').status).toBe(0)
  })
})

describe('the changelog', () => {
  it('has a section for the version of the package', () => {
    const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(readFileSync(join(ROOT, 'CHANGELOG.md'), 'utf8')).toContain(`\n## [${version}] - `)
  })
})
