export { checkRateLimit, LONGEST_WINDOW_MS, type RateLimitAnswer } from './checkRateLimit.ts';
export { ipv6Groups, type LimitIdentifier, limitIdentifiers } from './limitIdentifiers.ts';
export { limitRequest, type LimitRule, limitRules } from './limitRequest.ts';
export { RequestCounter } from './requestCounter.ts';
export { limiterHealth } from './limiterHealth.ts';
