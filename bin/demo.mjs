// The tour of `npm run demo`: starts a sandbox, runs xtrace against it as a user would, and ends with the way to a real account.
import { spawn, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const run = fileURLToPath(new URL('run.js', import.meta.url))
const bold = (text) => (process.stdout.isTTY && !process.env.NO_COLOR ? `\x1b[1m${text}\x1b[22m` : text)

/** The environment without anything that could reach a real account. */
const cleanEnvironment = () =>
  Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') || name === 'AWS_CA_BUNDLE'),
  )

const startSandbox = () =>
  new Promise((resolve, reject) => {
    const arguments_ = [run, 'sandbox', '--port', '0', '--json', '--settle', '1500', '--iam-delay', '3000']
    const child = spawn(process.execPath, arguments_, { env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'ignore'] })
    let text = ''
    child.stdout.on('data', (chunk) => {
      text += chunk
      if (text.trimEnd().endsWith('\n}')) resolve({ child, settings: JSON.parse(text).data })
    })
    child.once('exit', () => reject(new Error(`the sandbox did not start: ${text}`)))
  })

const steps = [
  ['What is traced in two regions?', ['audit', '--region', 'us-east-1,eu-west-1'], 3],
  [
    'Turn one function on; its role lacks the permission, and Lambda sees the grant only seconds later.',
    ['enable', 'checkout-api'],
    0,
  ],
  ['All the evidence about it:', ['show', 'checkout-api'], 0],
  ['A published version is locked: refused, without a single call.', ['enable', 'checkout-api:1'], 5],
  ['And again: one function more is traced.', ['audit', '--region', 'us-east-1,eu-west-1'], 3],
]

const { child, settings } = await startSandbox()
const env = {
  ...cleanEnvironment(),
  ...settings,
  AWS_CONFIG_FILE: '/dev/null',
  AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
}
let wrong = 0
try {
  for (const [why, words, expected] of steps) {
    console.log(`\n${bold(`# ${why}`)}\n${bold(`$ xtrace ${words.join(' ')}`)}`)
    const { status } = spawnSync(process.execPath, [run, ...words], { env, stdio: 'inherit' })
    console.log(`[exit ${status}]`)
    if (status !== expected) wrong++
  }
} finally {
  child.removeAllListeners('exit')
  child.kill('SIGTERM')
}

console.log(`
${bold('# Now your own account')}
$ npm install --global .                  # puts the command xtrace on your PATH
$ export AWS_PROFILE=my-profile           # or any other way the AWS SDK knows
$ xtrace permissions audit                # the least policy that reading needs
$ xtrace audit --region us-east-1         # only reads
$ xtrace enable my-function --dry-run     # only reads
$ xtrace enable my-function
`)
process.exitCode = wrong === 0 ? 0 : 1
