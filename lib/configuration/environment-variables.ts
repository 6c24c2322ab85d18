/** The environment variables that `webEngageConfig` reads, by the option that each one sets. */
export const ENVIRONMENT_VARIABLES = {
  licenseCode: 'WEBENGAGE_LICENSE_CODE',
  apiKey: 'WEBENGAGE_API_KEY',
  dataCenter: 'WEBENGAGE_DATA_CENTER',
  host: 'WEBENGAGE_HOST',
  enabled: 'WEBENGAGE_ENABLED',
} as const;
