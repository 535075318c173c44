/** The rules file of the README, which tests read as it is or break in one place. */

export const RULES_FILE = `version: 1
regions: [us-east-1, eu-west-1]
rules:
  - match: { name: "legacy-*" }
    tracing: exempt
    reason: retired in Q1
    expires: 2027-03-31
  - match:
      tags: { tier: [gold, silver], team: web, audited: "*" }
      runtime: nodejs*
    tracing: Active
    aliases: [live]
default: { tracing: Active }
`

/** The file with one piece replaced; it must be there, once. */
export function withPiece(piece: string, other: string): string {
  const parts = RULES_FILE.split(piece)
  if (parts.length !== 2) throw new Error(`the rules file has ${piece} ${parts.length - 1} times`)
  return parts.join(other)
}
