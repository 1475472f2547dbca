// Scalar's mock server on a document, listening on 127.0.0.1.
//   node scalar_mock.mjs PORT DOCUMENT
import { readFileSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { createMockServer } from '@scalar/mock-server';

const [port, file] = process.argv.slice(2);
const app = await createMockServer({ document: readFileSync(file, 'utf8'), logger: false });
serve({ fetch: app.fetch, hostname: '127.0.0.1', port: Number(port) });
