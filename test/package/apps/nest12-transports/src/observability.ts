import { FastifyAdapter } from '@nestjs/platform-fastify';
import { checkObservability } from './observability/observability-checks.js';

await checkObservability(FastifyAdapter);
