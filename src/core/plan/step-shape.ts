/** What each kind of step looks like in a file. */
import { partitionOfArn } from '../arn.js'
import { INLINE_POLICY_NAME, managedPolicyArn } from '../policy/grant.js'
import {
  always,
  fields,
  listOf,
  Malformed,
  numberUpTo,
  objectAt,
  oneOf,
  type Reader,
  recordOf,
  text,
} from '../strict-fields.js'
import type { GrantStep, MoveAliasStep, PublishStep, RevokeStep, SetModeStep, Step } from './plan.js'

export const functionArn = text(
  'the unqualified ARN of a Lambda function',
  /^arn:aws[a-zA-Z-]*:lambda:[a-z0-9-]+:\d{12}:function:[a-zA-Z0-9-_.]{1,140}$/,
)
/** A role's path may hold any printable ASCII character. */
const roleArn = text('the ARN of an IAM role', /^arn:aws[a-zA-Z-]*:iam::\d{12}:role\/[\x21-\x7e]{1,600}$/)
const version = text('a version', /^(?:\$LATEST(?:\.PUBLISHED)?|\d{1,20})$/)
const mode = oneOf('Active', 'PassThrough')
const how = oneOf('managed', 'inline')
const id = text('an id', /^\S{1,2000}$/)
const after = listOf(id)
const revisionId = { optional: text('a revision id', /^\S{1,200}$/) }

const grant = fields<GrantStep>({
  kind: oneOf('grant'),
  id,
  role: roleArn,
  how,
  policy: text(),
  blind: { optional: listOf(functionArn) },
  after,
})
const setMode = fields<SetModeStep>({
  kind: oneOf('setMode'),
  id,
  function: functionArn,
  from: mode,
  to: mode,
  revisionId,
  after,
})
const publish = fields<PublishStep>({
  kind: oneOf('publish'),
  id,
  function: functionArn,
  latestPublished: { optional: always },
  codeSha256: text('a hash', /^[A-Za-z0-9+/=]{1,100}$/),
  revisionId,
  after,
})
const moveAlias = fields<MoveAliasStep>({
  kind: oneOf('moveAlias'),
  id,
  function: functionArn,
  alias: text("an alias's name", /^(?!\d+$)[a-zA-Z0-9-_]{1,128}$/),
  from: fields<MoveAliasStep['from']>({ version, weights: recordOf(numberUpTo(1)) }),
  to: fields<MoveAliasStep['to']>({
    version: (value, where) =>
      typeof value === 'string'
        ? version(value, where)
        : fields<{ publishedBy: string }>({ publishedBy: id })(value, where),
    weights: { optional: recordOf(numberUpTo(1)) },
  }),
  revisionId,
  after,
})
const revoke = fields<RevokeStep>({ kind: oneOf('revoke'), id, role: roleArn, how, policy: text(), after })

const kinds: Record<Step['kind'], Reader<Step>> = {
  grant: onlyOurs(grant),
  setMode,
  publish,
  moveAlias,
  revoke: onlyOurs(revoke),
}
const anyKind = oneOf('grant', 'setMode', 'publish', 'moveAlias', 'revoke')

export const step: Reader<Step> = (value, where) => {
  const kind = anyKind(objectAt(value, where).kind, `${where}.kind`)
  return kinds[kind](value, where)
}

/** A plan may come from anybody: it never gives or takes more than the right to write traces. */
function onlyOurs<T extends GrantStep | RevokeStep>(reader: Reader<T>): Reader<T> {
  return (value, where) => {
    const read = reader(value, where)
    const ours = read.how === 'managed' ? managedPolicyArn(partitionOfArn(read.role)) : INLINE_POLICY_NAME
    if (read.policy !== ours) throw new Malformed(`${where}.policy`, `is not ${ours}, the only one that xtrace manages`)
    return read
  }
}
