// Which part of the house may know which: `npm run lint:boundaries`. Arrows point inward, to the events and their rules.

/** What an application takes by an entry point or a command of its own. The core runs without any of them. */
const EXTRAS = 'bullmq|health|otel|sandbox|testing|cli';

/** What is left once TypeScript has removed the imports of types. */
const AT_RUNTIME = { dependencyTypesNot: ['type-only', 'pre-compilation-only'] };

const packages = (...names) => `(^|/)node_modules/(${names.join('|')})/`;

export default {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Files that need each other at runtime are loaded in an order that depends on who asks first.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: AT_RUNTIME },
    },
    {
      name: 'no-orphans',
      comment: 'A file that nobody imports, and that imports nothing, is left over.',
      severity: 'error',
      // Read by the compiler only: shapes for `tsc --checkJs`, and the types of a file that the build makes.
      from: { orphan: true, pathNot: '^lib/sandbox/page/(assets/common/contract\\.js|page-folder\\.d\\.ts)$' },
      to: {},
    },
    {
      name: 'no-unknown-packages',
      comment: 'What cannot be found here cannot be found by an application.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'declared-packages-only',
      comment: 'An application installs dependencies and peers, no dev dependencies, and none that happen to be there.',
      severity: 'error',
      from: {},
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], dependencyTypesNot: ['npm', 'npm-peer'] },
    },
    {
      name: 'library-only',
      comment: 'What is packed knows nothing of tests, of the sample application, and of the tools of this repository.',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(test|sample-app|bench|scripts|dist|build)/' },
    },
    {
      name: 'events-know-no-wire',
      comment: 'Events and their rules know neither how they are sent nor what route they come from.',
      severity: 'error',
      from: { path: '^lib/events/' },
      to: { path: `^lib/(http|tracking)/|${packages('axios', '@nestjs/axios')}` },
    },
    {
      name: 'events-know-the-delivery-port',
      comment: 'Events are handed to the port; which delivery stands behind it, they do not know.',
      severity: 'error',
      from: { path: '^lib/events/' },
      to: { path: '^lib/delivery/(direct|background|quota)/' },
    },
    {
      name: 'rules-are-pure',
      comment: "WebEngage's rules are functions: they need neither Nest nor anything that has a state.",
      severity: 'error',
      from: { path: '^lib/events/constraints/' },
      to: {
        path: '^lib/|(^|/)node_modules/',
        pathNot: '^lib/(common|events/constraints)/|^lib/events/event-(data|time)\\.ts$',
      },
    },
    {
      name: 'common-stands-alone',
      comment: 'What all parts share knows none of them.',
      severity: 'error',
      from: { path: '^lib/common/' },
      to: { path: '^lib/', pathNot: '^lib/common/' },
    },
    {
      name: 'axios-in-http',
      comment: "Only http/ knows axios. The module's options name the type of its proxy setting.",
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(http/|webengage\\.options\\.ts$)' },
      to: { path: packages('axios', '@nestjs/axios') },
    },
    {
      name: 'axios-type-in-options',
      comment: 'The options may name a type of axios, not run it.',
      severity: 'error',
      from: { path: '^lib/webengage\\.options\\.ts$' },
      to: { path: packages('axios', '@nestjs/axios'), ...AT_RUNTIME },
    },
    {
      name: 'one-client',
      comment: 'The module makes the client and hands it on as a port. Others know its types only.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/(http/|webengage\\.providers\\.ts$)' },
      to: { path: '^lib/http/', ...AT_RUNTIME },
    },
    {
      name: 'bullmq-in-bullmq',
      comment:
        'BullMQ and ioredis are optional. A type of them outside bullmq/ would reach the published types of the core.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/bullmq/' },
      to: { path: packages('bullmq', 'ioredis') },
    },
    {
      name: 'terminus-in-health',
      comment: 'Terminus is optional.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/health/' },
      to: { path: packages('@nestjs/terminus') },
    },
    {
      name: 'opentelemetry-in-otel',
      comment: 'OpenTelemetry is optional.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/otel/' },
      to: { path: packages('@opentelemetry/[^/]+') },
    },
    {
      name: 'nest-config-in-the-environment',
      comment: '@nestjs/config is optional, and only one file reads the environment.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/webengage\\.config\\.ts$' },
      to: { path: packages('@nestjs/config') },
    },
    {
      name: 'commander-in-cli',
      comment: 'An application that does not run the command does not load it.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/cli/' },
      to: { path: packages('commander') },
    },
    {
      name: 'typescript-in-cli',
      comment: 'TypeScript is optional.',
      severity: 'error',
      from: { path: '^lib/', pathNot: '^lib/cli/' },
      to: { path: packages('typescript') },
    },
    {
      name: 'typescript-of-the-application',
      comment: "The command takes the application's TypeScript when it reads sources, and runs without one.",
      severity: 'error',
      from: { path: '^lib/cli/' },
      to: { path: packages('typescript'), ...AT_RUNTIME },
    },
    {
      name: 'core-knows-no-extras',
      comment: 'The core runs without the entry points and the command that are built upon it.',
      severity: 'error',
      from: { path: '^lib/', pathNot: `^lib/(${EXTRAS})/` },
      to: { path: `^lib/(${EXTRAS})/` },
    },
    {
      name: 'extras-stand-side-by-side',
      comment: 'One entry point does not load another, or what another needs.',
      severity: 'error',
      from: { path: `^lib/(${EXTRAS})/`, pathNot: '^lib/cli/' },
      to: { path: `^lib/(${EXTRAS})/`, pathNot: '^lib/$1/' },
    },
    {
      name: 'command-knows-the-sandbox',
      comment: 'The command starts a sandbox. It needs none of the other entry points.',
      severity: 'error',
      from: { path: '^lib/cli/' },
      to: { path: `^lib/(${EXTRAS})/`, pathNot: '^lib/(cli|sandbox)/' },
    },
    {
      name: 'page-runs-in-a-browser',
      comment: "The sandbox's page is served as it is written.",
      severity: 'error',
      from: { path: '^lib/sandbox/page/assets/' },
      to: { path: '.', pathNot: '^lib/sandbox/page/assets/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Imports of types count, and are told apart.
    tsPreCompilationDeps: 'specify',
  },
};
