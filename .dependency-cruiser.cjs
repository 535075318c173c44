/** The import rules of the architecture: who may know whom. `npm run lint` enforces them. */
const layers = {
  errors: '^src/errors\\.ts$',
  core: '^src/core/',
  gateways: '^src/aws/(telemetry-)?gateways\\.ts$',
  aws: '^src/aws/',
  rollout: '^src/rollout/',
  usecases: '^src/usecases/',
  render: '^src/render/',
  cli: '^src/cli/',
  commands: '^src/commands/',
  programs: '^src/library/',
  sandbox: '^src/sandbox/',
}

/** A rule: files under `from` import nothing in `src` outside `allowed`. */
const only = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: { path: '^src/', pathNot: allowed },
})

/** A rule: files under `from` use no package but those that match `allowed`. */
const packages = (name, from, allowed, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from },
  to: {
    dependencyTypesNot: ['local', 'core', 'type-only', 'undetermined', 'unknown'],
    path: 'node_modules/',
    pathNot: allowed,
  },
})

module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'a cycle hides which of two files is the simpler one',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-orphans',
      comment: 'a file that nobody imports is dead, unless it is an entry',
      severity: 'error',
      from: { orphan: true, pathNot: ['^src/commands/', '^bin/', '^src/cli/main\\.ts$'] },
      to: {},
    },
    {
      name: 'resolvable',
      comment: 'every import is found',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: 'dist/' },
    },
    only('errors-know-nothing', layers.errors, [layers.errors], 'errors.ts is the bottom'),
    only('core-is-pure', layers.core, [layers.core, layers.errors], 'decisions are made on plain data'),
    only(
      'gateways-speak-our-words',
      layers.gateways,
      [layers.gateways, layers.core, layers.errors],
      'interfaces name no SDK type',
    ),
    only('aws-below-usecases', layers.aws, [layers.aws, layers.core, layers.errors], 'a gateway decides nothing'),
    only(
      'rollout',
      layers.rollout,
      [layers.rollout, layers.core, layers.gateways, layers.errors],
      'acts through gateways',
    ),
    only('render', layers.render, [layers.render, layers.core], 'a format sees the Report only'),
    only(
      'usecases',
      layers.usecases,
      [layers.usecases, layers.core, layers.rollout, layers.gateways, layers.errors],
      'one verb each',
    ),
    only(
      'commands',
      layers.commands,
      [layers.commands, layers.cli, layers.usecases, layers.core, layers.errors, layers.sandbox],
      'flags in, one use case, a Report out',
    ),
    only(
      'library',
      layers.programs,
      [
        layers.programs,
        layers.usecases,
        layers.core,
        layers.rollout,
        layers.gateways,
        layers.errors,
        '^src/cli/(chosen/(choice|chosen-regions)|open-aws|flags/rollout-options|state-folder|stoppable)\\.ts$',
      ],
      'the use cases for programs: nothing of the command line but how words are read',
    ),
    {
      name: 'library-without-oclif',
      comment: 'a program that uses the library loads no command framework',
      severity: 'error',
      from: { path: layers.programs },
      to: { path: 'node_modules/(@oclif|ora|chalk|@inquirer)/', reachable: true },
    },
    {
      name: 'library-is-an-entry',
      comment: 'the command line has its own composition root',
      severity: 'error',
      from: { path: '^src/', pathNot: layers.programs },
      to: { path: layers.programs },
    },
    only('sandbox-stands-alone', layers.sandbox, [layers.sandbox], 'it shares no code with what it tests'),
    {
      name: 'sandbox-for-its-command-only',
      comment: 'no other command may load the sandbox',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/sandbox/', '^src/commands/sandbox\\.ts$'] },
      to: { path: layers.sandbox },
    },
    {
      name: 'aws-joined-once',
      comment: 'one file of the composition root knows implementations',
      severity: 'error',
      from: { path: '^src/', pathNot: ['^src/aws/', '^src/cli/open-aws\\.ts$'] },
      to: { path: layers.aws, pathNot: layers.gateways },
    },
    packages('core-packages', layers.core, ['/(yaml|(@types/)?picomatch)/'], 'no I/O in core'),
    packages(
      'usecase-packages',
      `${layers.usecases}|${layers.rollout}|${layers.errors}|${layers.render}`,
      ['/proper-lockfile/'],
      'no SDK, no oclif',
    ),
    packages('aws-packages', layers.aws, ['/(@aws-sdk|@smithy)/'], 'the SDK and nothing else'),
    packages('sandbox-packages', layers.sandbox, ['^$'], 'itself and Node only'),
    {
      name: 'pure-folders-touch-no-machine',
      comment: 'no file, process or network in core and render',
      severity: 'error',
      from: { path: `${layers.core}|${layers.render}|${layers.errors}` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?crypto$' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'] },
  },
}
