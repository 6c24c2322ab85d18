export default {
  testEnvironment: 'node',
  // Many specs wait more than they compute; by default one processor of two would be left idle.
  maxWorkers: '100%',
  roots: ['<rootDir>/test', '<rootDir>/sample-app'],
  testMatch: ['**/*.spec.ts'],
  testPathIgnorePatterns: ['/node_modules/', '<rootDir>/test/package/apps/'],
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/build/', '<rootDir>/bench/', '<rootDir>/test/package/apps/'],
  globalSetup: '<rootDir>/test/support/global.setup.mjs',
  globalTeardown: '<rootDir>/test/support/global.teardown.mjs',
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^(\\.{1,2}/.*)\\.js$': '$1',
    '^nestjs-webengage$': '<rootDir>/lib/index.ts',
    '^nestjs-webengage/(.*)$': '<rootDir>/lib/$1/index.ts',
  },
  transform: { '\\.ts$': ['ts-jest', { useESM: true, tsconfig: { isolatedModules: true, noEmit: false } }] },
  collectCoverageFrom: ['lib/**/*.ts'],
  coverageReporters: ['text'],
};
