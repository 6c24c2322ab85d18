import { join } from 'node:path';
import ts from 'typescript';

const ROOT = join(import.meta.dirname, '../..');

/** What the compiler says of a file: `17: Property 'prise' does not exist …`. */
export type Findings = Readonly<Record<string, readonly string[]>>;

/** Compiles files as a user's strict project would, beside the library, and says for each what is wrong with it. */
export class TypeCompiler {
  private readonly options: ts.CompilerOptions;
  /** What both kinds of projects read is parsed once. */
  private readonly parsed = new Map<string, ts.SourceFile | undefined>();

  /** @param virtual code that is in no file, by its path from the repository's root */
  constructor(private readonly virtual: Readonly<Record<string, string>> = {}) {
    const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path));
    this.options = ts.parseJsonConfigFileContent({ ...config, include: [] }, ts.sys, ROOT).options;
  }

  compile(paths: readonly string[], options: ts.CompilerOptions): Findings {
    const program = this.program(paths, { ...this.options, ...options });
    return Object.fromEntries(
      paths.map((path) => {
        const file = program.getSourceFile(join(ROOT, path));
        const found = file ? [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)] : [];
        return [path, file ? found.map(describe) : ['there is no such file']];
      }),
    );
  }

  private program(paths: readonly string[], options: ts.CompilerOptions): ts.Program {
    const host = ts.createCompilerHost(options);
    const { getSourceFile, fileExists } = host;
    const codeOf = (name: string) => Object.entries(this.virtual).find(([path]) => join(ROOT, path) === name)?.[1];
    host.fileExists = (name) => codeOf(name) !== undefined || fileExists(name);
    host.getSourceFile = (name, version, ...rest) => {
      const code = codeOf(name);
      if (code !== undefined) return ts.createSourceFile(name, code, version);
      if (!this.parsed.has(name)) this.parsed.set(name, getSourceFile(name, version, ...rest));
      return this.parsed.get(name);
    };
    return ts.createProgram(
      paths.map((path) => join(ROOT, path)),
      options,
      host,
    );
  }
}

function describe({ file, start = 0, messageText }: ts.Diagnostic): string {
  const line = file ? file.getLineAndCharacterOfPosition(start).line + 1 : 0;
  return `${line}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
}
