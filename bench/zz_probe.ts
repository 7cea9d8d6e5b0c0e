import { mkdtemp, chmod, rm } from 'node:fs/promises';
import { migrate } from '../src/database/migrate.ts';
import { openServer } from '../src/database/server.ts';
import { openContest } from './data/contest.ts';
import { hotPaths, POOL } from './data/hotPaths.ts';
const only = process.argv[2];
const folder = await mkdtemp('/tmp/routestitch-bench-'); await chmod(folder, 0o755);
const server = await openServer({ dataDir: folder });
await migrate(server.ownerUrl);
const c = await openContest(server.ownerUrl, POOL);
for (const p of hotPaths) { if (only && !p.name.includes(only)) continue;
  const { raw, product } = await p.prepare(c);
  for (let k = 0; k < 3; k++) for (const [n, x] of [['raw', raw], ['own', product]] as const) {
    const cpu0 = process.cpuUsage(); const t = performance.now(); let done = 0;
    await Promise.all(Array.from({ length: p.lanes ?? 50 }, async () => { while (performance.now() - t < 1000) { const m = await x.operate(); done += m; } }));
    const cpu = process.cpuUsage(cpu0);
    console.log(p.name, n, Math.round(done / (performance.now() - t) * 1000), 'node us/op', ((cpu.user + cpu.system) / done).toFixed(1));
  }
  await p.finish?.();
}
await c.close(); await server.release(); await rm(folder, { recursive: true, force: true });
