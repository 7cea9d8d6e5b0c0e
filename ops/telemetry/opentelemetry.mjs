/**
 * Traces by OpenTelemetry, for who has a collector. Not part of the package: it costs about a third of the throughput.
 *
 *   npm install @opentelemetry/api @opentelemetry/sdk-node @opentelemetry/exporter-trace-otlp-http \
 *     @opentelemetry/instrumentation-http @opentelemetry/instrumentation-pg
 *   OTEL_EXPORTER_OTLP_ENDPOINT=http://localhost:4318 OTEL_SERVICE_NAME=routestitch \
 *     node --import ./ops/telemetry/opentelemetry.mjs src/main.ts serve
 *
 * Spans of requests carry method, route and status; addresses of clients and queries are taken off before they leave.
 */
import { register } from 'node:module';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { HttpInstrumentation } from '@opentelemetry/instrumentation-http';
import { PgInstrumentation } from '@opentelemetry/instrumentation-pg';
import { NodeSDK } from '@opentelemetry/sdk-node';

// `import` of what is instrumented goes through this hook.
register('@opentelemetry/instrumentation/hook.mjs', import.meta.url);

/** What would name a person, or what was asked. */
const PRIVATE =
  /^(http\.(target|url|client_ip|user_agent)|url\.(full|query|path)|user_agent\.original|client\.address|net(work)?\.peer\.(ip|address|port)|net\.sock\..*)$/;

const withoutPersons = {
  onStart: () => {},
  onEnd: (span) => {
    for (const name of Object.keys(span.attributes)) if (PRIVATE.test(name)) delete span.attributes[name];
  },
  forceFlush: async () => {},
  shutdown: async () => {},
};

const { BatchSpanProcessor } = await import('@opentelemetry/sdk-trace-base');
const sdk = new NodeSDK({
  spanProcessors: [withoutPersons, new BatchSpanProcessor(new OTLPTraceExporter())],
  instrumentations: [
    new HttpInstrumentation({
      ignoreIncomingRequestHook: ({ url = '' }) => /^\/(livez|readyz|metrics)/.test(url),
    }),
    new PgInstrumentation({ enhancedDatabaseReporting: false, requireParentSpan: true }),
  ],
});
sdk.start();
process.once('beforeExit', () => void sdk.shutdown());
