// Turns what is not released yet into the section of a release, in the form of https://keepachangelog.com.

const UNRELEASED = '## [Unreleased]'

/**
 * @param date `YYYY-MM-DD`
 * @returns the new text; the same where the version has its section already
 * @throws Error where there is nothing to release
 */
export function withRelease(changelog, version, date) {
  const at = changelog.indexOf(`${UNRELEASED}\n`)
  if (at < 0) throw new Error(`CHANGELOG.md has no section ${UNRELEASED}.`)
  const from = at + UNRELEASED.length
  const next = changelog.indexOf('\n## [', from)
  const pending = changelog.slice(from, next < 0 ? undefined : next).trim()
  const known = changelog.includes(`\n## [${version}]`)
  if (known && pending === '') return changelog
  if (known) throw new Error(`CHANGELOG.md has a section ${version} already, and more that is unreleased.`)
  if (pending === '') throw new Error('CHANGELOG.md has nothing that is unreleased.')
  const rest = next < 0 ? '' : changelog.slice(next)
  return `${changelog.slice(0, from)}\n\n## [${version}] - ${date}\n\n${pending}\n${rest}`
}
