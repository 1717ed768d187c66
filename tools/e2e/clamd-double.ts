import net from 'node:net'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'

/** A double of clamd: reads INSTREAM as its manual has it, finds `EICAR`, and takes no more than `most` bytes. */
export async function clamdDouble(most = 1_000_000): Promise<{ address: string; close(): void }> {
  const server = net.createServer((socket) => {
    let given = Buffer.alloc(0)
    socket.on('error', () => {}) // whoever asked has gone
    socket.on('data', (chunk: Buffer) => {
      given = Buffer.concat([given, chunk])
      const command = 'zINSTREAM\0'
      if (given.length < command.length) return
      if (given.subarray(0, command.length).toString() !== command) return void socket.end('UNKNOWN COMMAND\0')
      const parts: Buffer[] = []
      for (let at = command.length; at + 4 <= given.length;) {
        const length = given.readUInt32BE(at)
        if (length === 0) {
          const content = Buffer.concat(parts)
          if (content.length > most) return void socket.end('INSTREAM size limit exceeded. ERROR\0')
          return void socket.end(content.includes('EICAR') ? 'stream: Eicar-Test FOUND\0' : 'stream: OK\0')
        }
        if (at + 4 + length > given.length) return
        parts.push(given.subarray(at + 4, at + 4 + length))
        at += 4 + length
      }
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return { address: `127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => void server.close() }
}
