import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

const source = fileURLToPath(new URL('src', import.meta.url));
const gateway = process.env.TOUCHSTONE_DEV_GATEWAY ?? 'http://localhost:8080';
const key = process.env.TOUCHSTONE_DEV_KEY;

// gzipped writes each text file a second time, compressed, for the gateway to send as it is.
function gzipped(): Plugin {
  let folder = '';
  return {
    name: 'gzipped',
    apply: 'build',
    configResolved(config) { folder = join(config.build.outDir, config.build.assetsDir); },
    closeBundle() {
      for (const name of readdirSync(folder).filter((n) => /\.(js|css|svg|json|wasm)$/.test(n))) {
        writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(join(folder, name)), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), gzipped()],
  resolve: { alias: { '@': source } },
  html: { cspNonce: '__CSP_NONCE__' }, // the gateway puts a fresh one into each answer
  build: {
    target: 'es2022', manifest: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 1200,
    // What the first pages need is one file beside the entry itself, whose name the manifest keeps; what most other pages need of antd is another. Left to itself the build makes more than fifty of it, of which a browser fetches six at a time: on a phone the waiting for them is longer than the loading.
    rolldownOptions: { output: { codeSplitting: { groups: [
      { name: 'first', priority: 2, tags: ['$initial'], test: (id) => !/\/(index\.html|src\/main\.tsx)$/.test(id) },
      { name: 'antd', priority: 1, test: /node_modules\/(antd|@ant-design|@rc-component)\//, minShareCount: 12 },
    ] } } },
  },
  server: {
    proxy: {
      '/api': { target: gateway, changeOrigin: true, ...(key ? { headers: { Authorization: `Bearer ${key}` } } : {}) },
    },
  },
  test: { environment: 'node', include: ['src/**/*.test.ts', 'src/**/*.test.tsx'], testTimeout: 60_000 },
});
