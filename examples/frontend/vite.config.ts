import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
// Another export can be shown: FIXTURES=/path/of/export npm test
const fixtures = process.env.FIXTURES ?? here('../../fixtures/export');
const server = process.env.MOCKSERVER_URL ?? 'http://127.0.0.1:4010';

export default defineConfig({
  plugins: [react()],
  resolve: {
    alias: { '@fixtures': fixtures },
    dedupe: ['msw'], // the handlers lie outside this folder and have no node_modules of their own
  },
  server: {
    proxy: { '/v1': server },
    fs: { allow: ['.', fixtures] },
  },
  test: { include: ['tests/**/*.test.ts'], testTimeout: 60_000 },
});
