// What many would write: turns on the functions that are named, all at once, with the bare SDK as it comes.
import { LambdaClient, UpdateFunctionConfigurationCommand } from '@aws-sdk/client-lambda'

const client = new LambdaClient({})
const TracingConfig = { Mode: 'Active' }
const turnOn = (FunctionName) => client.send(new UpdateFunctionConfigurationCommand({ FunctionName, TracingConfig }))
const ends = await Promise.allSettled(process.argv.slice(2).map(turnOn))
process.stdout.write(`${ends.filter(({ status }) => status === 'rejected').length} failed\n`)
