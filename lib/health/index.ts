export type { WebEngageHealthDetails } from './health-details.js';
export type { WebEngageHealthOptions } from './health-options.js';
export { WebEngageHealthIndicator } from './webengage-health.indicator.js';
export { WebEngageHealthModule } from './webengage-health.module.js';
