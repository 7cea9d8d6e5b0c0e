import type { PrismaClient } from '../../src/database/generated/client.ts';

/**
 * `checkRateLimit` as the user's document has it (§4.7), word for word but for the connection: the measure of what
 * the product's own corrects. Reads, decides in the process, then writes.
 */
export async function documentCheckRateLimit(
  prisma: PrismaClient,
  identifier: string,
  maxRequests: number,
  windowMs: number,
): Promise<{ allowed: boolean; remaining: number; resetTime?: Date }> {
  const windowStart = new Date(Date.now() - windowMs);
  const record = await prisma.rateLimit.findUnique({ where: { identifier } });
  if (!record || record.windowStart < windowStart) {
    await prisma.rateLimit.upsert({
      where: { identifier },
      create: { identifier, requestCount: 1, windowStart: new Date() },
      update: { requestCount: 1, windowStart: new Date() },
    });
    return { allowed: true, remaining: maxRequests - 1 };
  }
  if (record.requestCount >= maxRequests)
    return { allowed: false, remaining: 0, resetTime: new Date(record.windowStart.getTime() + windowMs) };
  await prisma.rateLimit.update({ where: { identifier }, data: { requestCount: { increment: 1 } } });
  return { allowed: true, remaining: maxRequests - record.requestCount - 1 };
}
