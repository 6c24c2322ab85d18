import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');
const DOCS = readdirSync(join(ROOT, 'docs')).filter((name) => name.endsWith('.md'));
const PAGES = ['README.md', ...DOCS.map((name) => `docs/${name}`)];
const SNIPPET = /(?:<!-- from (?<source>\S+) -->\s*)?```ts\n(?<code>[\s\S]*?)```/g;

interface Snippet {
  readonly page: string;
  readonly line: number;
  readonly code: string;
  /** The file that it is taken from, word for word; without one it is a module of its own. */
  readonly source: string | undefined;
}

function snippetsOf(page: string): Snippet[] {
  const text = readFileSync(join(ROOT, page), 'utf8');
  return [...text.matchAll(SNIPPET)].map(({ index, groups }) => ({
    page,
    line: text.slice(0, index).split('\n').length,
    code: groups?.code ?? '',
    source: groups?.source,
  }));
}

const snippets = PAGES.flatMap(snippetsOf);

/** One that must not compile, among those that must. */
const WRONG = `import { EventsService } from 'nestjs-webengage'; (null as never as EventsService).trak();`;
const COMPILING = 60_000;

/** Compiles modules as a user's strict project would, beside the library; says for each what is wrong with it. */
function compile(modules: readonly string[]): string[][] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const codes = new Map(modules.map((code, index) => [join(ROOT, `test/documentation/snippet-${index}.ts`), code]));
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, version, ...rest) => {
    const code = codes.get(name);
    return code === undefined ? getSourceFile(name, version, ...rest) : ts.createSourceFile(name, code, version);
  };
  host.fileExists = (name) => codes.has(name) || fileExists(name);
  // One program for all of them: what they import is read and checked once.
  const program = ts.createProgram([...codes.keys()], { ...options, noUnusedLocals: false }, host);
  return [...codes.keys()].map((file) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(file))
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n')),
  );
}

describe("the documentation's snippets", () => {
  it('are found', () => {
    expect(snippets.filter(({ page }) => page === 'README.md').length).toBeGreaterThanOrEqual(9);
    expect(snippets.filter(({ page }) => page === 'docs/delivery.md').length).toBeGreaterThanOrEqual(3);
    expect(snippets.filter(({ page }) => page === 'docs/scaling.md').length).toBeGreaterThanOrEqual(3);
    expect(snippets.filter(({ page }) => page === 'docs/delivery-port.md').length).toBeGreaterThanOrEqual(1);
    expect(snippets.filter(({ page }) => page === 'docs/sandbox.md').length).toBeGreaterThanOrEqual(3);
    expect(snippets.filter(({ page }) => page === 'docs/testing.md').length).toBeGreaterThanOrEqual(3);
  });

  const own = snippets.filter(({ source }) => !source);
  let problems: string[][];

  beforeAll(() => {
    problems = compile([WRONG, ...own.map(({ code }) => code)]);
  }, COMPILING);

  it('a wrong one would not compile', () => {
    expect(problems[0]).toEqual([expect.stringContaining("'trak'")]);
  });

  it.each(own.map(({ page, line }, index) => ({ page, line, index })))(
    'the one at line $line of $page compiles',
    ({ index }) => {
      expect(problems[index + 1]).toEqual([]);
    },
  );

  it.each(snippets.filter(({ source }) => source))(
    'the one at line $line of $page is that of $source',
    ({ code, source }) => {
      expect(readFileSync(join(ROOT, source ?? ''), 'utf8')).toContain(code);
    },
  );

  it('speak only of decorators that the package exports', () => {
    const index = readFileSync(join(ROOT, 'lib/index.ts'), 'utf8');
    const readme = readFileSync(join(ROOT, 'README.md'), 'utf8');
    const decorators = new Set(readme.match(/(?<=`@)(?:Is[A-Z]\w+|TrackEvent|InjectEvents)(?=\()/g));
    for (const name of decorators) expect(index).toContain(name);
  });
});
