// Preloaded into a measured process: writes its largest resident set, in KB, to the file that XTRACE_BENCH_MEMORY names.
const { writeFileSync } = require('node:fs')

process.on('exit', () => writeFileSync(process.env.XTRACE_BENCH_MEMORY, String(process.resourceUsage().maxRSS)))
