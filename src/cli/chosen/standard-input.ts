/** Standard input, read to its end. */

export async function readStandardInput(): Promise<string> {
  return (await standardInputBytes()).toString('utf8')
}

export async function standardInputBytes(): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks)
}
