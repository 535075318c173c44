#!/usr/bin/env -S npx tsx
// Runs the sources as they are, without a build: npx tsx bin/dev.js enable my-function
const { dirname } = require('node:path')

process.env.NODE_ENV = 'development'
import('../src/cli/main.ts').then(({ main }) => main(dirname(__dirname)))
