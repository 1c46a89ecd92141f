// The browser that these tests look with: Chromium without a sandbox, which
// root may not have, and without what it does on the network of its own accord.
import { chromium } from 'playwright-core';

export const launch = (...args) => chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
    '--disable-component-update', '--disable-sync', ...args],
});
