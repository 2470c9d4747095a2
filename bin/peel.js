#!/usr/bin/env node
// The launcher: the one file that must run on an older Node too (12 and up), to say in one line what is needed.
// The program itself is loaded only when it can run.
const needed = [22, 15];
const found = process.versions.node.split('.').map(Number);

if (found[0] < needed[0] || (found[0] === needed[0] && found[1] < needed[1])) {
  console.error(
    `peel needs Node ${needed.join('.')} or newer; this is Node ${process.versions.node} (${process.execPath}).`,
  );
  process.exit(2);
}

import('../dist/peel.js').then(
  (peel) => peel.main(),
  (error) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    console.error(`peel is not built: ${error.message}. Run "npm run build" first.`);
    process.exit(2);
  },
);
