#!/usr/bin/env -S npx tsx
// Runs the sources as they are, without a build: npx tsx bin/dev.js enable my-function
const { dirname, join } = require('node:path')
const built = require('../package.json')

const root = dirname(__dirname)
const oclif = { ...built.oclif, commands: { ...built.oclif.commands, target: './commands' }, helpClass: './cli/help' }

process.env.NODE_ENV = 'development'
// Where there is no manifest, the commands are found in the folder itself.
import('../src/cli/main.ts').then(({ main }) => main(root, { root: join(root, 'src'), pjson: { ...built, oclif } }))
