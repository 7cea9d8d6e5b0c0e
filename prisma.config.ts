import { defineConfig } from 'prisma/config';

// Generating the client needs no database: the placeholder keeps `prisma generate` working offline.
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations', seed: 'node prisma/seed.ts' },
  datasource: { url: process.env['DATABASE_URL'] ?? 'postgresql://unset' },
});
