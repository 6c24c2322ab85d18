import { describe, expect, it } from '@jest/globals';
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

/** What the snippets import is read once for all of them. */
const sourceFiles = new Map<string, ts.SourceFile | undefined>();
const COMPILING = 60_000;

/** Compiles a module as a user's strict project would, beside the library. */
function compile(code: string): string[] {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT);
  const file = join(ROOT, 'test/documentation/snippet.ts');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.getSourceFile = (name, version, ...rest) => {
    if (name === file) return ts.createSourceFile(name, code, version);
    if (!sourceFiles.has(name)) sourceFiles.set(name, getSourceFile(name, version, ...rest));
    return sourceFiles.get(name);
  };
  host.fileExists = (name) => name === file || fileExists(name);
  const program = ts.createProgram([file], { ...options, noUnusedLocals: false }, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe("the documentation's snippets", () => {
  it('are found', () => {
    expect(snippets.filter(({ page }) => page === 'README.md').length).toBeGreaterThanOrEqual(9);
    expect(snippets.filter(({ page }) => page === 'docs/delivery.md').length).toBeGreaterThanOrEqual(3);
    expect(snippets.filter(({ page }) => page === 'docs/scaling.md').length).toBeGreaterThanOrEqual(3);
    expect(snippets.filter(({ page }) => page === 'docs/delivery-port.md').length).toBeGreaterThanOrEqual(1);
  });

  it(
    'a wrong one would not compile',
    () => {
      expect(
        compile(`import { EventsService } from 'nestjs-webengage'; (null as never as EventsService).trak();`),
      ).toEqual([expect.stringContaining("'trak'")]);
    },
    COMPILING,
  );

  it.each(snippets.filter(({ source }) => !source))(
    'the one at line $line of $page compiles',
    ({ code }) => {
      expect(compile(code)).toEqual([]);
    },
    COMPILING,
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
